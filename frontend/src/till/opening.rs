//! Between signing in and selling: claiming the register, and what may stand in the way.

use super::claim::{self, Claim, Obstacle};
use super::context::Place;
use super::open::open_till;
use crate::api;
use crate::browser::{reload, storage};
use crate::i18n::{common, till::words};
use crate::outbox::Outbox;
use crate::ui::{Empty, empty, press};
use leptos::prelude::*;

/// How far the claim has got.
#[derive(Clone)]
enum Step {
    Claiming,
    Open(Box<Opened>),
    Stuck(Obstacle),
}

/// All that an open till starts from.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) place: Place,
    pub(super) claim: Claim,
    pub(super) outbox: Outbox,
}

/// A page that waits.
pub(super) fn waiting() -> AnyView {
    view! { <main class="sign-in" aria-busy="true"><span class="spinner" role="status"><span class="visually-hidden">{move || words().opening}</span></span></main> }
        .into_any()
}

/// Claims the register and opens the till, or says what is in the way.
pub(super) fn opening(place: Place) -> AnyView {
    storage::ask_to_persist();
    let step = RwSignal::new_local(Step::Claiming);
    let place = StoredValue::new(place);
    let try_to_open = Callback::new(move |take_over| {
        step.set(Step::Claiming);
        leptos::task::spawn_local(async move {
            step.set(match opened(place.get_value(), take_over).await {
                Ok(opened) => Step::Open(Box::new(opened)),
                Err(obstacle) => Step::Stuck(obstacle),
            });
        });
    });
    try_to_open.run(false);
    (move || match step.get() {
        Step::Claiming => waiting(),
        Step::Open(opened) => open_till(*opened),
        Step::Stuck(obstacle) => stuck(obstacle, try_to_open),
    })
    .into_any()
}

async fn opened(place: Place, take_over: bool) -> Result<Opened, Obstacle> {
    if !take_over {
        claim::lock(&place).await?;
    }
    let claim = claim::claim(&place, take_over).await?;
    let outbox = Outbox::start(claim.db.clone(), place.store.no).await?;
    Ok(Opened { place, claim, outbox })
}

fn stuck(obstacle: Obstacle, again: Callback<bool>) -> AnyView {
    let held = matches!(obstacle, Obstacle::Held(_));
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
        Obstacle::Api(_) | Obstacle::Browser(_) => words().cannot_open,
    }
}

fn hint(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Insecure => words().insecure_hint.to_owned(),
        Obstacle::OtherTab => words().other_tab_hint.to_owned(),
        Obstacle::Held(who) => format!("{who}. {}", words().held_hint),
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
