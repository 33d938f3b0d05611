//! One simulation: how far it is, and the button that stops it.

use super::runs::{Runs, is_under_way};
use crate::api;
use crate::format;
use crate::i18n::desk::bots as say;
use crate::i18n::language;
use crate::manager::{Desk, explain};
use leptos::prelude::*;
use shared::api::simulations::{Simulation, SimulationState};
use shared::ids::SimulationId;

pub fn card(desk: Desk, runs: Runs, id: SimulationId) -> AnyView {
    let run = Memo::new(move |_| runs.answer.with(|answer| find(answer.as_ref()?.as_ref().ok()?, id)));
    let title = move || run.get().map(|run| title(&run));
    let state = Memo::new(move |_| run.get().map_or(SimulationState::Ended, |run| run.state));
    let class = move || match state.get() {
        SimulationState::Running | SimulationState::Ended => "mark ok",
        SimulationState::Stopping => "mark wait",
        SimulationState::Failed => "mark bad",
    };
    let word = move || match state.get() {
        SimulationState::Running => say::running(),
        SimulationState::Stopping => say::stopping(),
        SimulationState::Ended => say::ended(),
        SimulationState::Failed => say::failed(),
    };
    let message = move || run.get().and_then(|run| run.message).map(|text| view! { <p class="verdict bad">{text}</p> });
    view! {
        <article class="card run">
            <header class="head"><h2>{title}</h2><span class=class><span>{word}</span></span>{stop(runs, id, state)}</header>
            {progress(desk, run)}
            {tally(desk, run)}
            {message}
        </article>
    }
    .into_any()
}

fn find(runs: &[Simulation], id: SimulationId) -> Option<Simulation> {
    runs.iter().find(|run| run.id == id).cloned()
}

fn title(run: &Simulation) -> String {
    let number = |value: u64| format::number(language(), value);
    say::title(&number(run.plan.stores.into()), &number(run.plan.registers.into()), &run.plan.seed.to_string())
}

fn stop(runs: Runs, id: SimulationId, state: Memo<SimulationState>) -> AnyView {
    let fault = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let press = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = api::stop_simulation(id).await;
            if !busy.is_disposed() {
                fault.set(answer.err().map(|error| explain(&error)));
                busy.set(false);
                runs.ask();
            }
        });
    };
    let button = move || {
        (state.get() == SimulationState::Running).then(|| {
            view! { <button type="button" class="btn small danger push" aria-busy=move || busy.get().to_string() on:click=press>{say::stop}</button> }
        })
    };
    let error = move || fault.get().map(|fault| view! { <small class="error" role="alert">{fault}</small> });
    view! { {button}{error} }.into_any()
}

/// How many seconds it has run; its whole length once it is over.
fn elapsed(desk: Desk, run: &Simulation) -> u64 {
    let ran = u64::try_from(desk.seconds_since(run.started_at)).unwrap_or(0);
    ran.min(run.plan.seconds.into())
}

fn progress(desk: Desk, run: Memo<Option<Simulation>>) -> AnyView {
    let bar = move || {
        run.get().filter(is_under_way).map(|run| {
            let (done, all) = (elapsed(desk, &run), run.plan.seconds);
            let shown = |seconds: u64| format::age(language(), i64::try_from(seconds).unwrap_or(i64::MAX));
            let text = say::progress_of(&shown(done), &shown(all.into()));
            view! { <progress class="progress" max=all.to_string() value=done.to_string() aria-label=say::progress aria-valuetext=text.clone()>{text.clone()}</progress><small>{text}</small> }
        })
    };
    bar.into_any()
}

fn tally(desk: Desk, run: Memo<Option<Simulation>>) -> AnyView {
    let number = |value: u64| format::number(language(), value);
    let issued = move || run.get().map(|run| number(run.issued));
    let planned = move || run.get().map(|run| number(run.plan.rate.into()));
    let mean = move || {
        run.get().filter(is_under_way).map(|run| {
            let rate = run.issued.checked_div(elapsed(desk, &run).max(1)).unwrap_or(0);
            view! { <div><dt>{say::per_second}</dt><dd>{number(rate)}</dd></div> }
        })
    };
    view! {
        <dl class="tally"><div><dt>{say::issued}</dt><dd>{issued}</dd></div>{mean}
            <div><dt>{say::planned}</dt><dd>{planned}</dd></div></dl>
    }
    .into_any()
}
