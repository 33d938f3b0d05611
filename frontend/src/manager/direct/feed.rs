//! The receipts saved last, newest first.

use crate::browser::clock;
use crate::format;
use crate::i18n::desk::direct as say;
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::paced::paced;
use crate::manager::route::Route;
use crate::manager::still::Still;
use crate::ui::{Empty, empty};
use leptos::prelude::*;
use shared::ids::StoreNo;
use shared::notice::Saved;
use shared::picture::Picture;
use std::time::Duration;

/// How many are listed.
const MOST: usize = Picture::MEMORY;

/// The least time between two changes of the list.
const PACE: Duration = Duration::from_millis(250);

type Entry = (StoreNo, Saved);

pub fn card(desk: Desk) -> AnyView {
    let still = Still::new();
    let follow = move || {
        desk.live.pictures.track();
        desk.scope.track();
    };
    let entries = paced(PACE, follow, move || still.now(), move || desk.in_scope(latest));
    let is_empty = Memo::new(move |_| entries.with(Vec::is_empty));
    let paused = move || still.get().then(|| view! { <span class="badge push">{say::feed_still}</span> });
    let body = move || if is_empty.get() { nothing() } else { table(desk, entries) };
    view! {
        <section class="card feed" on:pointerenter=move |_| still.point(true) on:pointerleave=move |_| still.point(false)
            on:focusin=move |event| still.enter(&event) on:focusout=move |_| still.leave()>
            <header class="head"><h2>{say::feed}</h2>{paused}</header>
            {body}
        </section>
    }
    .into_any()
}

fn latest(pictures: &[&Picture]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for picture in pictures {
        entries.extend(picture.recent().map(|saved| (picture.store(), saved)));
    }
    entries.sort_by_key(|(_, saved)| std::cmp::Reverse((saved.accepted_at, saved.number)));
    entries.into_iter().take(MOST).map(|(store, saved)| (store, saved.clone())).collect()
}

fn nothing() -> AnyView {
    let title = Signal::derive(|| say::feed_empty().to_owned());
    let hint = Signal::derive(|| say::feed_empty_hint().to_owned());
    empty(Empty { icon: "receipt", bad: false, title, hint }, ().into_any())
}

fn table(desk: Desk, entries: RwSignal<Vec<Entry>>) -> AnyView {
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::feed>
            <table class="table dense">
                <thead><tr><th scope="col">{say::time}</th><th scope="col" class="cut">{say::origin}</th>
                    <th scope="col">{say::number}</th><th scope="col" class="num">{say::total}</th></tr></thead>
                <tbody><For each=move || entries.get() key=|(_, saved)| saved.id children=move |entry| row(desk, entry)/></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(desk: Desk, (store, saved): Entry) -> AnyView {
    let time = format::clock(clock::wall(saved.accepted_at));
    let (register, seller, number, total) = (saved.register, saved.seller, saved.number.get(), saved.total);
    let place = move || {
        desk.directory.with(|directory| say::place(&directory.name(store), register, &directory.seller(store, seller)))
    };
    let currency = move || desk.directory.with(|directory| directory.currency(store));
    let href = Route::Receipts(Some(saved.id)).href();
    let name = move || say::receipt_number(&format::number(language(), number));
    view! {
        <tr><td><small>{time}</small></td><td class="cut">{place}</td><td><a href=href>{name}</a></td>
            <td class="num">{move || format::money(language(), total, currency())}</td></tr>
    }
    .into_any()
}
