//! The ticket while ringing up: lines, the tools for the chosen one, and the sums.

use super::camera::camera;
use super::context::{Asked, HowMuch, Target, Till, Void};
use super::discount::discount;
use super::held::held;
use super::how_much::how_much;
use super::permission::permission;
use super::refund::refund;
use super::register::register;
use crate::format;
use crate::i18n::{common, keeping, language, registers, till::words};
use crate::ui::{self, Empty, empty, lazily, press};
use leptos::prelude::*;
use shared::basket::BasketLine;
use shared::discount::{Discount, Reduction};
use shared::ids::LineNo;
use shared::money::Money;
use shared::payment::TenderKind;
use shared::quantity::Unit;

pub(super) fn ticket(till: Till) -> AnyView {
    let instead = Memo::new(move |_| till.asked.get().filter(Asked::is_instead_of_ticket));
    (move || match instead.get() {
        Some(Asked::Refund(code)) => lazily(move || Box::pin(refund(till, code.clone()))),
        Some(_) => lazily(move || Box::pin(register(till))),
        None => ringing_up(till),
    })
    .into_any()
}

fn ringing_up(till: Till) -> AnyView {
    let nothing = Memo::new(move |_| till.sale.with(|sale| sale.basket().is_empty()));
    Effect::new(move |_| {
        if nothing.get()
            && till.asked.with_untracked(|asked| {
                matches!(asked, Some(Asked::Discount(_) | Asked::Permit(_) | Asked::HowMuch(HowMuch::Line)))
            })
        {
            till.asked.set(None);
        }
    });
    let body = move || if nothing.get() { no_lines() } else { lines(till) };
    let is_asked = Memo::new(move |_| till.asked.with(Option::is_some));
    let tools = move || {
        // That nothing is asked for is said again with each product, and is no reason to make the tools anew.
        let asked = if is_asked.get() { till.asked.get() } else { None };
        match asked {
            Some(Asked::HowMuch(what)) => lazily(move || Box::pin(how_much(till, what.clone()))),
            Some(Asked::Discount(target)) => lazily(move || Box::pin(discount(till, target))),
            Some(Asked::Camera) => lazily(move || Box::pin(camera(till))),
            Some(Asked::Permit(permit)) => lazily(move || Box::pin(permission(till, permit.clone()))),
            // In place of the whole ticket.
            Some(Asked::Register | Asked::Refund(_)) => ().into_any(),
            None if nothing.get() => ().into_any(),
            None => tools(till),
        }
    };
    view! { {head(till, nothing)}{held(till)}{move || body()}{move || tools()}{sums(till)} }.into_any()
}

fn head(till: Till, nothing: Memo<bool>) -> AnyView {
    let count = move || (common::words().articles)(till.sale.with(|sale| sale.basket().articles()));
    view! {
        <header class="head"><h2>{move || words().ticket}</h2><span class="push">{move || count()}</span>
            <button class="btn small quiet" disabled=move || nothing.get() on:click=press(move || till.hold())>{keeping::hold}" "<kbd>"F6"</kbd></button>
            <button class="btn small quiet" disabled=move || nothing.get() on:click=press(move || till.void(Void::Sale))>{move || words().clear}" "<kbd>"⇧ "{move || words().delete_key}</kbd></button>
        </header>
    }
    .into_any()
}

fn no_lines() -> AnyView {
    let title = Signal::derive(|| words().empty_ticket.to_owned());
    let hint = Signal::derive(|| words().empty_ticket_hint.to_owned());
    empty(Empty { icon: "basket", bad: false, title, hint }, ().into_any())
}

fn lines(till: Till) -> AnyView {
    let numbers =
        Memo::new(move |_| till.sale.with(|sale| sale.basket().lines().iter().map(|line| line.n).collect::<Vec<_>>()));
    let list = NodeRef::<leptos::html::Ol>::new();
    Effect::new(move |_| {
        till.sale.track();
        request_animation_frame(move || show_current(list));
    });
    view! {
        <ol class="lines" aria-label=move || words().lines node_ref=list>
            <For each=move || numbers.get() key=|n| *n children=move |n| line(till, n)/>
        </ol>
    }
    .into_any()
}

/// Scrolls so that the line that the keys act on is seen.
fn show_current(list: NodeRef<leptos::html::Ol>) {
    // A cashier who goes on to the payment before the next frame has put the list away by then.
    if let Some(list) = list.try_get_untracked().flatten() {
        ui::show_current(&list);
    }
}

fn line(till: Till, n: LineNo) -> AnyView {
    let line = Memo::new(move |_| till.sale.with(|sale| sale.line(n).cloned()));
    let current = move || till.sale.with(|sale| sale.current().is_some_and(|line| line.n == n)).then_some("true");
    let of = move |read: fn(&BasketLine, &Shop) -> String| {
        move || line.with(|line| line.as_ref().map(|line| read(line, &Shop::of(till))))
    };
    let off = move || {
        let off = line.with(|line| line.as_ref().map(|line| Shop::of(till).off(line)))?;
        (!off.is_empty()).then(|| view! { <small class="off">{off}</small> })
    };
    view! {
        <li aria-current=current class="fresh"><button class="line" on:click=press(move || till.choose_line(n))>
            <span class="qty">{of(|line, shop| shop.short_quantity(line))}</span>
            <span class="name">{of(|line, _| line.name.clone())}</span>
            <span class="amount">{of(|line, shop| shop.money(line.total))}</span>
            <small>{of(|line, shop| shop.detail(line))}</small>
            {off}
        </button></li>
    }
    .into_any()
}

