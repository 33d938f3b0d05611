//! Who holds a register, and taking it from a till that is lost.

use super::series::Key;
use crate::api;
use crate::format;
use crate::i18n::desk::registers as say;
use crate::i18n::{common, language};
use crate::manager::context::Desk;
use crate::manager::explain;
use crate::ui::waiting;
use leptos::prelude::*;
use shared::api::stores::{RegisterDetail, SeriesDetail, SeriesHolder};

/// What is known of a series' holder.
#[derive(Clone)]
enum Stage {
    /// The server is being asked.
    Asking,
    /// It said no, or nothing.
    Failed(String),
    /// It has said.
    Known(SeriesDetail),
    /// Revoking waits for a second press.
    Sure(SeriesDetail),
    /// Revoking is on its way.
    Revoking(SeriesDetail),
}

/// The row under a series: who holds it, since when, until when.
pub(super) fn row(desk: Desk, key: Key) -> AnyView {
    if !key.1.sells() {
        return view! { <tr><td colspan="7"><div class="holder">{say::journal_of_office}</div></td></tr> }.into_any();
    }
    let (key, stage) = (StoredValue::new(key), RwSignal::new(Stage::Asking));
    ask(key, stage);
    let said = move || {
        match stage.get() {
        Stage::Asking => waiting(),
        Stage::Failed(why) => {
            view! { <span class="error" role="alert">{why}</span><button type="button" class="btn small" on:click=move |_| ask(key, stage)>{move || common::words().retry}</button> }
                .into_any()
        }
        Stage::Known(series) => view! { {words(desk, &series)}{revocable(stage, series)} }.into_any(),
        Stage::Sure(series) => sure(key, stage, series),
        Stage::Revoking(series) => view! { {words(desk, &series)}<button type="button" class="btn small danger" aria-busy="true">{say::revoke}</button> }.into_any(),
    }
    };
    view! { <tr><td colspan="7"><div class="holder">{said}</div></td></tr> }.into_any()
}

fn ask(key: StoredValue<Key>, stage: RwSignal<Stage>) {
    stage.set(Stage::Asking);
    let key = key.get_value();
    leptos::task::spawn_local(async move {
        let answer = api::registers(key.0).await;
        settle(stage, answer.map(|registers| of(&key, &registers)).map_err(|error| explain(&error)));
    });
}

fn revoke(key: StoredValue<Key>, stage: RwSignal<Stage>, series: SeriesDetail) {
    stage.set(Stage::Revoking(series));
    let key = key.get_value();
    leptos::task::spawn_local(async move {
        let answer = api::revoke(key.0, key.1, &key.2).await;
        settle(stage, answer.map(|register| of(&key, &[register])).map_err(|error| explain(&error)));
    });
}

/// The row may be closed before the answer comes.
fn settle(stage: RwSignal<Stage>, answer: Result<Option<SeriesDetail>, String>) {
    if !stage.is_disposed() {
        stage.set(match answer {
            Ok(Some(series)) => Stage::Known(series),
            Ok(None) => Stage::Failed(say::unknown().to_owned()),
            Err(why) => Stage::Failed(why),
        });
    }
}

fn of((_, no, letter): &Key, registers: &[RegisterDetail]) -> Option<SeriesDetail> {
    let register = registers.iter().find(|register| register.no == *no)?;
    register.series.iter().find(|series| series.letter == *letter).cloned()
}

fn words(desk: Desk, series: &SeriesDetail) -> AnyView {
    let series = series.clone();
    let text = move || {
        let age = |at| format::age(language(), desk.seconds_since(at));
        let holder = match series.held_by {
            SeriesHolder::Till => series.holder.clone(),
            SeriesHolder::Server => say::self_service().to_owned(),
        };
        match series.replaced_at {
            None => say::holds(&holder, &age(series.enrolled_at)),
            Some(until) => say::held(&holder, &age(until)),
        }
    };
    view! { <span>{text}</span> }.into_any()
}

/// Only a till can be lost, and only once.
fn revocable(stage: RwSignal<Stage>, series: SeriesDetail) -> AnyView {
    let holds = series.held_by == SeriesHolder::Till && series.replaced_at.is_none();
    let begin = move |_| stage.set(Stage::Sure(series.clone()));
    holds
        .then(|| view! { <button type="button" class="btn small danger push" on:click=begin>{say::revoke}</button> })
        .into_any()
}

fn sure(key: StoredValue<Key>, stage: RwSignal<Stage>, series: SeriesDetail) -> AnyView {
    let back = series.clone();
    view! {
        <span role="alert">{say::sure}</span>
        <button type="button" class="btn small push" on:click=move |_| stage.set(Stage::Known(back.clone()))>{move || common::words().cancel}</button>
        <button type="button" class="btn small danger" on:click=move |_| revoke(key, stage, series.clone())>{say::revoke}</button>
    }
    .into_any()
}
