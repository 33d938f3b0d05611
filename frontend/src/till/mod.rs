//! The till: from signing in to the next sale.

mod actions;
mod alerts;
mod auto;
mod bar;
mod camera;
pub mod catalogue;
mod claim;
mod context;
pub mod counter;
mod customer;
mod discount;
mod dock;
mod extent;
#[cfg(test)]
pub(crate) mod fixtures;
mod handover;
mod held;
mod how_much;
mod journal;
mod keep;
mod keyboard;
mod lock;
mod message;
mod more;
mod multiplier;
mod on_hand;
mod open;
mod opening;
mod paid;
mod pay;
mod payment;
mod permission;
mod permit;
mod printer;
mod refund;
mod register;
mod renewal;
mod safekeeping;
pub mod sale;
mod scanner;
mod shelf;
mod shopper;
mod sighted;
mod slot;
mod stuck;
mod supply;
mod taken_over;
pub mod tendering;
mod ticket;
mod tile;
mod tiles;
mod unattended;
mod unhurried;
mod voiding;

use crate::browser::worker::Worker;
use crate::db::{self, Db, DbError};
use crate::offline::{self, Reception};
use crate::sign_in::{self, Door, SignedIn};
use crate::ui::{Fetched, lazily};
use context::Place;
use leptos::prelude::*;
use std::rc::Rc;

/// How far the page has got.
#[derive(Clone)]
enum Phase {
    /// Asking who is signed in.
    Starting,
    /// The browser's database cannot be opened.
    NoDatabase(DbError),
    /// Nobody is.
    SigningIn(Db),
    /// Somebody is, at a register; whether they have just signed in.
    At(Box<Place>, bool, Db),
}

/// The till's page.
pub fn page() -> AnyView {
    let (phase, worker) = (RwSignal::new_local(Phase::Starting), Worker::start());
    leptos::task::spawn_local(async move {
        phase.set(match db::open().await {
            Ok(db) => resumed(db).await,
            Err(error) => Phase::NoDatabase(error),
        });
    });
    (move || match phase.get() {
        Phase::Starting => opening::waiting(),
        Phase::NoDatabase(error) => opening::no_database(error),
        Phase::SigningIn(db) => sign_in(phase, db, worker),
        Phase::At(place, is_arrival, db) => opening::opening(*place, is_arrival, db, worker),
    })
    .into_any()
}

fn sign_in(phase: RwSignal<Phase, LocalStorage>, db: Db, worker: Worker) -> AnyView {
    let opened = StoredValue::new_local(db.clone());
    let signed_in = Callback::new(move |signed_in: SignedIn| phase.set(at(signed_in, true, opened.get_value())));
    lazily(move || Box::pin(reception(db.clone(), signed_in, worker)))
}

/// A till that is opened again in the morning goes on without it.
#[leptos::wasm_split::wasm_split(sign_in, wasm_split_path = leptos::wasm_split, fallible)]
fn reception(db: Db, signed_in: Callback<SignedIn>, worker: Worker) -> Fetched {
    renewal::at_sign_in(worker);
    scanner::swallow();
    let on_the_way = unattended::begin(db.clone());
    Ok(sign_in::sign_in(Door::Till, Rc::new(Reception { db, open: None, on_the_way }), signed_in))
}

/// A reload goes on where it was: the session is a cookie, or remembered where no server answers; the register is
/// remembered.
async fn resumed(db: Db) -> Phase {
    match offline::resumed(&db).await {
        Some(session) => {
            let register = sign_in::remembered_register(&session);
            at(SignedIn { session, register }, false, db)
        }
        None => Phase::SigningIn(db),
    }
}

fn at(SignedIn { session, register }: SignedIn, is_arrival: bool, db: Db) -> Phase {
    match register {
        Some(register) => {
            let place = Place { store: session.store, register, seller: session.seller };
            Phase::At(Box::new(place), is_arrival, db)
        }
        None => Phase::SigningIn(db),
    }
}
