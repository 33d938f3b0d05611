//! The open till: its state, what it listens to, and its page.

use super::context::{Pane, Place, Stage, Till};
use super::counter::Counter;
use super::journal::Journal;
use super::opening::Opened;
use super::supply::Early;
use super::tendering::Tendering;
use super::{alerts, bar, dock, handover, keep, keyboard, paid, payment, shelf, supply, ticket, unhurried};
use crate::browser::sound::Sound;
use crate::browser::worker::Kept;
use crate::i18n::{printing, till::words};
use crate::live::{self, Heard};
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
    keep::keep(till);
    if opened.is_arrival {
        till.note(Act::SignedIn, None);
    }
    keyboard::listen(till);
    unhurried::begin(till);
    (move || if till.locked.get() { handover::locked(till) } else { page(till) }).into_any()
}

fn assemble(opened: &Opened) -> Till {
    let (store, sound, outbox) = (opened.place.store.no, Sound::remembered(), opened.outbox);
    let series = opened.claim.record.series.clone();
    let fresh: RwSignal<Vec<Alert>> = RwSignal::default();
    let revoked = RwSignal::new(false);
    let live = live::connect(Some(store), move |heard| match heard {
        Heard::Snapshot => outbox.reconnected(),
        Heard::Notice(notice) => {
            outbox.hear(notice);
            alerts::hear(fresh, sound, notice);
        }
    });
    let counter = &opened.counter;
    let tendering = resumed(counter, &opened.place);
    let (stage, pane) = if tendering.is_some() { (Stage::Paying, Pane::Ticket) } else { (Stage::Selling, Pane::Shelf) };
    let picture = Picture::empty(store).with_levels(&opened.stock);
    live.pictures.update(|pictures| drop(pictures.insert(store, picture)));
    Till {
        place: StoredValue::new(opened.place.clone()),
        claim: StoredValue::new_local(opened.claim.clone()),
        ready: RwSignal::default(),
        early: Early::default(),
        scanned: StoredValue::default(),
        catalogue: RwSignal::default(),
        sale: RwSignal::new(counter.open.clone()),
        held: RwSignal::new(counter.held.clone()),
        stage: RwSignal::new(stage),
        tendering: RwSignal::new(tendering),
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
        pane: RwSignal::new(pane),
        auto: RwSignal::default(),
        locked: RwSignal::default(),
        let_go: StoredValue::new(false),
        doubted: StoredValue::new(false),
        revoked,
        live,
        outbox,
        journal: Journal::default(),
        sums: RwSignal::new(counter.sums.clone()),
        unsaved: outbox.unsaved(store),
        sound,
        worker: opened.worker,
        taken_over: Memo::new(move |_| {
            revoked.get() || live.pictures.with(|all| is_taken_over(all.get(&store), &series))
        }),
    }
}

/// The payment that was under way when the page went away, where some of it was taken.
fn resumed(counter: &Counter, place: &Place) -> Option<Tendering> {
    let total = counter.open.basket().total().ok()?;
    Tendering::resumed(total, place.store.smallest_coin, &counter.taken)
}

/// Whether the register has a later series than this till's.
fn is_taken_over(picture: Option<&Picture>, own: &SeriesId) -> bool {
    let mut series = picture.into_iter().flat_map(Picture::series);
    series.any(|series| series.register == own.register && series.letter.is_after(&own.letter))
}

fn page(till: Till) -> AnyView {
    let pane = move || match till.pane.get() {
        Pane::Shelf => "shelf",
        Pane::Ticket => "ticket",
    };
    let state = move || match till.stage.get() {
        Stage::Selling => "selling",
        Stage::Paying => "paying",
        Stage::Paid | Stage::Reprinting => "paid",
    };
    let kept = move || (till.worker.kept.get() == Kept::Whole).then_some("whole");
    let inside = move || match till.stage.get() {
        Stage::Selling => ticket::ticket(till),
        Stage::Paying => payment::payment(till),
        Stage::Paid | Stage::Reprinting => paid::paid(till),
    };
    view! {
        <a class="skip" href="#search">{move || words().skip_to_search}</a>
        <main class="till" data-pane=pane data-state=state data-kept=kept data-auto=move || till.auto.get()>
            <h1 class="visually-hidden">"Comptoir"</h1>
            {bar::bar(till)}
            {shelf::shelf(till)}
            <aside class="ticket" aria-label=move || words().ticket>{move || inside()}</aside>
            {dock::dock(till)}
            <p class="unasked">{printing::by_the_till}</p>
        </main>
    }
    .into_any()
}
