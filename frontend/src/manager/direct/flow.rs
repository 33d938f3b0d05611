//! The last minutes as a picture.

use super::rate::in_tenths;
use crate::chart::{Plot, plot};
use crate::i18n::desk::direct as say;
use crate::manager::figures::pulse::{Pulse, Tally, grouped};
use leptos::prelude::*;

/// How many seconds make one point: few enough to show a jump, enough to be a line and not a comb.
const POINT: u64 = 5;

pub fn card(pulse: Memo<Vec<Tally>>) -> AnyView {
    let points = Memo::new(move |_| pulse.with(|pulse| grouped(pulse, usize::try_from(POINT).unwrap_or(1))));
    // In tenths of a receipt per second, so that slow hours have a shape too.
    let values = Signal::derive(move || {
        points.with(|points| points.iter().map(|tally| tally.saved * 10 / POINT).collect::<Vec<_>>())
    });
    let description = Signal::derive(move || {
        let (latest, highest) = values.with(|values| (values.last().copied(), values.iter().copied().max()));
        say::flow_chart(&in_tenths(latest.unwrap_or(0)), &in_tenths(highest.unwrap_or(0)))
    });
    let slots = usize::try_from(Pulse::SECONDS).unwrap_or(0) / usize::try_from(POINT).unwrap_or(1);
    let chart = Plot { values, slots, label: in_tenths, ends: [say::ago, say::now], description };
    view! { <section class="card flow"><header class="head"><h2>{say::flow}</h2></header>{plot(chart)}</section> }
        .into_any()
}
