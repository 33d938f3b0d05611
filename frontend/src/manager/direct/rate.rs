//! How many receipts are saved each second.

use super::last;
use crate::chart::{Spark, spark};
use crate::format;
use crate::i18n::desk::direct as say;
use crate::i18n::{common, language};
use crate::manager::context::Desk;
use crate::manager::figures::pulse::{Tally, grouped};
use leptos::prelude::*;

/// Over how many seconds the rate is taken; ten, so that the sum is the rate in tenths.
const WINDOW: usize = 10;

/// How many seconds the small chart shows, and how many make one of its points.
const CHART: (usize, usize) = (60, 2);

pub fn card(desk: Desk, pulse: Memo<Vec<Tally>>) -> AnyView {
    let tenths = Memo::new(move |_| pulse.with(|pulse| Tally::sum(last(pulse, WINDOW)).saved));
    let counts = move || {
        let arrival = desk.arrival.get();
        let number = |value: u64| format::number(language(), value);
        [
            say::saved(&number(arrival.saved), arrival.saved == 1),
            say::missing(&number(arrival.missing), arrival.missing == 1),
            say::copies(&number(arrival.copies), arrival.copies == 1),
        ]
        .join(" · ")
    };
    let values = move || {
        let groups = pulse.with(|pulse| grouped(last(pulse, CHART.0), CHART.1));
        groups.iter().map(|tally| tally.saved).collect()
    };
    let chart = Spark {
        values: Signal::derive(values),
        ghost: Signal::stored(Vec::new()),
        slots: CHART.0 / CHART.1,
        colour: "",
        description: Signal::derive(move || format!("{}{}{}", say::rate(), common::colon(), in_tenths(tenths.get()))),
    };
    view! {
        <section class="card kpi"><h2>{say::rate}</h2><strong>{move || in_tenths(tenths.get())}</strong>
            <small>{counts}</small>{spark(chart)}</section>
    }
    .into_any()
}

/// A figure in tenths as people read it: `0,4`, `9,7`, `412`.
pub fn in_tenths(tenths: u64) -> String {
    let (whole, rest) = (tenths / 10, tenths % 10);
    if whole >= 10 {
        return format::number(language(), (tenths + 5) / 10);
    }
    format!("{whole}{}{rest}", language().pick(',', '.'))
}
