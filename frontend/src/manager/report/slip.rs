//! One register's slip.

use crate::browser::clock;
use crate::format;
use crate::i18n::desk::report as say;
use crate::i18n::{common, language};
use crate::manager::context::Desk;
use leptos::prelude::*;
use shared::api::reports::{RegisterReport, XReport};
use shared::money::{Currency, Money};
use shared::tax::TaxLine;

pub(super) fn slip(desk: Desk, report: &XReport, register: RegisterReport) -> AnyView {
    let (store, day, as_of, training) = (report.store, report.day, report.as_of, report.training);
    let paper = move || {
        let currency = desk.directory.with(|directory| directory.currency(store));
        let words = common::words();
        let facts = [
            (say::day(), day.to_string()),
            (say::store(), store.to_string()),
            (say::register(), register.register.to_string()),
            (say::receipts(), format::number(language(), register.receipts)),
        ];
        let tenders = register.tenders.iter().map(|tender| (words.tender(tender.kind), money(tender.amount, currency)));
        let rounding =
            (!register.rounding.is_zero()).then(|| row("", words.rounding, money(register.rounding, currency)));
        let saved = say::as_of(&format::clock(clock::wall(as_of)));
        view! {
            <article class="receipt" lang=language().tag()>
                {training.then(|| view! { <p class="stamp">{words.simulation}</p> })}
                <header><h2>{say::title()}</h2><p>{desk.store_name(store)}</p></header>
                <dl class="facts">{facts.map(|(name, fact)| row("", name, fact)).collect_view()}</dl>
                <dl class="amounts">{row("grand", words.total, money(register.takings, currency))}{rounding}{tenders.map(|(name, sum)| row("", name, sum)).collect_view()}</dl>
                {taxes(&register.taxes, currency)}
                <footer><p>{saved}</p><p>{say::not_closed()}</p></footer>
            </article>
        }
        .into_any()
    };
    paper.into_any()
}

fn taxes(lines: &[TaxLine], currency: Currency) -> AnyView {
    let words = common::words();
    let row = |line: &TaxLine| {
        let sums = [line.net, line.tax, line.gross].map(|sum| view! { <td>{money(sum, currency)}</td> });
        view! { <tr><td>{format::rate(language(), line.rate)}</td>{sums.collect_view()}</tr> }
    };
    let heads = [words.tax_sign, words.net, words.tax, words.gross];
    view! {
        <table class="taxes">
            <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
            <tbody>{lines.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn money(amount: Money, currency: Currency) -> String {
    format::money(language(), amount, currency)
}

fn row(class: &'static str, name: &'static str, value: String) -> AnyView {
    view! { <div class=class><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}
