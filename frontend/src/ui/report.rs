//! A report of figures as it stands on paper, whatever it is printed by.

use super::Row;
use crate::format;
use crate::i18n::{Language, common};
use leptos::prelude::*;
use shared::money::{Currency, Money};
use shared::payment::Tender;
use shared::tax::TaxLine;

/// A name and an amount; what stands out stands in bold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// What it is.
    pub name: String,
    /// The amount, as it is written.
    pub value: String,
    /// Whether it stands out.
    pub is_grand: bool,
}

/// A report in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What stands over everything else: that it is of training.
    pub stamp: Option<&'static str>,
    /// What it is.
    pub title: String,
    /// Whose it is.
    pub shop: String,
    /// What it is about: where, when, by whom.
    pub facts: Vec<Row>,
    /// Blocks of amounts that stand before the taxes.
    pub amounts: Vec<Vec<Amount>>,
    /// The taxes by rate: the rate, without tax, the tax, with tax.
    pub taxes: Vec<[String; 4]>,
    /// Blocks of amounts that stand behind them.
    pub more: Vec<Vec<Amount>>,
    /// What is said below.
    pub notes: Vec<String>,
}

/// How a report writes its figures.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    language: Language,
    currency: Currency,
}

impl Pen {
    /// In a language and a currency.
    pub const fn of(language: Language, currency: Currency) -> Self {
        Self { language, currency }
    }

    /// An amount.
    pub fn money(self, amount: Money) -> String {
        format::money(self.language, amount, self.currency)
    }

    /// A named amount.
    pub fn amount(self, name: &str, amount: Money) -> Amount {
        Amount { name: name.to_owned(), value: self.money(amount), is_grand: false }
    }

    /// One that stands out.
    pub fn grand(self, name: &str, amount: Money) -> Amount {
        Amount { is_grand: true, ..self.amount(name, amount) }
    }

    /// A total with what rounding has added to it, if it has, and the means of payment that it came by.
    pub fn takings(self, total: Money, rounding: Money, tenders: &[Tender]) -> Vec<Amount> {
        let words = common::of(self.language);
        let rounding = (!rounding.is_zero()).then(|| self.amount(words.rounding, rounding));
        let tenders = tenders.iter().map(|tender| self.amount(words.tender(tender.kind), tender.amount));
        std::iter::once(self.grand(words.total, total)).chain(rounding).chain(tenders).collect()
    }

    /// Taxes by rate.
    pub fn taxes(self, lines: &[TaxLine]) -> Vec<[String; 4]> {
        let row = |line: &TaxLine| {
            let [net, tax, gross] = [line.net, line.tax, line.gross].map(|sum| self.money(sum));
            [format::rate(self.language, line.rate), net, tax, gross]
        };
        lines.iter().map(row).collect()
    }
}

/// What stands above the columns of the taxes.
pub const fn tax_heads(words: &common::Words) -> [&'static str; 4] {
    [words.tax_sign, words.net, words.tax, words.gross]
}

/// A report on the screen, and on the paper that the browser prints.
pub fn report(report: Report, language: Language) -> AnyView {
    let Report { stamp, title, shop, facts, amounts, taxes, more, notes } = report;
    let facts = facts.into_iter().map(|(name, fact)| row("", name, fact)).collect_view();
    view! {
        <article class="receipt" lang=language.tag()>
            {stamp.map(|stamp| view! { <p class="stamp">{stamp}</p> })}
            <header><h2>{title}</h2><p>{shop}</p></header>
            <dl class="facts">{facts}</dl>
            {blocks(amounts)}
            {tax_table(taxes, language)}
            {blocks(more)}
            {(!notes.is_empty()).then(|| view! { <footer>{notes.into_iter().map(|note| view! { <p>{note}</p> }).collect_view()}</footer> })}
        </article>
    }
    .into_any()
}

fn blocks(blocks: Vec<Vec<Amount>>) -> AnyView {
    let amount = |it: Amount| row(if it.is_grand { "grand" } else { "" }, it.name, it.value);
    let block = |block: Vec<Amount>| {
        view! { <dl class="amounts">{block.into_iter().map(amount).collect_view()}</dl> }
    };
    blocks.into_iter().map(block).collect_view().into_any()
}

fn tax_table(rows: Vec<[String; 4]>, language: Language) -> AnyView {
    let row = |[rate, sums @ ..]: [String; 4]| {
        view! { <tr><td>{rate}</td>{sums.map(|sum| view! { <td>{sum}</td> }).collect_view()}</tr> }
    };
    let heads = tax_heads(common::of(language));
    view! {
        <table class="taxes">
            <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(class: &'static str, name: String, value: String) -> AnyView {
    view! { <div class=class><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}
