//! The manager's desk: is everything arriving, where is it burning, how is the day going.

mod arrival;
mod closings;
mod context;
mod direct;
mod directory;
mod explain;
mod failed;
mod figures;
mod filters;
mod frame;
mod journal;
mod movement;
mod paced;
mod pager;
mod picker;
mod receipts;
mod report;
mod route;
mod setup;
mod still;
mod stocks;
mod stores;

pub use context::Desk;
pub use explain::explain;
pub use failed::failed;

use crate::api::{self, ApiError, Patience};
use crate::browser::touched;
use crate::i18n::desk::frame as say;
use crate::i18n::{common, signing_in};
use crate::sign_in::{Door, Online, SignedIn, sign_in};
use crate::ui::{Empty, empty, waiting};
use leptos::prelude::*;
use shared::api::sessions::Session;
use shared::store::Role;
use std::rc::Rc;

/// Who is at the desk.
#[derive(Clone)]
enum Visitor {
    /// The server is being asked.
    Unknown,
    /// The server cannot be asked.
    Unheard(ApiError),
    /// Nobody is signed in.
    Nobody,
    /// Somebody who may only sell.
    Seller,
    /// A manager.
    Manager(Box<Session>),
}

impl From<Session> for Visitor {
    fn from(session: Session) -> Self {
        match session.seller.role {
            Role::Manager => Self::Manager(Box::new(session)),
            Role::Seller => Self::Seller,
        }
    }
}

/// The page.
pub fn page() -> AnyView {
    if setup::is_here() {
        return setup::page();
    }
    // A till in another tab would end the session of whoever works here alone.
    touched::watch();
    let visitor = RwSignal::new(Visitor::Unknown);
    ask(visitor);
    let view = move || match visitor.get() {
        Visitor::Unknown => loading(),
        Visitor::Unheard(error) => unheard(visitor, &error),
        Visitor::Nobody => {
            sign_in(Door::Desk, Rc::new(Online), Callback::new(move |who: SignedIn| visitor.set(who.session.into())))
        }
        Visitor::Seller => managers_only(visitor),
        Visitor::Manager(session) => frame::desk(*session, Callback::new(move |()| visitor.set(Visitor::Nobody))),
    };
    view.into_any()
}

fn ask(visitor: RwSignal<Visitor>) {
    leptos::task::spawn_local(async move {
        visitor.set(match api::current_session(Patience::Full).await {
            Ok(Some(session)) => session.value.into(),
            Ok(None) => Visitor::Nobody,
            Err(error) => Visitor::Unheard(error),
        });
    });
}

fn loading() -> AnyView {
    view! { <main class="sign-in" aria-busy="true">{waiting()}</main> }.into_any()
}

fn unheard(visitor: RwSignal<Visitor>, error: &ApiError) -> AnyView {
    let retry =
        view! { <button class="btn primary" on:click=move |_| ask(visitor)>{move || common::words().retry}</button> };
    let title = Signal::derive(|| say::failed().to_owned());
    let hint = Signal::stored(explain(error));
    let place = empty(Empty { icon: "offline", bad: true, title, hint }, retry.into_any());
    view! { <main class="sign-in">{place}</main> }.into_any()
}

fn managers_only(visitor: RwSignal<Visitor>) -> AnyView {
    let leave = move |_| {
        leptos::task::spawn_local(async move {
            // A session that cannot be ended runs out by itself.
            let _ = api::sign_out().await;
            visitor.set(Visitor::Nobody);
        });
    };
    let acts = view! {
        <div class="actions">
            <a class="btn" href="/till">{signing_in::open_till}</a>
            <button class="btn primary" on:click=leave>{say::someone_else}</button>
        </div>
    };
    let title = Signal::derive(|| say::managers_only().to_owned());
    let hint = Signal::derive(|| say::managers_only_hint().to_owned());
    let place = empty(Empty { icon: "lock", bad: false, title, hint }, acts.into_any());
    view! { <main class="sign-in">{place}</main> }.into_any()
}
