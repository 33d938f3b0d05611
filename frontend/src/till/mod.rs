//! The till: from signing in to the next sale.

mod actions;
mod alerts;
mod auto;
mod bar;
pub mod catalogue;
mod claim;
mod context;
mod dock;
#[cfg(test)]
pub(crate) mod fixtures;
mod keyboard;
mod message;
mod open;
mod opening;
mod paid;
mod pay;
mod payment;
mod sale;
mod scanner;
mod shelf;
mod shopper;
mod slot;
mod tendering;
mod ticket;
mod tile;
mod weigh;

use crate::api;
use crate::sign_in::{self, Door, SignedIn};
use context::Place;
use leptos::prelude::*;

/// How far the page has got.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    /// Asking who is signed in.
    Starting,
    /// Nobody is.
    SigningIn,
    /// Somebody is, at a register.
    At(Box<Place>),
}

/// The till's page.
pub fn page() -> AnyView {
    let phase = RwSignal::new(Phase::Starting);
    leptos::task::spawn_local(async move { phase.set(resumed().await) });
    let signed_in = Callback::new(move |signed_in: SignedIn| {
        phase.set(place(signed_in).map_or(Phase::SigningIn, |place| Phase::At(Box::new(place))));
    });
    (move || match phase.get() {
        Phase::Starting => opening::waiting(),
        Phase::SigningIn => sign_in::sign_in(Door::Till, signed_in),
        Phase::At(place) => opening::opening(*place),
    })
    .into_any()
}

/// A reload goes on where it was: the session is a cookie, the register is remembered.
async fn resumed() -> Phase {
    let session = api::current_session().await.ok().flatten();
    let place = session.and_then(|session| {
        let register = sign_in::remembered_register(&session);
        place(SignedIn { session, register })
    });
    place.map_or(Phase::SigningIn, |place| Phase::At(Box::new(place)))
}

fn place(SignedIn { session, register }: SignedIn) -> Option<Place> {
    Some(Place { store: session.store, register: register?, seller: session.seller })
}
