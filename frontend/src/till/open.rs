//! The open till: its state, what it listens to, and its page.

use super::catalogue::Catalogue;
use super::context::{Pane, Stage, Till};
use super::message::Message;
use super::opening::Opened;
use super::{alerts, auto, bar, dock, keyboard, paid, payment, shelf, ticket};
use crate::api;
use crate::browser::sound::Sound;
use crate::i18n::till::words;
use crate::live::{self, Heard, Turn};
use leptos::prelude::*;
use shared::notice::Alert;
use std::sync::Arc;

/// Opens the till.
pub(super) fn open_till(opened: Opened) -> AnyView {
    let till = assemble(opened);
    provide_context(till);
    follow_catalogue(till);
    keyboard::listen(till);
    auto::listen(till);
    page(till)
}

fn assemble(Opened { place, claim, outbox }: Opened) -> Till {
    let (store, sound) = (place.store.no, Sound::remembered());
    let fresh: RwSignal<Vec<Alert>> = RwSignal::default();
    let live = live::connect(Some(store), move |heard| match heard {
        Heard::Snapshot => outbox.reconnected(),
        Heard::Notice(notice) => {
            outbox.saved(notice.saved.iter().map(|saved| saved.id));
            alerts::hear(fresh, sound, notice);
        }
    });
    Till {
        place: StoredValue::new(place),
        claim: StoredValue::new_local(claim),
        catalogue: RwSignal::default(),
        ready: RwSignal::default(),
        sale: RwSignal::default(),
        stage: RwSignal::new(Stage::Selling),
        tendering: RwSignal::default(),
        busy: RwSignal::default(),
        paid: RwSignal::default(),
        confirmed_at: StoredValue::new(0),
        query: RwSignal::default(),
        shelf: RwSignal::default(),
        pick: RwSignal::default(),
        weighing: RwSignal::default(),
        message: RwSignal::default(),
        alerts: fresh,
        pane: RwSignal::new(Pane::Shelf),
        auto: RwSignal::default(),
        live,
        outbox,
        unsaved: outbox.unsaved(),
        sound,
    }
}

/// Fetches the catalogue, and what changes in it whenever the server says that something did, or may have said so while
/// the line was cut.
fn follow_catalogue(till: Till) {
    let turn = Turn::default();
    Effect::new(move |_| {
        till.live.snapshots.track();
        till.live.catalogue.track();
        turn.ask(move || fetch_catalogue(till));
    });
}

async fn fetch_catalogue(till: Till) {
    let held = till.catalogue.get_untracked();
    let since = till.ready.get_untracked().then(|| held.version());
    match api::catalogue(till.place().store.no, since).await {
        Ok(delta) => {
            if since != Some(delta.version) {
                till.catalogue.set(Arc::new(Catalogue::updated(&held, delta)));
            }
            till.ready.set(true);
        }
        // One that is there already is good enough until the line is up again.
        Err(_) if since.is_some() => {}
        Err(error) => till.refuse(Message::NoCatalogue(error)),
    }
}

fn page(till: Till) -> AnyView {
    let pane = move || match till.pane.get() {
        Pane::Shelf => "shelf",
        Pane::Ticket => "ticket",
    };
    let state = move || match till.stage.get() {
        Stage::Selling => "selling",
        Stage::Paying => "paying",
        Stage::Paid => "paid",
    };
    let inside = move || match till.stage.get() {
        Stage::Selling => ticket::ticket(till),
        Stage::Paying => payment::payment(till),
        Stage::Paid => paid::paid(till),
    };
    view! {
        <a class="skip" href="#search">{move || words().skip_to_search}</a>
        <main class="till" data-pane=pane data-state=state data-auto=move || till.auto.get()>
            <h1 class="visually-hidden">"Comptoir"</h1>
            {bar::bar(till)}
            {shelf::shelf(till)}
            <aside class="ticket" aria-label=move || words().ticket>{move || inside()}</aside>
            {dock::dock(till)}
        </main>
    }
    .into_any()
}
