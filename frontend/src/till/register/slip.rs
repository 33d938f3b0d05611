//! The slip of a session: its figures so far, or as it was closed.

use crate::format;
use crate::i18n::{Language, common, registers as say};
use crate::till::context::Till;
use crate::ui::{Amount, Pen, Report};
use leptos::prelude::GetUntracked;
use shared::cash::Counted;
use shared::journal::Act;
use shared::money::Money;
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

impl Slip {
    /// What it says.
    pub(super) fn report(&self, till: Till, language: Language) -> Report {
        let (place, words) = (till.place(), common::of(language));
        let pen = Pen::of(language, place.store.currency);
        let facts = [
            (words.store_no, place.store.no.to_string()),
            (words.register_label, place.register.to_string()),
            (say::since(), format::moment(language, self.session.opened_at)),
            (say::by(), self.session.opened_by.to_string()),
            (say::now(), format::moment(language, self.at)),
            (words.seller_no, format!("{} {}", place.seller.no, place.seller.name)),
            (say::receipts(), self.sold.receipts.to_string()),
        ];
        let title = if self.count.is_some() { say::closing() } else { say::report() };
        Report {
            stamp: place.store.training.then_some(words.simulation),
            title: title.to_owned(),
            shop: place.store.name,
            facts: facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect(),
            amounts: vec![pen.takings(self.sold.takings, self.sold.rounding, &self.sold.tenders), self.drawer(pen)],
            taxes: pen.taxes(&self.sold.taxes),
            more: self.counted(pen).into_iter().collect(),
            notes: Vec::new(),
        }
    }

    /// What is in the drawer, and where it comes from.
    pub(super) fn drawer(&self, pen: Pen) -> Vec<Amount> {
        let session = &self.session;
        let rows = [
            (say::float(), session.float),
            (say::cash_in(), session.cash_in),
            (say::cash_out(), session.cash_out),
            (say::expected(), self.expected),
        ];
        rows.map(|(name, amount)| pen.amount(name, amount)).into()
    }

    fn counted(&self, pen: Pen) -> Option<Vec<Amount>> {
        let (counted, difference) = self.count.as_ref()?;
        let row = |one: &Counted| {
            let worth = Counted::total(&[*one]).unwrap_or_default();
            pen.amount(&format!("{} × {}", one.count, pen.money(one.value)), worth)
        };
        let total = Counted::total(counted).unwrap_or_default();
        let sums = [pen.amount(say::counted(), total), pen.grand(say::difference(), *difference)];
        Some(counted.iter().map(row).chain(sums).collect())
    }
}
