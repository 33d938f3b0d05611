//! The open till: its state, what it listens to, and its page.

use super::catalogue::Catalogue;
use super::context::{Pane, Stage, Till};
use super::journal::{self, Journal};
use super::message::Message;
use super::opening::Opened;
use super::{
    alerts, auto, bar, customer, dock, handover, keep, keyboard, lock, paid, payment, shelf, taken_over, ticket,
};
use crate::api;
use crate::browser::sound::Sound;
use crate::browser::worker::Kept;
use crate::i18n::till::words;
use crate::live::{self, Heard, Turn};
use crate::offline;
use leptos::prelude::*;
use shared::ids::SeriesId;
use shared::journal::Act;
use shared::notice::Alert;
use shared::picture::Picture;
use std::sync::Arc;

/// Opens the till.
pub(super) fn open_till(opened: &Opened) -> AnyView {
    let till = assemble(opened);
    provide_context(till);
    follow_server(till);
    follow_session(till);
    keep::keep(till);
    journal::keep(till);
    if opened.is_arrival {
        till.note(Act::SignedIn, None);
    }
    taken_over::follow(till);
    keyboard::listen(till);
    lock::follow(till);
    auto::listen(till);
    let inside = move || if till.locked.get() { handover::locked(till) } else { page(till) };
    view! { {inside}{customer::customer(till)} }.into_any()
}

fn assemble(opened: &Opened) -> Till {
    let (store, sound, outbox) = (opened.place.store.no, Sound::remembered(), opened.outbox);
    let series = opened.claim.record.series.clone();
    let fresh: RwSignal<Vec<Alert>> = RwSignal::default();
    let live = live::connect(Some(store), move |heard| match heard {
        Heard::Snapshot => outbox.reconnected(),
        Heard::Notice(notice) => {
            outbox.saved(notice.saved.iter().map(|saved| saved.id));
            alerts::hear(fresh, sound, notice);
        }
    });
    let picture = Picture::empty(store).with_levels(&opened.stock);
    live.pictures.update(|pictures| drop(pictures.insert(store, picture)));
    Till {
        place: StoredValue::new(opened.place.clone()),
        claim: StoredValue::new_local(opened.claim.clone()),
        ready: RwSignal::new(opened.catalogue.version() > 0),
        catalogue: RwSignal::new(Arc::clone(&opened.catalogue)),
        sale: RwSignal::new(opened.counter.open.clone()),
        held: RwSignal::new(opened.counter.held.clone()),
        stage: RwSignal::new(Stage::Selling),
        tendering: RwSignal::default(),
        busy: RwSignal::default(),
        paid: RwSignal::default(),
        printed: RwSignal::default(),
        confirmed_at: StoredValue::new(0),
        query: RwSignal::default(),
        shelf: RwSignal::default(),
        pick: RwSignal::default(),
        asked: RwSignal::default(),
        brought_back: RwSignal::default(),
        message: RwSignal::default(),
        alerts: fresh,
        pane: RwSignal::new(Pane::Shelf),
        auto: RwSignal::default(),
        locked: RwSignal::default(),
        let_go: StoredValue::new(false),
        live,
        outbox,
        journal: Journal::default(),
        sums: RwSignal::new(opened.counter.sums.clone()),
        unsaved: outbox.unsaved(),
        sound,
        worker: opened.worker,
        taken_over: Memo::new(move |_| live.pictures.with(|all| is_taken_over(all.get(&store), &series))),
    }
}

/// Whether the register has a later series than this till's.
fn is_taken_over(picture: Option<&Picture>, own: &SeriesId) -> bool {
    let mut series = picture.into_iter().flat_map(Picture::series);
    series.any(|series| series.register == own.register && series.letter.is_after(&own.letter))
}

/// Signs in with the server whoever signed in while it did not answer.
fn follow_session(till: Till) {
    Effect::new(move |_| {
        if till.live.signed_out.get() {
            leptos::task::spawn_local(offline::sign_in_again());
        }
    });
}

/// Fetches the catalogue, and what changes in it whenever the server says that something did, or may have said so while
/// the line was cut. A line that is up again may also lead to a server of a later version.
fn follow_server(till: Till) {
    let turn = Turn::default();
    Effect::new(move |before: Option<u32>| {
        let snapshots = till.live.snapshots.get();
        till.live.catalogue.track();
        turn.ask(move || fetch_catalogue(till));
        if before != Some(snapshots) {
            till.worker.look();
        }
        snapshots
    });
}

async fn fetch_catalogue(till: Till) {
    let held = till.catalogue.get_untracked();
    let since = till.ready.get_untracked().then(|| held.version());
    match api::catalogue(till.place().store.no, since).await {
        Ok(told) => {
            if since != Some(told.value.version) {
                keep::keep_catalogue(till, &told).await;
                till.catalogue.set(Arc::new(Catalogue::updated(&held, told.value)));
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
    let kept = move || (till.worker.kept.get() == Kept::Whole).then_some("whole");
    let inside = move || match till.stage.get() {
        Stage::Selling => ticket::ticket(till),
        Stage::Paying => payment::payment(till),
        Stage::Paid => paid::paid(till),
    };
    view! {
        <a class="skip" href="#search">{move || words().skip_to_search}</a>
        <main class="till" data-pane=pane data-state=state data-kept=kept data-auto=move || till.auto.get()>
            <h1 class="visually-hidden">"Comptoir"</h1>
            {bar::bar(till)}
            {shelf::shelf(till)}
            <aside class="ticket" aria-label=move || words().ticket>{move || inside()}</aside>
            {dock::dock(till)}
        </main>
    }
    .into_any()
}
