//! Between signing in and selling: claiming the register, and what may stand in the way.

use super::claim::{self, Claim, Obstacle};
use super::context::Place;
use super::counter::Counter;
use super::open::open_till;
use super::stuck::stuck;
use crate::browser::reload;
use crate::browser::worker::Worker;
use crate::db::{self, Db, DbError, Name};
use crate::i18n::till::words;
use crate::outbox::Outbox;
use crate::ui::lazily;
use leptos::prelude::*;
use shared::notice::SkuLevel;
use std::rc::Rc;

/// How far the claim has got.
#[derive(Clone)]
enum Step {
    Claiming,
    Open(Rc<Opened>),
    Stuck(Obstacle),
}

/// All that an open till starts from.
pub(super) struct Opened {
    pub(super) place: Place,
    pub(super) claim: Claim,
    pub(super) outbox: Outbox,
    pub(super) worker: Worker,
    /// What lay on the counter when the page went away.
    pub(super) counter: Counter,
    /// What the store had in stock when the server was heard last.
    pub(super) stock: Vec<SkuLevel>,
    /// Whether somebody has just signed in.
    pub(super) is_arrival: bool,
}

/// A page that waits.
pub(super) fn waiting() -> AnyView {
    view! { <main class="sign-in" aria-busy="true"><span class="spinner" role="status"><span class="visually-hidden">{move || words().opening}</span></span></main> }
        .into_any()
}

/// A till whose browser keeps nothing.
pub(super) fn no_database(error: DbError) -> AnyView {
    shown(error.into(), Callback::new(|_| reload()))
}

/// Claims the register and opens the till, or says what is in the way.
pub(super) fn opening(place: Place, is_arrival: bool, db: Db, worker: Worker) -> AnyView {
    let step = RwSignal::new_local(Step::Claiming);
    let (place, db) = (StoredValue::new(place), StoredValue::new_local(db));
    let try_to_open = Callback::new(move |take_over| {
        step.set(Step::Claiming);
        leptos::task::spawn_local(async move {
            step.set(match opened(place.get_value(), db.get_value(), worker, take_over).await {
                Ok(opened) => Step::Open(Rc::new(Opened { is_arrival, ..opened })),
                Err(obstacle) => Step::Stuck(obstacle),
            });
        });
    });
    try_to_open.run(false);
    (move || match step.get() {
        Step::Claiming => waiting(),
        Step::Open(opened) => open_till(&opened),
        Step::Stuck(obstacle) => shown(obstacle, try_to_open),
    })
    .into_any()
}

async fn opened(place: Place, db: Db, worker: Worker, take_over: bool) -> Result<Opened, Obstacle> {
    if !take_over {
        claim::lock(&place).await?;
    }
    let (outbox, sending) = Outbox::take_up(db.clone()).await?;
    leptos::task::spawn_local(sending);
    let claim = claim::claim(db.clone(), &place, outbox, take_over).await?;
    let counter = db::load_counter(&db, place.store.no, place.register).await?;
    let stock = db::kept(&db, Name::Stock(place.store.no)).await?;
    let stock = stock.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    Ok(Opened { place, claim, outbox, worker, counter, stock, is_arrival: false })
}

fn shown(obstacle: Obstacle, again: Callback<bool>) -> AnyView {
    lazily(move || Box::pin(stuck(obstacle.clone(), again)))
}
