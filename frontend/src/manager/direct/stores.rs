//! Takings and completeness, store by store and register by register.

use super::wall::{Walls, walls};
use crate::format;
use crate::i18n::desk::direct as say;
use crate::i18n::{closings, language};
use crate::manager::context::Desk;
use crate::manager::figures::arrival::{Arrival, Wholeness};
use crate::manager::route::Route;
use crate::ui::{Empty, empty};
use leptos::prelude::*;
use shared::ids::{RegisterNo, StoreNo};
use shared::money::Money;
use shared::picture::Picture;
use shared::time::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many stores, and how many registers of each, there is room for. The page "Intégrité" has all of them.
const MOST: (usize, usize) = (40, 12);

/// What a register or a store did today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Line {
    takings: Money,
    arrival: Arrival,
    /// The highest number, where there is one series only.
    last: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Figures {
    takings: Money,
    registers: BTreeMap<RegisterNo, Line>,
}

type All = Memo<Arc<BTreeMap<StoreNo, Figures>>>;

pub fn card(desk: Desk) -> AnyView {
    let walls = walls(desk);
    let all: All = Memo::new(move |_| Arc::new(desk.in_scope(|pictures| read(pictures, walls, desk.clock.get()))));
    // The numbers of the stores do not change with their figures.
    let stores = Memo::new(move |_| desk.scope.get().iter().copied().take(MOST.0).collect::<Vec<_>>());
    let highest =
        Memo::new(move |_| all.with(|all| all.values().map(|figures| figures.takings).max().unwrap_or_default()));
    let more = move || {
        let hidden = u64::try_from(desk.scope.get().len().saturating_sub(MOST.0)).unwrap_or(0);
        (hidden > 0).then(
            || view! { <li class="store"><small>{say::more_stores(&format::number(language(), hidden))}</small></li> },
        )
    };
    let is_empty = Memo::new(move |_| stores.with(Vec::is_empty));
    let body = move || {
        if is_empty.get() {
            let title = Signal::derive(|| say::stores_empty().to_owned());
            return empty(
                Empty { icon: "store", bad: false, title, hint: Signal::stored(String::new()) },
                ().into_any(),
            );
        }
        view! {
            <ul class="scroll" tabindex="0" aria-label=say::stores>
                <For each=move || stores.get() key=|store| *store children=move |store| store_line(desk, all, highest, store)/>
                {more}
            </ul>
        }
        .into_any()
    };
    view! { <section class="card stores"><header class="head"><h2>{say::stores}</h2></header>{body}</section> }
        .into_any()
}

fn read(pictures: &[&Picture], walls: Walls, now: Timestamp) -> BTreeMap<StoreNo, Figures> {
    let walls = walls.read();
    let of_store = |picture: &&Picture| {
        let mut figures = Figures::default();
        for series in picture.series().filter(|series| series.register.sells()) {
            let line = figures.registers.entry(series.register).or_default();
            line.arrival.add(series, now);
            line.last = series.saved.last();
        }
        let day = walls.get(&picture.store()).map(|wall| wall.day);
        for entry in picture.days().filter(|entry| Some(entry.day) == day) {
            figures.takings = figures.takings.saturating_plus(entry.takings);
            figures.registers.entry(entry.register).or_default().takings = entry.takings;
        }
        (picture.store(), figures)
    };
    pictures.iter().map(of_store).collect()
}

fn store_line(desk: Desk, all: All, highest: Memo<Money>, store: StoreNo) -> AnyView {
    let takings =
        Memo::new(move |_| all.with(|all| all.get(&store).map(|figures| figures.takings)).unwrap_or_default());
    let registers = Memo::new(move |_| {
        all.with(|all| all.get(&store).map(|figures| figures.registers.keys().copied().collect::<Vec<_>>()))
            .unwrap_or_default()
    });
    let shown = move || registers.get().into_iter().take(MOST.1);
    let money = move |amount: Money| {
        desk.directory.with(|directory| format::money(language(), amount, directory.currency(store)))
    };
    let width = move || format!("{}%", percent_of(takings.get(), highest.get()));
    let more = move || {
        let hidden = u64::try_from(registers.with(Vec::len).saturating_sub(MOST.1)).unwrap_or(0);
        (hidden > 0).then(|| view! { <li>{say::more_registers(&format::number(language(), hidden))}</li> })
    };
    view! {
        <li class="store">
            <header><b>{move || desk.store_name(store)}</b><a href=Route::Report(store).href() title=say::x_report_hint>{say::x_report}</a><a href=Route::Closings(store).href()>{closings::list}</a><span class="amount">{move || money(takings.get())}</span></header>
            <span class="gauge thick" aria-hidden="true"><i style:width=width></i></span>
            <ul><For each=shown key=|register| *register children=move |register| register_line(desk, all, store, register)/>{more}</ul>
        </li>
    }
    .into_any()
}

fn register_line(desk: Desk, all: All, store: StoreNo, register: RegisterNo) -> AnyView {
    let line = Memo::new(move |_| {
        all.with(|all| all.get(&store).and_then(|figures| figures.registers.get(&register)).copied())
            .unwrap_or_default()
    });
    let class = move || match line.get().arrival {
        Arrival { series: 0, .. } => "mark idle",
        arrival => match arrival.wholeness() {
            Wholeness::Whole => "mark ok",
            Wholeness::Waiting => "mark wait",
            Wholeness::Broken => "mark bad",
        },
    };
    let word = move || {
        let Line { arrival, last, .. } = line.get();
        let number = |value: u64| format::number(language(), value);
        match (arrival.series, arrival.missing) {
            (0, _) => say::register_idle().to_owned(),
            (1, 0) => say::whole(&number(last)),
            (_, 0) => say::all_whole(&number(arrival.saved), &number(arrival.series)),
            (_, missing) => say::broken(&number(missing), &number(arrival.saved + missing)),
        }
    };
    let money = move || {
        desk.directory.with(|directory| format::money(language(), line.get().takings, directory.currency(store)))
    };
    view! {
        <li><span>{move || say::register(register)}</span><span class=class><span>{word}</span></span><span class="amount">{money}</span></li>
    }
    .into_any()
}

fn percent_of(part: Money, whole: Money) -> i64 {
    part.minor().max(0).saturating_mul(100).checked_div(whole.minor()).unwrap_or(0)
}
