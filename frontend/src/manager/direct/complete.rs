//! Whether everything has arrived: one piece for each series.

use crate::format;
use crate::i18n::desk::direct as say;
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::figures::arrival::Wholeness;
use leptos::prelude::*;

/// How many pieces there is room for.
const PIECES: u64 = 36;

pub fn card(desk: Desk) -> AnyView {
    let class = move || match desk.arrival.get().wholeness() {
        Wholeness::Whole => "card kpi",
        Wholeness::Waiting => "card kpi low",
        Wholeness::Broken => "card kpi out",
    };
    let number = |value: u64| format::number(language(), value);
    let whole = move || number(desk.arrival.get().whole);
    let all = move || format!(" / {}", number(desk.arrival.get().series));
    let detail = move || {
        let arrival = desk.arrival.get();
        match (arrival.series, arrival.missing) {
            (0, _) => say::no_series().to_owned(),
            (_, 0) => say::all_arrived().to_owned(),
            (_, missing) => {
                let series = arrival.series - arrival.whole;
                say::missing_in((&number(missing), missing == 1), (&number(series), series == 1))
            }
        }
    };
    let pieces = Memo::new(move |_| desk.arrival.get().pieces(PIECES));
    let piece = |wholeness: &Wholeness| {
        let class = match wholeness {
            Wholeness::Whole => "",
            Wholeness::Waiting => "wait",
            Wholeness::Broken => "bad",
        };
        view! { <i class=class></i> }
    };
    view! {
        <section class=class><h2>{say::complete}</h2><strong>{whole}<small>{all}</small></strong><small>{detail}</small>
            <span class="pips" aria-hidden="true">{move || pieces.get().iter().map(piece).collect_view()}</span></section>
    }
    .into_any()
}
