//! The slip of a session, on the screen and on paper: its figures so far, or as it was closed.

use super::{Page, Pane};
use crate::format;
use crate::i18n::{Language, common, language, registers as say};
use crate::till::context::Till;
use crate::ui::{self, icon, press};
use leptos::prelude::*;
use shared::cash::Counted;
use shared::journal::Act;
use shared::money::{Currency, Money};
use shared::register_session::RegisterSession;
use shared::sums::Sums;
use shared::time::Moment;

/// What a slip says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slip {
    session: RegisterSession,
    sold: Sums,
    expected: Money,
    at: Moment,
    /// What was counted and by how much it differs, where the session was closed.
    count: Option<(Vec<Counted>, Money)>,
}

impl Slip {
    /// The figures of an open session (the X report).
    pub(super) fn so_far(till: Till, session: RegisterSession) -> Self {
        let sums = till.sums.get_untracked();
        let expected = session.expected(&sums).unwrap_or_default();
        Self { sold: session.sold(&sums), expected, at: till.now(), count: None, session }
    }

    /// The figures of a session with the act that closes it.
    pub(super) fn closed(till: Till, session: RegisterSession, act: &Act) -> Self {
        let count = match act {
            Act::SessionClosed { counted, difference, .. } => Some((counted.clone(), *difference)),
            _ => None,
        };
        Self { count, ..Self::so_far(till, session) }
    }
}

pub(super) fn page(pane: Pane, slip: &Slip) -> AnyView {
    let (till, slip) = (pane.till, slip.clone());
    let paper = move || paper(till, &slip, language());
    view! {
        <div class="preview" tabindex="0" role="group" aria-label=say::report>{paper}</div>
        <footer class="actions">
            <button type="button" class="btn" on:click=press(print)>{icon("print")}{move || common::words().print}</button>
            <button type="button" class="btn primary" on:click=press(move || pane.show(Page::Menu))>{say::title}</button>
        </footer>
    }
    .into_any()
}

fn print() {
    ui::print();
}

fn paper(till: Till, slip: &Slip, language: Language) -> AnyView {
    let (place, words) = (till.place(), common::of(language));
    let currency = place.store.currency;
    let title = if slip.count.is_some() { say::closing() } else { say::report() };
    let facts = [
        (words.store_no, place.store.no.to_string()),
        (words.register_label, place.register.to_string()),
        (say::since(), format::moment(language, slip.session.opened_at)),
        (say::by(), slip.session.opened_by.to_string()),
        (say::now(), format::moment(language, slip.at)),
        (words.seller_no, format!("{} {}", place.seller.no, place.seller.name)),
        (say::receipts(), slip.sold.receipts.to_string()),
    ];
    view! {
        <article class="receipt" lang=language.tag()>
            {place.store.training.then(|| view! { <p class="stamp">{words.simulation}</p> })}
            <header><h2>{title}</h2><p>{place.store.name.clone()}</p></header>
            <dl class="facts">{facts.map(|(name, fact)| row("", name.to_owned(), fact)).collect_view()}</dl>
            {amounts(slip, language, currency)}
            {taxes(slip, language, currency)}
            {count(slip, language, currency)}
        </article>
    }
    .into_any()
}

fn amounts(slip: &Slip, language: Language, currency: Currency) -> AnyView {
    let (session, words) = (&slip.session, common::of(language));
    let money = |amount| format::money(language, amount, currency);
    let rounding =
        (!slip.sold.rounding.is_zero()).then(|| row("", words.rounding.to_owned(), money(slip.sold.rounding)));
    let tenders =
        slip.sold.tenders.iter().map(|tender| row("", words.tender(tender.kind).to_owned(), money(tender.amount)));
    let drawer = [
        (say::float(), session.float),
        (say::cash_in(), session.cash_in),
        (say::cash_out(), session.cash_out),
        (say::expected(), slip.expected),
    ];
    view! {
        <dl class="amounts">{row("grand", words.total.to_owned(), money(slip.sold.takings))}{rounding}{tenders.collect_view()}</dl>
        <dl class="amounts">{drawer.map(|(name, amount)| row("", name.to_owned(), money(amount))).collect_view()}</dl>
    }
    .into_any()
}

fn taxes(slip: &Slip, language: Language, currency: Currency) -> AnyView {
    let words = common::of(language);
    let rows = slip.sold.taxes.iter().map(|line| {
        let sums =
            [line.net, line.tax, line.gross].map(|sum| view! { <td>{format::money(language, sum, currency)}</td> });
        view! { <tr><td>{format::rate(language, line.rate)}</td>{sums.collect_view()}</tr> }
    });
    let heads = [words.tax_sign, words.net, words.tax, words.gross];
    view! {
        <table class="taxes">
            <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn count(slip: &Slip, language: Language, currency: Currency) -> Option<AnyView> {
    let (counted, difference) = slip.count.as_ref()?;
    let money = |amount| format::money(language, amount, currency);
    let rows = counted.iter().map(|one| {
        let worth = Counted::total(&[*one]).unwrap_or_default();
        row("", format!("{} × {}", one.count, money(one.value)), money(worth))
    });
    let total = Counted::total(counted).unwrap_or_default();
    let counted = view! {
        <dl class="amounts">{rows.collect_view()}{row("", say::counted().to_owned(), money(total))}
            {row("grand", say::difference().to_owned(), money(*difference))}</dl>
    };
    Some(counted.into_any())
}

fn row(class: &'static str, name: String, value: String) -> AnyView {
    view! { <div class=class><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}
