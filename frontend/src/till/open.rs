//! The open till: its state, what it listens to, and its page.

use super::context::{Pane, Stage, Till};
use super::journal::{self, Journal};
use super::opening::Opened;
use super::supply::Early;
use super::{
    alerts, auto, bar, customer, dock, handover, keep, keyboard, lock, paid, payment, shelf, supply, taken_over,
    ticket, unhurried,
};
use crate::browser::sound::Sound;
use crate::browser::worker::Kept;
use crate::i18n::till::words;
use crate::live::{self, Heard};
use crate::offline;
use leptos::prelude::*;
use shared::ids::SeriesId;
use shared::journal::Act;
use shared::notice::Alert;
use shared::picture::Picture;

/// Opens the till.
pub(super) fn open_till(opened: &Opened) -> AnyView {
    let till = assemble(opened);
    provide_context(till);
    supply::follow(till);
    follow_session(till);
    keep::keep(till);
    journal::keep(till);
    if opened.is_arrival {
        till.note(Act::SignedIn, None);
    }
    taken_over::follow(till);
    keyboard::listen(till);
    unhurried::begin(till);
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
        ready: RwSignal::default(),
        early: Early::default(),
        catalogue: RwSignal::default(),
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
