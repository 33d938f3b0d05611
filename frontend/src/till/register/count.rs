//! Counting the drawer by its notes and coins, and closing the session.

use super::paper::Paper;
use super::slip::Slip;
use super::{Page, Pane};
use crate::format;
use crate::i18n::{common, language, registers as say};
use crate::ui::{self, keypad, press};
use leptos::prelude::*;
use shared::cash::Counted;
use shared::journal::Act;
use shared::money::Money;

/// What is typed for each denomination.
type Typed = Vec<(Money, RwSignal<String>)>;

pub(super) fn count(pane: Pane) -> AnyView {
    let currency = pane.till.place().store.currency;
    let typed: Typed = currency.denominations().iter().map(|&value| (value.into(), RwSignal::default())).collect();
    let typed = StoredValue::new(typed);
    let counted = Memo::new(move |_| typed.with_value(read));
    let rows =
        typed.with_value(|typed| typed.iter().enumerate().map(|(place, one)| row(pane, place, one)).collect_view());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match counted.get_untracked() {
            Some(counted) => close(pane, &counted),
            None => pane.fault.set(Some(say::wrong_count().to_owned())),
        }
    };
    ui::focus_soon("count-0");
    view! {
        <form on:submit=submit novalidate aria-labelledby="count-title">
            <h3 class="label" id="count-title">{say::count}</h3>
            <div class="denominations">{rows}</div>
            {move || outcome(pane, counted.get().as_deref())}
            <div class="foot">
                {keypad(false)}
                <footer class="actions">
                    <button type="button" class="btn" on:click=press(move || pane.show(Page::Menu))>{move || common::words().cancel}</button>
                    <button class="btn primary">{say::close}</button>
                </footer>
            </div>
        </form>
    }
    .into_any()
}

fn row(pane: Pane, place: usize, (value, text): &(Money, RwSignal<String>)) -> AnyView {
    let (value, text, currency) = (*value, *text, pane.till.place().store.currency);
    let name = move || format::money(language(), value, currency);
    let worth = move || {
        let count = text.with(|text| number(text)).unwrap_or(0);
        let total = Counted::total(&[Counted { count, value }]).unwrap_or_default();
        (count > 0).then(|| format::money(language(), total, currency))
    };
    let label = move || say::pieces_of(&name());
    view! {
        <label class="denomination"><span>{name}</span>
            <input class="input" id=format!("count-{place}") inputmode="numeric" autocomplete="off" maxlength="5" placeholder=" " aria-label=label
                aria-invalid=move || text.with(|text| number(text).is_none()).then_some("true")
                prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))/>
            <output>{worth}</output></label>
    }
    .into_any()
}

/// What was expected, what there is, and the difference.
fn outcome(pane: Pane, counted: Option<&[Counted]>) -> Option<AnyView> {
    let (currency, sums) = (pane.till.place().store.currency, pane.till.sums.get());
    let act = pane.till.journal.session.with(|session| session.as_ref()?.close(&sums, counted?).ok())?;
    let Act::SessionClosed { counted, difference, expected } = act else { return None };
    let there = Counted::total(&counted).unwrap_or_default();
    let money = |amount| format::money(language(), amount, currency);
    let rows = [(say::expected(), expected), (say::counted(), there), (say::difference(), difference)];
    let rows = rows.map(|(name, amount)| view! { <div><dt>{name}</dt><dd>{money(amount)}</dd></div> });
    Some(view! { <dl class="outcome">{rows.collect_view()}</dl> }.into_any())
}

fn close(pane: Pane, counted: &[Counted]) {
    let (till, sums) = (pane.till, pane.till.sums.get_untracked());
    let Some(session) = till.journal.session.get_untracked() else { return pane.show(Page::Menu) };
    match session.close(&sums, counted) {
        Ok(act) => {
            let slip = Slip::closed(till, session, &act);
            pane.note(act, Page::Slip(Box::new(Paper::Session(slip))), Some(say::closing));
        }
        Err(_) => pane.fault.set(Some(say::wrong_count().to_owned())),
    }
}

/// What is typed, where all of it can be read.
fn read(typed: &Typed) -> Option<Vec<Counted>> {
    typed.iter().map(|(value, text)| Some(Counted { count: text.with(|text| number(text))?, value: *value })).collect()
}

/// How many; nothing typed is none.
fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() { Some(0) } else { text.parse().ok().filter(|count| *count <= Counted::MOST) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_none_and_rubbish_is_nothing() {
        assert_eq!([" ", "7", "99999"].map(number), [Some(0), Some(7), Some(99_999)]);
        assert_eq!(["x", "-1", "1,5", "100000"].map(number), [None; 4]);
    }
}
