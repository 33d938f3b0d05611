//! The X report of a store, as on paper: one slip for each register.

mod slip;

use super::context::Desk;
use super::failed;
use super::route::Route;
use crate::api;
use crate::i18n::desk::report as say;
use crate::ui::{self, Empty, empty, icon, waiting_view};
use leptos::prelude::*;
use shared::api::reports::XReport;
use shared::ids::StoreNo;

/// The page.
pub fn page(desk: Desk, store: StoreNo) -> AnyView {
    let answer = LocalResource::new(move || async move { api::x_report(store).await });
    let again = Callback::new(move |()| answer.refetch());
    let body = move || match answer.get() {
        None => waiting_view(),
        Some(Err(error)) => failed("alert", &error, again),
        Some(Ok(report)) => slips(desk, &report),
    };
    view! {
        <div class="view report">
            <section class="card fill">
                <header class="head">
                    <a class="btn small quiet" href=Route::Direct.href()>{icon("back")}<span>{say::back}</span></a>
                    <h2>{say::title}" "{move || desk.store_name(store)}</h2>
                    <button type="button" class="btn small push" on:click=move |_| again.run(())>{say::refresh}</button>
                    <button type="button" class="btn small" on:click=move |_| {
                        ui::print();
                    }>{icon("print")}<span>{say::print}</span></button>
                </header>
                {body}
            </section>
        </div>
    }
    .into_any()
}

fn slips(desk: Desk, report: &XReport) -> AnyView {
    if report.registers.is_empty() {
        let title = Signal::derive(|| say::first_none().to_owned());
        let hint = Signal::derive(|| say::first_none_hint().to_owned());
        return empty(Empty { icon: "receipt", bad: false, title, hint }, ().into_any());
    }
    let slips = report.registers.iter().map(|register| slip::slip(desk, report, register.clone())).collect_view();
    view! { <div class="preview slips" tabindex="0" role="region" aria-label=say::title>{slips}</div> }.into_any()
}
