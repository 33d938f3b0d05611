//! Asking for a discount, in place of the line's tools.

use super::context::{Target, Till};
use super::message::Message;
use crate::format;
use crate::i18n::{common, reducing};
use crate::ui::{self, Fetched, keypad, press};
use leptos::prelude::*;
use shared::discount::{Percent, Reduction};
use shared::money::Money;

/// What a typed figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Percent,
    Amount,
}

/// What was typed is no discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NoDiscount;

/// What somebody typed: how to reduce, or nothing where that is to be taken back.
fn read(text: &str, measure: Measure) -> Result<Option<Reduction>, NoDiscount> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let figure = format::parse_amount(text).ok_or(NoDiscount)?;
    if figure == Money::ZERO {
        return Ok(None);
    }
    let reduction = match measure {
        // Hundredths of a percent, as of an amount.
        Measure::Percent => {
            let basis_points = u16::try_from(figure.minor()).map_err(|_| NoDiscount)?;
            Reduction::Percent(Percent::try_from(basis_points).map_err(|_| NoDiscount)?)
        }
        Measure::Amount => Reduction::Amount(figure),
    };
    Ok(Some(reduction))
}

/// The figure of a discount that is there already.
fn written(reduction: Reduction) -> (String, Measure) {
    let language = crate::i18n::language_now();
    match reduction {
        Reduction::Percent(percent) => {
            (format::plain_amount(language, i32::from(percent.basis_points()).into()), Measure::Percent)
        }
        Reduction::Amount(amount) => (format::plain_amount(language, amount), Measure::Amount),
    }
}

/// Most sales are rung up without one.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn discount(till: Till, target: Target) -> Fetched {
    let before = till.sale.with_untracked(|sale| match target {
        Target::Line => sale.current().and_then(|line| line.discount),
        Target::Sale => sale.basket().discount(),
    });
    let (text, measure) = before.map_or((String::new(), Measure::Percent), written);
    let (entry, measure) = (RwSignal::new(text), RwSignal::new(measure));
    ui::focus_soon("discount");
    let apply = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match entry.with_untracked(|text| read(text, measure.get_untracked())) {
            Ok(reduction) => till.reduce(target, reduction),
            Err(NoDiscount) => till.refuse(Message::Discount),
        }
    };
    let title = move || match target {
        Target::Line => {
            till.sale.with(|sale| sale.current().map(|line| reducing::on_line(&line.name))).unwrap_or_default()
        }
        Target::Sale => reducing::on_sale().to_owned(),
    };
    let back = before.map(|_| {
        view! { <button type="button" class="btn" on:click=press(move || till.reduce(target, None))>{reducing::take_back}</button> }
    });
    Ok(view! {
        <form class="sheet weigh" on:submit=apply novalidate>
            <div class="reduction"><label class="field"><span class="label">{title}</span>
                <input class="input" id="discount" inputmode="decimal" autocomplete="off" maxlength="10" placeholder=" "
                    aria-label=reducing::how_much prop:value=move || entry.get() on:input=move |event| entry.set(event_target_value(&event))/></label>
            {measures(till, measure)}</div>
            {keypad(true)}
            <footer class="actions">
                <button type="button" class="btn" on:click=press(move || till.asked.set(None))>{move || common::words().cancel}" "<kbd>{move || common::words().escape_key}</kbd></button>
                {back}
                <button class="btn primary">{reducing::apply}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </form>
    }
    .into_any())
}

fn measures(till: Till, chosen: RwSignal<Measure>) -> AnyView {
    let currency = till.place().store.currency.code();
    let choice = move |measure: Measure, name: Signal<String>| {
        let is_chosen = move || (chosen.get() == measure).to_string();
        view! { <button type="button" role="radio" aria-checked=is_chosen on:click=press(move || chosen.set(measure))>{move || name.get()}</button> }
    };
    view! {
        <div class="segmented" role="radiogroup" aria-label=reducing::unit>
            {choice(Measure::Percent, Signal::derive(|| reducing::in_percent().to_owned()))}
            {choice(Measure::Amount, Signal::stored(currency.to_owned()))}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(basis_points: u16) -> Reduction {
        Reduction::Percent(basis_points.try_into().unwrap())
    }

    #[test]
    fn a_figure_is_a_part_or_an_amount() {
        assert_eq!(read("10", Measure::Percent), Ok(Some(percent(1000))));
        assert_eq!(read("5,5", Measure::Percent), Ok(Some(percent(550))));
        assert_eq!(read("2.50", Measure::Amount), Ok(Some(Reduction::Amount(250.into()))));
    }

    #[test]
    fn nothing_takes_a_discount_back_and_rubbish_does_nothing() {
        for nothing in ["", " ", "0", "0,00"] {
            assert_eq!(read(nothing, Measure::Percent), Ok(None));
        }
        for rubbish in ["x", "-5", "100,01", "1000", "5,555"] {
            assert_eq!(read(rubbish, Measure::Percent), Err(NoDiscount), "{rubbish}");
        }
    }
}
