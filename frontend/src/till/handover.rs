//! From one seller to the next. While nobody is signed in the till goes on behind the sign-in page: what lies on the counter
//! stays, and what waits is sent.

use super::context::{Place, Stage, Till};
use super::message::Message;
use super::opening;
use crate::api::{self, Patience};
use crate::browser::reload;
use crate::live::Link;
use crate::offline::{self, Reception};
use crate::sign_in::{self, Door, SignedIn};
use crate::ui::{Fetched, lazily};
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use shared::api::sessions::Session;
use shared::journal::Act;
use std::rc::Rc;

/// How long signing out waits until it is written down, in milliseconds.
const NOTE_MS: u32 = 3_000;

/// How long a till stays to send what waits, and between two looks at that, in milliseconds.
const SEND_MS: u32 = 5_000;
const LOOK_MS: u32 = 50;

/// Ends the session by a key, and asks who comes next.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn hand_over_by_key(till: Till) -> Result<(), SplitLoaderError> {
    hand_over(till);
    Ok(())
}

/// Ends the session, and asks who comes next.
pub(super) fn hand_over(till: Till) {
    end_session(till, move || till.busy.set(false));
}

/// Ends the session and begins the page anew, which gives the register free.
pub(super) fn sign_out(till: Till) {
    end_session(till, move || {
        leptos::task::spawn_local(async move {
            send_all(till).await;
            reload();
        });
    });
}

/// Stays for a while until the server has what waits, so that it is there before what comes of the next seller. The sign-in page
/// sends what has not gone by then.
async fn send_all(till: Till) {
    for _ in 0..SEND_MS / LOOK_MS {
        TimeoutFuture::new(LOOK_MS).await;
        if till.has_sent_all() || till.live.link.get_untracked() != Link::Up {
            return;
        }
    }
}

/// Not while something is signed and written, nor while some of a payment was taken: whoever took it ends it.
fn end_session(till: Till, then: impl FnOnce() + 'static) {
    till.auto.set(false);
    if till.busy.get_untracked() {
        return till.refuse(Message::Busy);
    }
    if till.is_part_paid() {
        return till.refuse(Message::PartPaid);
    }
    if till.stage.get_untracked() == Stage::Paying {
        till.back_to_selling();
    }
    till.busy.set(true);
    till.asked.set(None);
    till.message.set(None);
    till.locked.set(true);
    leptos::task::spawn_local(async move {
        // Nobody has to stay because something cannot be written down.
        select(till.noted(Act::SignedOut, None), TimeoutFuture::new(NOTE_MS)).await;
        offline::forget_shift(&till.db()).await;
        api::leave();
        if till.live.link.get_untracked() == Link::Up {
            // What cannot be ended now is ended before anybody else is signed in.
            let _ = api::end_left_session(Patience::Brief).await;
        }
        then();
    });
}

/// The sign-in page over a till, once whoever was there has gone.
pub(super) fn locked(till: Till) -> AnyView {
    (move || if till.busy.get() { opening::waiting() } else { lazily(move || Box::pin(reception(till))) }).into_any()
}

/// A till that is opened again in the morning goes on without it.
#[leptos::wasm_split::wasm_split(sign_in, wasm_split_path = leptos::wasm_split, fallible)]
fn reception(till: Till) -> Fetched {
    let signed_in = Callback::new(move |signed_in: SignedIn| welcome(till, signed_in.session));
    let Place { store, register, .. } = till.place();
    let on_the_way = Signal::derive(move || till.on_the_way());
    let reception = Reception { db: till.db(), open: Some((store.no, register)), on_the_way };
    Ok(sign_in::sign_in(Door::Till, Rc::new(reception), signed_in))
}

/// Lets somebody sell on.
fn welcome(till: Till, session: Session) {
    till.place.update_value(|place| {
        place.store = session.store;
        place.seller = session.seller;
    });
    till.let_go.set_value(false);
    till.live.signed_out.set(false);
    till.note(Act::SignedIn, None);
    till.locked.set(false);
}
