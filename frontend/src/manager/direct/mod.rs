//! The page "Direct": three questions answered in two seconds.

mod alert;
mod alerts;
mod complete;
mod day;
mod feed;
mod flow;
mod lag;
mod rate;
mod stores;
mod takings;
mod wall;

use super::context::Desk;
use super::figures::pulse::{Pulse, Tally};
use leptos::prelude::*;

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let pulse = Memo::new(move |_| {
        let scope = desk.scope.get();
        let now = desk.clock.get();
        desk.pulse.with_value(|pulse| pulse.seconds(now, Pulse::SECONDS, |store| scope.contains(&store)))
    });
    view! {
        <div class="live">
            <div class="kpis">{takings::card(desk)}{rate::card(desk, pulse)}{lag::card(desk, pulse)}{complete::card(desk)}</div>
            {flow::card(pulse)}
            {stores::card(desk)}
            {feed::card(desk)}
            {alerts::panel(desk)}
        </div>
    }
    .into_any()
}

/// The last `seconds` of the pulse.
fn last(pulse: &[Tally], seconds: usize) -> &[Tally] {
    pulse.get(pulse.len().saturating_sub(seconds)..).unwrap_or_default()
}
