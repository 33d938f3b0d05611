//! The closings, page by page, the newest first.

use super::{Shown, closing_of, nothing};
use crate::api;
use crate::format;
use crate::i18n::desk::receipts as words;
use crate::i18n::{closings as say, common, language};
use crate::manager::context::Desk;
use crate::manager::pager::{Cursors, pager};
use leptos::prelude::*;
use shared::api::closings::StoredClosing;
use shared::closing::State;
use shared::ids::StoreNo;

pub(super) fn card(desk: Desk, store: StoreNo, shown: RwSignal<Shown>) -> AnyView {
    let cursors = Cursors::new(|| ());
    let answer = LocalResource::new(move || {
        let cursor = cursors.last();
        async move { api::closings(store, cursor).await }
    });
    pager(cursors, answer, move |items| table(desk, items, shown), || nothing(say::nothing))
}

fn table(desk: Desk, items: Vec<StoredClosing>, shown: RwSignal<Shown>) -> AnyView {
    let rows = items.into_iter().map(|stored| row(desk, stored, shown)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::list>
            <table class="table dense">
                <thead><tr><th scope="col">{say::day}</th><th scope="col">{words::register}</th><th scope="col" class="desktop-only">{say::numbers}</th>
                    <th scope="col" class="num">{move || common::words().total}</th><th scope="col" class="num desktop-only">{say::perpetual}</th>
                    <th scope="col">{say::state}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(desk: Desk, stored: StoredClosing, shown: RwSignal<Shown>) -> Option<AnyView> {
    let body = &stored.entry.sealed.body;
    let closing = closing_of(&stored)?;
    let (store, state, number) = (body.store, stored.state, closing.number);
    let place = format!("{} · {} · Z {number}", body.register, body.series);
    let range = format!("{} – {}", closing.first, closing.last);
    let (day, total, perpetual, receipts) =
        (closing.day.to_string(), closing.period.total, closing.perpetual.algebraic, closing.period.receipts);
    let numbers = move || if receipts == 0 { say::none().to_owned() } else { range.clone() };
    let money =
        move |amount| format::money(language(), amount, desk.directory.with(|directory| directory.currency(store)));
    let show = move |_| shown.set(Shown::Day(Box::new(stored.clone())));
    Some(
        view! {
            <tr>
                <td><button type="button" class="btn small quiet" title=say::show on:click=show>{day}</button></td>
                <td>{place}</td>
                <td class="desktop-only">{numbers}</td>
                <td class="num">{move || money(total)}</td>
                <td class="num desktop-only">{move || money(perpetual)}</td>
                <td>{mark(state)}</td>
            </tr>
        }
        .into_any(),
    )
}

/// Whether a closing is complete, in a word and a colour.
pub(super) fn mark(state: State) -> AnyView {
    let class = match state {
        State::Waiting => "mark wait",
        State::Complete => "mark ok",
        State::Wrong => "mark bad",
    };
    view! { <span class=class><span>{move || say::of(state)}</span></span> }.into_any()
}
