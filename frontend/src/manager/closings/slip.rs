//! One closing as on paper.

use super::closing_of;
use super::list::mark;
use crate::i18n::{closings as say, common, language};
use crate::manager::context::Desk;
use crate::ui::{self, ClosingHead, closing_report, icon};
use leptos::prelude::*;
use shared::api::closings::StoredClosing;

pub(super) fn card(desk: Desk, stored: &StoredClosing, shown: RwSignal<Option<StoredClosing>>) -> AnyView {
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
            by: format!("{} {}", body.by, directory.seller(body.store, body.by)),
            at: body.at,
            is_made: true,
        });
        let closing = closing.as_ref()?;
        Some(ui::report(closing_report(closing, &head, language()), language()))
    };
    view! {
        <section class="card fill">
            <header class="head">
                <button type="button" class="btn small quiet" on:click=move |_| shown.set(None)>{icon("back")}<span>{say::list}</span></button>
                {mark(state)}
                <button type="button" class="btn small push" on:click=move |_| {
                    ui::print();
                }>{icon("print")}<span>{move || common::words().print}</span></button>
            </header>
            <div class="preview slips" tabindex="0" role="region" aria-label=say::list>{paper}</div>
        </section>
    }
    .into_any()
}
