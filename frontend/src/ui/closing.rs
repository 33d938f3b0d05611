//! The Z report of a closing, at the till and at the desk.

use super::report::{Pen, Report};
use crate::format;
use crate::i18n::{Language, closings as say, common};
use shared::closing::{Closing, Span};
use shared::ids::{RegisterNo, SeriesLetter, StoreNo};
use shared::money::Currency;
use shared::time::Moment;

/// Where a closing was made, when and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingHead {
    /// The store.
    pub store: StoreNo,
    /// What it is called.
    pub shop: String,
    /// Its currency.
    pub currency: Currency,
    /// The register.
    pub register: RegisterNo,
    /// The series.
    pub series: SeriesLetter,
    /// Whether it is of training.
    pub simulated: bool,
    /// By whom.
    pub by: String,
    /// When; of one that is not made yet, for what moment it is.
    pub at: Moment,
    /// Whether it is made.
    pub is_made: bool,
}

/// A closing as it stands on paper.
pub fn closing_report(closing: &Closing, head: &ClosingHead, language: Language) -> Report {
    let (words, pen) = (common::of(language), Pen::of(language, head.currency));
    let (period, perpetual) = (&closing.period, closing.perpetual);
    let numbers =
        if period.receipts == 0 { say::none().to_owned() } else { format!("{} – {}", closing.first, closing.last) };
    let facts = [
        (words.store_no, head.store.to_string()),
        (words.register_label, format!("{} · {}", head.register, (words.series)(&head.series))),
        (say::day(), closing.day.to_string()),
        (if head.is_made { say::closed_at() } else { say::as_of() }, format::moment(language, head.at)),
        (words.seller_no, head.by.clone()),
        (say::receipts(), format::number(language, period.receipts)),
        (say::refunds(), format::number(language, period.refunds)),
        (say::numbers(), numbers),
    ];
    let perpetual = vec![
        pen.grand(say::perpetual(), perpetual.algebraic),
        pen.amount(say::perpetual_absolute(), perpetual.absolute),
    ];
    let total = |span| closing.to_date.as_ref().map(|to_date| to_date.of(span).total);
    let to_date =
        Span::ALL.into_iter().filter_map(|span| Some(pen.amount(&say::span(span, closing.day), total(span)?)));
    let note = if head.is_made { say::made() } else { say::not_made() };
    Report {
        stamp: head.simulated.then_some(words.simulation),
        title: say::title(closing.number),
        shop: head.shop.clone(),
        facts: facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect(),
        amounts: vec![pen.takings(period.total, period.rounding, &period.tenders)],
        taxes: pen.taxes(&period.taxes),
        more: vec![to_date.collect(), perpetual],
        notes: vec![note.to_owned()],
    }
}
