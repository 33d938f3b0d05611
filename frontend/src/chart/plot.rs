//! Charts as parts of a page: pictures to the eye, one sentence to a screen reader.

use super::{VIEW_BOX, area, line, round_up};
use leptos::prelude::*;

/// An area chart with its axes.
#[derive(Clone, Copy)]
pub struct Plot {
    /// The values, oldest first.
    pub values: Signal<Vec<u64>>,
    /// How many values fit.
    pub slots: usize,
    /// A value as the axis writes it.
    pub label: fn(u64) -> String,
    /// What stands under the two ends of the time axis.
    pub ends: [fn() -> &'static str; 2],
    /// What is read aloud instead.
    pub description: Signal<String>,
}

/// An area chart with its axes.
pub fn plot(plot: Plot) -> AnyView {
    let Plot { values, slots, label, ends: [from, to], description } = plot;
    // Even, so that the middle of the axis is a whole number too.
    let top = Memo::new(move |_| values.with(|values| round_up(highest(values)).max(2)));
    view! {
        <figure class="plot" role="img" aria-label=description>
            <div class="y" aria-hidden="true">
                <span>{move || label(top.get())}</span>
                <span>{move || label(top.get() / 2)}</span>
                <span>{move || label(0)}</span>
            </div>
            <svg class="chart" viewBox=VIEW_BOX preserveAspectRatio="none" aria-hidden="true">
                <path class="grid" d="M0 0H1000M0 500H1000"></path>
                <path class="axis" d="M0 1000H1000"></path>
                <path class="area" d=move || values.with(|values| area(values, slots, top.get()))></path>
                <path class="line" d=move || values.with(|values| line(values, slots, top.get()))></path>
            </svg>
            <div class="x" aria-hidden="true"><span>{from}</span><span>{to}</span></div>
        </figure>
    }
    .into_any()
}

/// A small chart without axes, for a card whose words say what it shows.
#[derive(Clone, Copy)]
pub struct Spark {
    /// The values, oldest first.
    pub values: Signal<Vec<u64>>,
    /// Values to compare with, drawn behind.
    pub ghost: Signal<Vec<u64>>,
    /// How many values fit.
    pub slots: usize,
    /// Beside the accent: `amber`, or nothing.
    pub colour: &'static str,
    /// What is read aloud instead.
    pub description: Signal<String>,
}

/// A small chart without axes.
pub fn spark(spark: Spark) -> AnyView {
    let Spark { values, ghost, slots, colour, description } = spark;
    let top = Memo::new(move |_| values.with(|values| highest(values)).max(ghost.with(|ghost| highest(ghost))));
    view! {
        <svg class="chart spark" viewBox=VIEW_BOX preserveAspectRatio="none" role="img" aria-label=description>
            <path class="line ghost" d=move || ghost.with(|ghost| line(ghost, slots, top.get()))></path>
            <path class=format!("area {colour}") d=move || values.with(|values| area(values, slots, top.get()))></path>
            <path class=format!("line {colour}") d=move || values.with(|values| line(values, slots, top.get()))></path>
        </svg>
    }
    .into_any()
}

fn highest(values: &[u64]) -> u64 {
    values.iter().copied().max().unwrap_or(0)
}
