//! Between signing in and selling: claiming the register, and what may stand in the way.

use super::catalogue::Catalogue;
use super::claim::{self, Claim, Obstacle};
use super::context::Place;
use super::counter::Counter;
use super::open::open_till;
use crate::api;
use crate::browser::worker::Worker;
use crate::browser::{reload, storage};
use crate::db::{self, Db, DbError, Name};
use crate::i18n::{common, keeping, till::words};
use crate::outbox::Outbox;
use crate::ui::{Empty, empty, press};
use leptos::prelude::*;
use shared::notice::SkuLevel;
use std::rc::Rc;
use std::sync::Arc;

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
    /// The catalogue as the browser kept it.
    pub(super) catalogue: Arc<Catalogue>,
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
    stuck(error.into(), Callback::new(|_| reload()))
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
        Step::Stuck(obstacle) => stuck(obstacle, try_to_open),
    })
    .into_any()
}

async fn opened(place: Place, db: Db, worker: Worker, take_over: bool) -> Result<Opened, Obstacle> {
    if !take_over {
        claim::lock(&place).await?;
    }
    let outbox = Outbox::start(db.clone(), place.store.no).await?;
    let claim = claim::claim(db.clone(), &place, outbox, take_over).await?;
    let counter = db::load_counter(&db, place.store.no, place.register).await?;
    let catalogue = Arc::new(Catalogue::of_kept(db::load_catalogue(&db).await?));
    let stock = db::kept(&db, Name::Stock(place.store.no)).await?;
    let stock = stock.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    Ok(Opened { place, claim, outbox, worker, counter, catalogue, stock, is_arrival: false })
}

fn stuck(obstacle: Obstacle, again: Callback<bool>) -> AnyView {
    let held = matches!(obstacle, Obstacle::Held(_) | Obstacle::Replaced);
    let title = {
        let obstacle = obstacle.clone();
        Signal::derive(move || title(&obstacle).to_owned())
    };
    let hint = Signal::derive(move || hint(&obstacle));
    let act = move || if held { words().take_over } else { common::words().retry };
    // The lock of a tab that was refused is not held, so a retry starts from the beginning; after "held" it is.
    let acts = view! {
        <div class="actions">
            <button class="btn" on:click=press(choose_another)>{move || words().other_register}</button>
            <button class="btn primary" on:click=press(move || if held { again.run(true) } else { reload() })>{move || act()}</button>
        </div>
    };
    view! { <main class="sign-in"><h1 class="visually-hidden">{move || common::words().welcome_till}</h1>{empty(Empty { icon: "lock", bad: true, title, hint }, acts.into_any())}</main> }
        .into_any()
}

fn title(obstacle: &Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Insecure => words().insecure,
        Obstacle::OtherTab => words().other_tab,
        Obstacle::Held(_) => words().held,
        Obstacle::Replaced => keeping::replaced(),
        Obstacle::NotEnrolledHere => keeping::not_enrolled(),
        Obstacle::Api(_) | Obstacle::Browser(_) => words().cannot_open,
    }
}

fn hint(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Insecure => words().insecure_hint.to_owned(),
        Obstacle::OtherTab => words().other_tab_hint.to_owned(),
        Obstacle::Held(who) => format!("{who}. {}", words().held_hint),
        Obstacle::Replaced => keeping::replaced_hint().to_owned(),
        Obstacle::NotEnrolledHere => keeping::not_enrolled_hint().to_owned(),
        Obstacle::Api(error) => error.text(),
        Obstacle::Browser(reason) => (words().browser_failed)(reason),
    }
}

/// Back to the sign-in page, for another register.
fn choose_another() {
    leptos::task::spawn_local(async {
        storage::remove("place");
        // A session that cannot be ended runs out by itself.
        let _ = api::sign_out().await;
        reload();
    });
}
