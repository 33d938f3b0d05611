//! What the registers of a store came to in the months of a year and in the year.

use super::list::mark;
use super::{Shown, closing_of, nothing};
use crate::api;
use crate::format;
use crate::i18n::desk::receipts as words;
use crate::i18n::{closings as say, common, language};
use crate::manager::context::Desk;
use crate::manager::failed;
use crate::ui::{icon, press, waiting_view};
use leptos::prelude::*;
use shared::api::closings::SpanClosing;
use shared::ids::StoreNo;

pub(super) fn card(desk: Desk, store: StoreNo, year: RwSignal<i16>, shown: RwSignal<Shown>) -> AnyView {
    let answer = LocalResource::new(move || {
        let asked = year.get();
        async move { (asked, api::calendar(store, asked).await) }
    });
    let again = Callback::new(move |()| answer.refetch());
    // What another year came to does not stand below this one while it is fetched.
    let of_year = move || answer.get().filter(|(asked, _)| *asked == year.get()).map(|(_, found)| found);
    let body = move || match of_year() {
        None => waiting_view(),
        Some(Err(error)) => failed("offline", &error, again),
        Some(Ok(spans)) if spans.is_empty() => nothing(say::no_year),
        Some(Ok(spans)) => table(desk, spans, shown),
    };
    view! {
        <section class="card fill">
            <header class="head">{years(year)}</header>
            {body}
        </section>
    }
    .into_any()
}

fn years(year: RwSignal<i16>) -> AnyView {
    let go = move |by: i16| press(move || year.update(|year| *year = year.saturating_add(by).clamp(1, 9999)));
    view! {
        <button type="button" class="btn small quiet icon-only" aria-label=say::year_before on:click=go(-1)>{icon("back")}</button>
        <h2 aria-live="polite">{move || year.get()}</h2>
        <button type="button" class="btn small quiet icon-only" aria-label=say::year_after on:click=go(1)>{icon("next")}</button>
    }
    .into_any()
}

fn table(desk: Desk, spans: Vec<SpanClosing>, shown: RwSignal<Shown>) -> AnyView {
    let rows = spans.into_iter().map(|span| row(desk, span, shown)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::calendar>
            <table class="table dense">
                <thead><tr><th scope="col">{say::period}</th><th scope="col">{words::register}</th>
                    <th scope="col" class="num desktop-only">{say::receipts}</th>
                    <th scope="col" class="num">{move || common::words().total}</th><th scope="col" class="num desktop-only">{say::perpetual}</th>
                    <th scope="col">{say::state}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(desk: Desk, found: SpanClosing, shown: RwSignal<Shown>) -> Option<AnyView> {
    let closing = closing_of(&found.closing)?;
    let body = &found.closing.entry.sealed.body;
    let (store, state, is_over, name) = (body.store, found.closing.state, found.is_over, found.name.clone());
    let place = format!("{} · {}", body.register, body.series);
    let figures = closing.to_date.as_ref()?.of(found.span);
    let (receipts, total, perpetual) = (figures.receipts, figures.total, closing.perpetual.algebraic);
    let money =
        move |amount| format::money(language(), amount, desk.directory.with(|directory| directory.currency(store)));
    let show = move |_| shown.set(Shown::Span(Box::new(found.clone())));
    let over = move || if is_over { say::over() } else { say::running() };
    Some(
        view! {
            <tr>
                <td><button type="button" class="btn small quiet" title=say::show_span on:click=show>{name}</button></td>
                <td>{place}</td>
                <td class="num desktop-only">{move || format::number(language(), receipts)}</td>
                <td class="num">{move || money(total)}</td>
                <td class="num desktop-only">{move || money(perpetual)}</td>
                <td>{mark(state)}" "<small class="desktop-only">{over}</small></td>
            </tr>
        }
        .into_any(),
    )
}