/// How this store writes its figures in the page's language.
struct Shop(crate::i18n::Language, shared::money::Currency);

impl Shop {
    fn of(till: Till) -> Self {
        Self(language(), till.place().store.currency)
    }

    fn money(&self, amount: Money) -> String {
        format::money(self.0, amount, self.1)
    }

    fn short_quantity(&self, line: &BasketLine) -> String {
        format::plain_quantity(self.0, line.quantity, line.unit)
    }

    /// The discount of a line, where it has one.
    fn off(&self, line: &BasketLine) -> String {
        let of = |reduction: Reduction| self.discount(&Discount::of(reduction, line.total, None).ok()?).into();
        line.discount.and_then(of).unwrap_or_default()
    }

    fn discount(&self, discount: &Discount) -> String {
        format!(
            "{}{} {}",
            common::words().discount,
            format::of_percent(self.0, discount.percent),
            self.money(discount.amount)
        )
    }

    fn detail(&self, line: &BasketLine) -> String {
        let detail = self.price(line);
        line.list_price
            .map_or(detail.clone(), |list| format!("{detail} · {}", registers::instead_of(&self.money(list))))
    }

    fn price(&self, line: &BasketLine) -> String {
        match line.unit {
            Unit::Piece => (words().each)(&self.money(line.price)),
            Unit::Kilogram => {
                (words().by_weight)(&format::quantity(self.0, line.quantity, line.unit), &self.money(line.price))
            }
        }
    }
}

fn tools(till: Till) -> AnyView {
    let shown = move || {
        till.sale.with(|sale| sale.current().map(|line| format::plain_quantity(language(), line.quantity, line.unit)))
    };
    let set = move |event| till.set_quantity(&event_target_value(&event));
    view! {
        <div class="tools" role="toolbar" aria-label=move || words().line_tools>
            <div class="stepper" role="group" aria-label=move || words().quantity>
                <button class="btn" aria-label=move || words().one_less on:click=press(move || till.step_quantity(-1))>"−"</button>
                <input class="input" id="quantity" inputmode="decimal" autocomplete="off" aria-label=move || words().quantity
                    prop:value=shown on:change=set on:click=press(move || till.ask(Asked::HowMuch(HowMuch::Line)))/>
                <button class="btn" aria-label=move || words().one_more on:click=press(move || till.step_quantity(1))>"+"</button>
            </div>
            <button class="btn push" on:click=press(move || till.ask_discount(Target::Line))>{move || common::words().discount}" "<kbd>"F4"</kbd></button>
            <button class="btn" on:click=press(move || till.ask_price())>{registers::price}" "<kbd>"F3"</kbd></button>
            <button class="btn danger" on:click=press(move || till.void(Void::Line))>
                {move || words().remove}" "<kbd>{move || words().delete_key}</kbd></button>
        </div>
    }
    .into_any()
}

fn sums(till: Till) -> AnyView {
    let basket = move || till.sale.read();
    let shop = move || Shop::of(till);
    let total = move || shop().money(basket().basket().total().unwrap_or_default());
    let taxes = move || {
        let taxes = basket().basket().taxes().unwrap_or_default();
        let shares =
            taxes.iter().map(|tax| format!("{} {}", format::rate(language(), tax.rate), shop().money(tax.tax)));
        let shares: Vec<_> = shares.collect();
        if shares.is_empty() { String::new() } else { (words().of_which_tax)(&shares.join(" · ")) }
    };
    let empty = move || basket().basket().is_empty();
    let whole = move || {
        let discounts = basket().basket().discounts().unwrap_or_default();
        discounts.iter().find(|discount| discount.line.is_none()).map(|whole| shop().discount(whole))
    };
    view! {
        <div class="sums">
            <div><button class="btn small quiet" disabled=empty on:click=press(move || till.ask_discount(Target::Sale))>
                {move || common::words().discount}" "<kbd>"⇧ F4"</kbd></button><span>{move || taxes()}</span></div>
            {move || whole().map(|text| view! { <div class="discount"><span></span><span>{text}</span></div> })}
            <div class="total"><span>{move || common::words().total}</span><strong id="total">{move || total()}</strong></div>
            <div class="pay">
                <button class="btn" disabled=empty on:click=press(move || till.start_paying(TenderKind::Cash))>
                    {move || common::words().cash}" "<kbd>"F8"</kbd></button>
                <button class="btn primary" disabled=empty on:click=press(move || till.start_paying(TenderKind::Card))>
                    {move || common::words().card}" "<kbd>"F9"</kbd></button>
            </div>
        </div>
    }
    .into_any()
}
