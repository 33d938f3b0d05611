//! How long a receipt takes from the log to the store, and how many are on that way.

use super::last;
use crate::chart::{Spark, spark};
use crate::format;
use crate::i18n::desk::direct as say;
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::figures::pulse::{Tally, grouped};
use leptos::prelude::*;

/// Over how many seconds the lag is taken.
const WINDOW: usize = 10;

/// How many seconds the small chart shows, and how many make one of its points.
const CHART: (usize, usize) = (60, 2);

/// From which mean on somebody should look, and from which they should act, in milliseconds. A till shows *saved* by the
/// saver's word: after a second a cashier wonders, after ten the saver does not keep up.
const LIMITS: (u64, u64) = (1_000, 10_000);

pub fn card(desk: Desk, pulse: Memo<Vec<Tally>>) -> AnyView {
    let recent = Memo::new(move |_| pulse.with(|pulse| Tally::sum(last(pulse, WINDOW))));
    let class = move || match recent.get().mean_lag() {
        Some(lag) if lag >= LIMITS.1 => "card kpi out",
        Some(lag) if lag >= LIMITS.0 => "card kpi low",
        _ => "card kpi",
    };
    let figure = move || recent.get().mean_lag().map_or_else(|| "–".to_owned(), |lag| format::delay(language(), lag));
    let detail = move || {
        let backlog = say::backlog(&format::number(language(), desk.live.backlog.get()));
        match recent.get().saved {
            0 => format!("{} · {backlog}", say::idle()),
            _ => format!("{} · {backlog}", say::longest(&format::delay(language(), recent.get().longest))),
        }
    };
    let points = Memo::new(move |_| pulse.with(|pulse| grouped(last(pulse, CHART.0), CHART.1)));
    let chart = Spark {
        values: Signal::derive(move || {
            points.with(|points| points.iter().map(|tally| tally.mean_lag().unwrap_or(0)).collect())
        }),
        ghost: Signal::stored(Vec::new()),
        slots: CHART.0 / CHART.1,
        colour: "amber",
        description: Signal::derive(move || {
            let longest = points.with(|points| Tally::sum(points).longest);
            say::lag_chart(&format::delay(language(), longest))
        }),
    };
    view! {
        <section class=class><h2>{say::lag}</h2><strong>{figure}</strong><small>{detail}</small>{spark(chart)}</section>
    }
    .into_any()
}
