//! One closing as on paper.

use super::list::mark;
use super::{Shown, closing_of};
use crate::i18n::{closings as say, common, language};
use crate::manager::context::Desk;
use crate::ui::{self, ClosingHead, Report, closing_report, icon};
use leptos::prelude::*;
use shared::api::closings::StoredClosing;
use shared::closing::State;

pub(super) fn card(desk: Desk, stored: &StoredClosing, shown: RwSignal<Shown>) -> AnyView {
    let (state, closing) = (stored.state, closing_of(stored).cloned());
    let body = stored.entry.sealed.body.clone();
    let paper = move || {
        let head = desk.directory.with(|directory| ClosingHead {
            store: body.store,
            shop: directory.name(body.store),
            currency: directory.currency(body.store),
            register: body.register,
            series: body.series.clone(),
            simulated: body.simulated,
            by: format!("{} {}", body.by, directory.author(body.store, body.by)),
            at: body.at,
            is_made: true,
        });
        Some(closing_report(closing.as_ref()?, &head, language()))
    };
    sheet(state, paper, Shown::Days, shown)
}

/// A report on a card, with the way back to the list that it comes from.
pub(super) fn sheet(
    state: State,
    paper: impl Fn() -> Option<Report> + Send + 'static,
    from: Shown,
    shown: RwSignal<Shown>,
) -> AnyView {
    view! {
        <section class="card fill">
            <header class="head">
                <button type="button" class="btn small quiet" on:click=move |_| shown.set(from.clone())>{icon("back")}<span>{say::list}</span></button>
                {mark(state)}
                <button type="button" class="btn small push" on:click=move |_| {
                    ui::print();
                }>{icon("print")}<span>{move || common::words().print}</span></button>
            </header>
            <div class="preview slips" tabindex="0" role="region" aria-label=say::list>
                {move || paper().map(|paper| ui::report(paper, language()))}
            </div>
        </section>
    }
    .into_any()
}
