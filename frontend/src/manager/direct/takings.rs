//! How the day is going.

use super::day::{self, Takings};
use super::wall::walls;
use crate::chart::{Spark, spark};
use crate::format;
use crate::i18n::desk::direct as say;
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::figures::takings::HOURS;
use leptos::prelude::*;
use shared::money::{Currency, Money};

pub fn card(desk: Desk) -> AnyView {
    let walls = walls(desk);
    let fetched = day::fetch(desk, walls);
    let takings = Memo::new(move |_| day::takings(desk, walls, fetched));
    let class = move || if fetched.ready.get() { "card kpi" } else { "card kpi skeleton" };
    let figure = move || takings.with(figure);
    let week_day = move || walls.with(|walls| walls.values().map(|wall| wall.day).max().map(say::weekday));
    let comparison = move || match (takings.with(|takings| takings.change), week_day()) {
        (Some(change), Some(day)) => compared(change, day),
        _ => view! { <span>{say::no_comparison}</span> }.into_any(),
    };
    let chart = Spark {
        values: Signal::derive(move || takings.with(|takings| drawn(&takings.running))),
        ghost: Signal::derive(move || takings.with(|takings| drawn(&takings.running_before))),
        slots: HOURS + 1,
        colour: "",
        description: Signal::derive(move || {
            takings.with(|takings| say::takings_chart(&figure(), &main(takings, takings.week_before)))
        }),
    };
    view! {
        <section class=class aria-busy=move || (!fetched.ready.get()).to_string()>
            <h2>{say::takings}</h2><strong>{figure}</strong><small>{comparison}</small>{spark(chart)}
        </section>
    }
    .into_any()
}

/// A day starts with nothing.
fn drawn(running: &[u64]) -> Vec<u64> {
    if running.is_empty() { Vec::new() } else { std::iter::once(0).chain(running.iter().copied()).collect() }
}

fn compared(change: i64, weekday: &str) -> AnyView {
    let class = if change < 0 { "down" } else { "up" };
    let sign = if change > 0 { "+" } else { "" };
    let share = format!("{sign}{}", format::percent(language(), change));
    view! { <b class=class>{share}</b>" "{say::against(weekday)} }.into_any()
}

fn figure(takings: &Takings) -> String {
    let sums: Vec<_> =
        takings.totals.iter().map(|(currency, sum)| format::money(language(), *sum, *currency)).collect();
    if sums.is_empty() { format::money(language(), Money::ZERO, Currency::default()) } else { sums.join(" + ") }
}

fn main(takings: &Takings, amount: Money) -> String {
    format::money(language(), amount, takings.totals.first().map(|(currency, _)| *currency).unwrap_or_default())
}
