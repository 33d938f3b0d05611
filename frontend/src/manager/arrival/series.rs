//! Every series: from 1 to N without a gap, or not.

use super::holder;
use crate::format;
use crate::i18n::desk::{arrival as say, registers};
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::figures::arrival::Wholeness;
use crate::ui::{Empty, empty};
use leptos::prelude::*;
use shared::ids::{RegisterNo, SeriesLetter, StoreNo};
use shared::notice::{JournalStatus, SeriesStatus};
use shared::picture::Picture;
use shared::time::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many series are listed at most; the worst come first.
const MOST: usize = 200;

/// How many gaps of one series are named.
const GAPS: usize = 3;

pub(super) type Key = (StoreNo, RegisterNo, SeriesLetter);
type Rows = Memo<Arc<BTreeMap<Key, SeriesStatus>>>;

pub fn card(desk: Desk) -> AnyView {
    let rows: Rows = Memo::new(move |_| Arc::new(desk.in_scope(rows)));
    let only_broken = RwSignal::new(false);
    let order = Memo::new(move |_| order(&rows.get(), desk.clock.get(), only_broken.get()));
    let switch = move |_| only_broken.update(|only| *only = !*only);
    let body = move || {
        if order.with(Vec::is_empty) { nothing(only_broken.get()) } else { table(desk, rows, order) }
    };
    let is_empty = Memo::new(move |_| order.with(Vec::is_empty));
    view! {
        <section class="card fill">
            <header class="head"><h2>{say::series}</h2>
                <button type="button" class="switch push" role="switch" aria-checked=move || only_broken.get().to_string() on:click=switch>
                    <span>{say::only_broken}</span></button></header>
            {move || { is_empty.get(); untrack(body) }}
        </section>
    }
    .into_any()
}

fn rows(pictures: &[&Picture]) -> BTreeMap<Key, SeriesStatus> {
    let of_store = |picture: &&Picture| {
        let store = picture.store();
        let keyed = move |series: &SeriesStatus| ((store, series.register, series.letter.clone()), series.clone());
        picture.series().map(keyed).collect::<Vec<_>>()
    };
    pictures.iter().flat_map(of_store).collect()
}

/// The worst first, then by store, register and letter.
fn order(rows: &BTreeMap<Key, SeriesStatus>, now: Timestamp, only_broken: bool) -> Vec<Key> {
    let mut order: Vec<_> = rows.iter().map(|(key, series)| (Wholeness::of(series, now), key)).collect();
    order.retain(|(wholeness, _)| !only_broken || *wholeness != Wholeness::Whole);
    order.sort();
    order.into_iter().take(MOST).map(|(_, key)| key.clone()).collect()
}

fn nothing(only_broken: bool) -> AnyView {
    let (title, hint): (fn() -> _, fn() -> _) =
        if only_broken { (say::all_whole, say::all_whole_hint) } else { (say::none, say::none_hint) };
    let (title, hint) = (Signal::derive(move || title().to_owned()), Signal::derive(move || hint().to_owned()));
    empty(Empty { icon: "check", bad: false, title, hint }, ().into_any())
}

fn table(desk: Desk, rows: Rows, order: Memo<Vec<Key>>) -> AnyView {
    let hidden = move || rows.with(|rows| rows.len()).saturating_sub(MOST);
    let more = move || {
        let hidden = u64::try_from(hidden()).unwrap_or(0);
        (hidden > 0)
            .then(|| view! { <p class="more">{move || say::more_series(&format::number(language(), hidden))}</p> })
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::series>
            <table class="table">
                <thead><tr>
                    <th scope="col" class="cut">{say::store}</th><th scope="col">{say::register}</th><th scope="col">{say::state}</th>
                    <th scope="col" class="num">{say::saved}</th><th scope="col" class="num desktop-only">{say::copies}</th>
                    <th scope="col" class="num desktop-only">{say::journal}</th><th scope="col" class="desktop-only">{say::head}</th>
                </tr></thead>
                <tbody><For each=move || order.get() key=Clone::clone children=move |key| row(desk, rows, key)/></tbody>
            </table>
            {more}
        </div>
    }
    .into_any()
}

fn row(desk: Desk, rows: Rows, key: Key) -> AnyView {
    let (store, register, letter) = key.clone();
    let name = move || desk.store_name(store);
    let place = move || registers::place(register, &letter);
    let (open, whose) = (RwSignal::new(false), key.clone());
    let holder = move || open.get().then(|| holder::row(desk, whose.clone()));
    let series = Memo::new(move |_| rows.with(|rows| rows.get(&key).cloned()));
    let wholeness =
        Memo::new(move |_| series.get().map_or(Wholeness::Whole, |series| Wholeness::of(&series, desk.clock.get())));
    let class = move || match wholeness.get() {
        Wholeness::Whole => "mark ok",
        Wholeness::Waiting => "mark wait",
        Wholeness::Broken => "mark bad",
    };
    let state = move || series.get().map(|series| state(desk, &series, wholeness.get()));
    let figure = move |pick: fn(&SeriesStatus) -> u64| {
        move || series.with(|series| series.as_ref().map(|series| format::number(language(), pick(series))))
    };
    let head = move || {
        series.with(|series| {
            series.as_ref().map(|series| series.head.hash.to_string().chars().take(12).collect::<String>())
        })
    };
    view! {
        <tr>
            <td class="cut">{name}</td><td><button type="button" class="link" title=registers::who
                aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>{place}</button></td><td><span class=class><span>{state}</span></span></td>
            <td class="num">{figure(|series| series.saved.count())}</td>
            <td class="num desktop-only">{figure(|series| series.copies)}</td>
            <td class="num desktop-only">{move || series.with(|series| journal(desk, series.as_ref()?.journal?))}</td>
            <td class="desktop-only"><code>{head}</code></td>
        </tr>
        {holder}
    }
    .into_any()
}

fn state(desk: Desk, series: &SeriesStatus, wholeness: Wholeness) -> String {
    let missing = gaps(series);
    match (wholeness, series.gap_since) {
        (Wholeness::Whole, _) if !series.register.sells() => registers::sells_nothing().to_owned(),
        (Wholeness::Whole, _) => crate::i18n::desk::direct::whole(&format::number(language(), series.saved.last())),
        (Wholeness::Broken, Some(since)) => say::gap(&missing, &format::age(language(), desk.seconds_since(since))),
        _ => say::fresh_gap(&missing),
    }
}

/// How far the journal of a series goes, and whether some of it is missing.
fn journal(desk: Desk, status: JournalStatus) -> Option<AnyView> {
    let count = format::number(language(), status.head.number);
    Some(match status.gap_since {
        None => view! { {count} }.into_any(),
        Some(since) => {
            let gap = say::journal_gap(&format::age(language(), desk.seconds_since(since)));
            view! { {count}" "<span class="mark bad"><span>{gap}</span></span> }.into_any()
        }
    })
}

/// The missing numbers: the first few gaps by name.
fn gaps(series: &SeriesStatus) -> String {
    let number = |value: u64| format::number(language(), value);
    let named = series
        .saved
        .gaps()
        .take(GAPS)
        .map(|(from, to)| if from == to { number(from) } else { format!("{}–{}", number(from), number(to)) });
    let mut text = named.collect::<Vec<_>>().join(", ");
    let more = u64::try_from(series.saved.gaps().skip(GAPS).count()).unwrap_or(0);
    if more > 0 {
        text.push(' ');
        text.push_str(&say::more_gaps(&number(more)));
    }
    text
}
