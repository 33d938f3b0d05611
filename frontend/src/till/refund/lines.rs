//! Choosing what comes back of a receipt.

use super::choice::{Choice, read, written};
use super::chosen::{Chosen, step};
use super::{Page, Pane, brought, issue, past};
use crate::format;
use crate::i18n::{common, language, refunding as say};
use crate::ui::{self, icon, keep_focus, keypad, press};
use leptos::prelude::*;
use shared::payment::TenderKind;
use shared::quantity::{Quantity, Unit};
use shared::receipt::Line;
use shared::refund::Portion;
use shared::store::Store;
use std::sync::Arc;

pub(super) fn lines(pane: Pane, chosen: &Arc<Chosen>) -> AnyView {
    let choice = StoredValue::new(Choice::of(chosen));
    let rows = chosen.rows().enumerate().map(|(place, (line, left))| row(choice, place, line, left)).collect_view();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        choice.with_value(|choice| pane.refund(choice));
    };
    let all = press(move || choice.with_value(Choice::everything));
    let id = chosen.receipt.id;
    let back = press(move || {
        if !pane.till.busy.get_untracked() && !pane.waits.get_untracked() {
            pane.show(Page::Search);
        }
    });
    on_cleanup(move || {
        // It goes with the page, perhaps before this.
        let _ = choice.try_with_value(issue::let_go);
    });
    Effect::new(move |before: Option<()>| {
        choice.with_value(|choice| choice.typed.iter().for_each(|text| text.track()));
        // What was wrong may be put right by that.
        if before.is_some() {
            pane.fault.set(None);
        }
    });
    brought::take(pane, choice);
    let first = chosen.left.iter().position(|portion| portion.quantity > Quantity::ZERO);
    request_animation_frame(move || ui::focus(&first.map_or_else(|| "other".to_owned(), row_id)));
    view! {
        {title(chosen)}
        {past::list(pane, id, &chosen.past)}
        <form on:submit=submit novalidate aria-labelledby="refund-of">
            {chosen.is_spent().then(|| view! { <p role="status">{say::nothing_left}</p> })}
            <ul class="returned">{rows}</ul>
            {means(choice)}
            <div class="foot">
                {sum(pane, choice)}
                {(!chosen.is_spent()).then(|| keypad(true))}
                <footer class="actions">
                    <button type="button" class="btn" id="other" on:click=back>{icon("back")}{say::other_receipt}</button>
                    <button type="button" class="btn" disabled=chosen.is_spent() on:mousedown=keep_focus on:click=all>{say::everything}</button>
                    <button class="btn primary" id="refund" disabled=chosen.is_spent() aria-busy=move || pane.till.busy.get().to_string()>
                        {say::act}" "<kbd>{move || common::words().enter_key}</kbd></button>
                </footer>
            </div>
        </form>
    }
    .into_any()
}

fn title(chosen: &Chosen) -> AnyView {
    let (number, at) = (chosen.receipt.number.get(), chosen.receipt.issued_at);
    let (total, currency) = (chosen.receipt.total, chosen.receipt.currency);
    let text = move || {
        let number = (common::words().receipt_no)(number);
        format!("{number} · {} · {}", format::moment(language(), at), format::money(language(), total, currency))
    };
    view! { <h3 class="label" id="refund-of">{text}</h3> }.into_any()
}

fn row_id(place: usize) -> String {
    format!("back-{place}")
}

fn row(choice: StoredValue<Choice>, place: usize, line: &Line, left: Portion) -> AnyView {
    let (unit, sold, name) = (line.unit, line.quantity, line.name.clone());
    let Some(text) = choice.with_value(|choice| choice.typed.get(place).copied()) else { return ().into_any() };
    let quantity = move |quantity| format::quantity(language(), quantity, unit);
    let detail = move || say::left_of(&quantity(sold), &quantity(left.quantity));
    let turn = move |is_more| {
        let there = text.with_untracked(|text| read(text)).unwrap_or(Quantity::ZERO);
        text.set(written(step(there, left.quantity, unit, is_more), unit));
    };
    let is_wrong = move || {
        let wanted = text.with(|text| read(text));
        wanted.is_none_or(|wanted| wanted > left.quantity || (wanted > Quantity::ZERO && !wanted.fits_line(unit)))
    };
    // The pad goes on with the line whose button was pressed.
    let choose = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        ui::focus(&row_id(place));
    };
    let by_piece = unit == Unit::Piece;
    let less = move || if by_piece { say::less() } else { say::none_of_it() };
    let more = move || if by_piece { say::more() } else { say::all_of_it() };
    let gone = left.quantity == Quantity::ZERO;
    let label = {
        let name = name.clone();
        move || say::quantity_of(&name)
    };
    view! {
        <li><span>{name}<small>{detail}</small></span>
            <div class="stepper" role="group" aria-label=label.clone()>
                <button type="button" class="btn" disabled=gone aria-label=less on:mousedown=choose on:click=press(move || turn(false))>"−"</button>
                <input class="input" id=row_id(place) inputmode="decimal" autocomplete="off" maxlength="8" placeholder="0"
                    disabled=gone aria-label=label.clone() aria-invalid=move || is_wrong().then_some("true")
                    prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))/>
                <button type="button" class="btn" disabled=gone aria-label=more on:mousedown=choose on:click=press(move || turn(true))>"+"</button>
            </div></li>
    }
    .into_any()
}

fn means(choice: StoredValue<Choice>) -> AnyView {
    let kind = choice.with_value(|choice| choice.kind);
    let one = move |means: TenderKind| {
        let checked = move || (kind.get() == means).to_string();
        view! { <button type="button" role="radio" aria-checked=checked on:mousedown=keep_focus on:click=press(move || kind.set(means))>{move || common::words().tender(means)}</button> }
    };
    view! { <div class="segmented" role="radiogroup" aria-label=say::back_by>{TenderKind::ALL.map(one).collect_view()}</div> }
        .into_any()
}

fn sum(pane: Pane, choice: StoredValue<Choice>) -> AnyView {
    let Store { currency, smallest_coin, .. } = pane.till.place().store;
    let amount = Memo::new(move |_| choice.with_value(|choice| choice.amount(smallest_coin)));
    let text =
        move || amount.get().map_or_else(|| "—".to_owned(), |amount| format::money(language(), amount, currency));
    view! { <p class="change"><span>{say::to_give_back}</span><strong id="back">{text}</strong></p> }.into_any()
}
