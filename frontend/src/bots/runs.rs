//! The simulations that are known, followed as long as the page is open.

use super::run;
use crate::api::{self, ApiError};
use crate::i18n::desk::bots as say;
use crate::manager::{Desk, explain};
use crate::ui::{Empty, empty};
use leptos::prelude::*;
use shared::api::simulations::{Simulation, SimulationState};
use shared::ids::SimulationId;
use std::time::Duration;

/// How often running simulations are asked how far they are.
const PACE: Duration = Duration::from_secs(1);

/// How many looks at resting simulations are left out: somebody else may start one.
const REST: u8 = 5;

/// The simulations.
#[derive(Clone, Copy)]
pub struct Runs {
    /// What the server said last; nothing before its first answer.
    pub answer: RwSignal<Option<Result<Vec<Simulation>, ApiError>>>,
    asking: StoredValue<bool>,
}

/// Asks for the simulations, now and then again.
pub fn follow() -> Runs {
    let runs = Runs { answer: RwSignal::new(None), asking: StoredValue::new(false) };
    runs.ask();
    let idle = StoredValue::new(0_u8);
    let turn = move || {
        let busy =
            runs.answer.with_untracked(|answer| matches!(answer, Some(Ok(list)) if list.iter().any(is_under_way)));
        idle.update_value(|idle| *idle = if busy || *idle >= REST { 0 } else { *idle + 1 });
        if idle.get_value() == 0 {
            runs.ask();
        }
    };
    if let Ok(timer) = set_interval_with_handle(turn, PACE) {
        on_cleanup(move || timer.clear());
    }
    runs
}

impl Runs {
    /// Asks at once, unless an answer is on its way.
    pub fn ask(self) {
        if self.asking.try_update_value(|asking| std::mem::replace(asking, true)) != Some(false) {
            return;
        }
        leptos::task::spawn_local(async move {
            let answer = api::simulations().await;
            if !self.answer.is_disposed() {
                self.answer.set(Some(answer));
                self.asking.set_value(false);
            }
        });
    }
}

/// Whether its bots sell, or finish what they do.
pub const fn is_under_way(run: &Simulation) -> bool {
    matches!(run.state, SimulationState::Running | SimulationState::Stopping)
}

/// The list, the latest first.
pub fn list(desk: Desk, runs: Runs) -> AnyView {
    let ids = Memo::new(move |_| runs.answer.with(|answer| ids(answer.as_ref())));
    let error = Memo::new(move |_| {
        runs.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().cloned()))
    });
    let waiting = Memo::new(move |_| runs.answer.with(Option::is_none));
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let body = move || {
        if let Some(error) = error.get() {
            return failed(&error, runs);
        }
        match (waiting.get(), is_empty.get()) {
            (true, _) => view! { <div class="card skeleton" aria-busy="true"></div> }.into_any(),
            (false, true) => nothing(),
            (false, false) => {
                view! { <For each=move || ids.get() key=|id| *id children=move |id| run::card(desk, runs, id)/> }
                    .into_any()
            }
        }
    };
    view! { <section class="runs" aria-label=say::runs>{body}</section> }.into_any()
}

fn ids(answer: Option<&Result<Vec<Simulation>, ApiError>>) -> Vec<SimulationId> {
    let Some(Ok(list)) = answer else { return Vec::new() };
    let mut runs: Vec<_> = list.iter().map(|run| (run.started_at, run.id)).collect();
    runs.sort_by(|a, b| b.cmp(a));
    runs.into_iter().map(|(_, id)| id).collect()
}

fn failed(error: &ApiError, runs: Runs) -> AnyView {
    let title = Signal::derive(|| crate::i18n::desk::frame::failed().to_owned());
    let retry = view! {
        <button type="button" class="btn" on:click=move |_| runs.ask()>{move || crate::i18n::common::words().retry}</button>
    };
    empty(Empty { icon: "bot", bad: true, title, hint: Signal::stored(explain(error)) }, retry.into_any())
}

fn nothing() -> AnyView {
    let title = Signal::derive(|| say::none().to_owned());
    let hint = Signal::derive(|| say::none_hint().to_owned());
    empty(Empty { icon: "bot", bad: false, title, hint }, ().into_any())
}
