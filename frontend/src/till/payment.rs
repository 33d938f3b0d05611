//! Taking the money, in place of the ticket.

use super::context::Till;
use super::keyboard;
use super::tendering::Tendering;
use crate::format;
use crate::i18n::{common, language, language_now, till::words};
use crate::ui::{self, icon, keypad, press};
use leptos::prelude::*;
use shared::money::Money;
use shared::payment::{Tender, TenderKind};

pub(super) fn payment(till: Till) -> AnyView {
    ui::focus_soon("given");
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        till.confirm();
    };
    view! {
        <form class="payment" aria-labelledby="due" on:submit=submit novalidate>
            {due(till)}
            <div class="body">{tenders(till)}{means(till)}{given(till)}{notes(till)}{keypad(true)}</div>
            {change(till)}
            <footer class="actions">
                <button type="button" class="btn" on:click=press(move || till.step_back())>{move || words().back}" "<kbd>{move || common::words().escape_key}</kbd></button>
                <button class="btn primary" id="confirm" aria-busy=move || till.busy.get().to_string()>
                    {move || words().take_money}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </form>
    }
    .into_any()
}

fn read<T: Default>(till: Till, read: impl Fn(&Tendering) -> T) -> T {
    till.tendering.with(|tendering| tendering.as_ref().map(read)).unwrap_or_default()
}

fn money(till: Till, amount: Money) -> String {
    format::money(language(), amount, till.place().store.currency)
}

fn due(till: Till) -> AnyView {
    let split = move || read(till, |tendering| !tendering.payment().tenders().is_empty());
    let name = move || if split() { words().still_to_pay } else { words().to_pay };
    let rounding = move || read(till, Tendering::rounding);
    let total = move || {
        let total = (split() || !rounding().is_zero()).then(|| read(till, |t| t.payment().total()));
        total.map(|total| (words().out_of)(&money(till, total)))
    };
    let rounded = move || {
        let rounding = Some(rounding()).filter(|rounding| !rounding.is_zero());
        rounding.map(|rounding| view! { <small>{common::words().rounding}" "{money(till, rounding)}</small> })
    };
    view! {
        <header class="due"><span id="due">{move || name()}</span><strong>{move || money(till, read(till, Tendering::due))}</strong><small>{move || total()}</small>{move || rounded()}</header>
    }
    .into_any()
}

fn tenders(till: Till) -> AnyView {
    let rows = move || {
        let tenders: Vec<Tender> = read(till, |tendering| tendering.payment().tenders().to_vec());
        let last = tenders.len();
        tenders.into_iter().enumerate().map(|(place, tender)| row(till, tender, place + 1 == last)).collect_view()
    };
    view! { <ul class="tenders">{move || rows()}</ul> }.into_any()
}

fn row(till: Till, tender: Tender, last: bool) -> AnyView {
    let name = common::words().tender(tender.kind);
    let amount = money(till, tender.amount);
    let label = (words().take_back)(&format!("{name} {amount}"));
    let take_back = press(move || till.tender(Tendering::take_back));
    let button = last.then(|| {
        view! { <button type="button" class="btn small quiet icon-only" aria-label=label on:click=take_back>{icon("close")}</button> }
    });
    view! { <li><span>{name}</span><span class="amount">{amount}</span>{button}</li> }.into_any()
}

fn means(till: Till) -> AnyView {
    let choice = move |kind: TenderKind| {
        let key = keyboard::key_of(kind);
        let checked = move || till.tendering.with(|t| t.as_ref().is_some_and(|t| t.kind() == kind)).to_string();
        let choose = press(move || {
            till.tender(|tendering| tendering.choose(kind));
            ui::focus("given");
        });
        view! { <button type="button" role="radio" aria-checked=checked on:click=choose>{move || common::words().tender(kind)}" "<kbd>{key}</kbd></button> }
    };
    view! {
        <div class="segmented" role="radiogroup" aria-label=move || words().means>
            {TenderKind::ALL.map(choice).collect_view()}
        </div>
    }
    .into_any()
}

fn given(till: Till) -> AnyView {
    let name = move || match till.tendering.with(|t| t.as_ref().map(Tendering::kind)) {
        Some(TenderKind::Card) => words().on_the_card,
        Some(kind @ (TenderKind::Voucher | TenderKind::MealVoucher)) => common::words().tender(kind),
        Some(TenderKind::Cash) | None => words().received,
    };
    let exact = move || format::plain_amount(language(), read(till, Tendering::due));
    let type_in = move |event| till.tender(|tendering| tendering.type_over(&event_target_value(&event)));
    view! {
        <label class="field given"><span class="label">{move || name()}</span>
            <span class="input-group"><input class="input" id="given" inputmode="decimal" autocomplete="off" maxlength="10"
                placeholder=exact prop:value=move || read(till, |tendering| tendering.entry().to_owned()) on:input=type_in/>
                <span class="unit">{format::sign(till.place().store.currency)}</span></span></label>
    }
    .into_any()
}

fn notes(till: Till) -> AnyView {
    let note = move |amount: Money| {
        let text = money(till, amount).replace(",00", "").replace(".00", "");
        let fill = press(move || {
            till.tender(|tendering| tendering.fill(amount, language_now()));
            ui::focus("given");
        });
        view! { <button type="button" class="btn" on:click=fill>{text}</button> }
    };
    let amounts = Memo::new(move |_| {
        read(till, |tendering| if tendering.kind() == TenderKind::Cash { tendering.notes() } else { Vec::new() })
    });
    let exact = press(move || {
        till.tender(|tendering| tendering.type_over(""));
        ui::focus("given");
    });
    view! {
        <div class="notes" role="group" aria-label=move || words().quick_amounts>
            {move || amounts.get().into_iter().map(note).collect_view()}
            <button type="button" class="btn" on:click=exact>{move || words().exact}</button>
        </div>
    }
    .into_any()
}

fn change(till: Till) -> AnyView {
    let change = Memo::new(move |_| read(till, Tendering::change));
    let class = move || if change.get() > Money::ZERO { "change" } else { "change none" };
    let text = move || if change.get() > Money::ZERO { money(till, change.get()) } else { "—".to_owned() };
    view! { <p class=class><span>{move || words().to_give_back}</span><strong id="change">{move || text()}</strong></p> }
        .into_any()
}
