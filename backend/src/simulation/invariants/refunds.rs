//! What has to hold of refunds once everything has settled.

use super::end::Books;
use super::{Held, Invariant, must};
use crate::model::refund::{self, RefundDocument};
use crate::store::documents::Document;
use shared::event::Event;
use shared::ids::{LineNo, ReceiptId};
use shared::receipt::Receipt;
use std::collections::{BTreeMap, BTreeSet};

/// Quantity in thousandths, and money in minor units.
type Much = (i64, i64);

impl Books<'_> {
    /// Of no line more goods or more money are given back, by tills that ask first, than were bought; and what is given back is
    /// noted.
    pub fn refunds(&self) -> Held {
        let receipts: Vec<&Receipt> = self.history.firsts.values().filter_map(|(_, event)| body(event)).collect();
        let issued: BTreeSet<_> = self.world.facts().issued.iter().map(|sealed| sealed.body.id).collect();
        let mut back = BTreeMap::<(ReceiptId, LineNo), Much>::new();
        for refund in receipts.iter().filter(|body| body.refunds.is_some()) {
            self.is_noted(refund)?;
            if !issued.contains(&refund.id) {
                continue;
            }
            let of = refund.refunds.as_ref().map(|refunds| refunds.receipt);
            for portion in refund.given_back().unwrap() {
                let sum = back.entry((of.unwrap(), portion.line)).or_default();
                *sum = (sum.0 + portion.quantity.thousandths(), sum.1 + portion.amount.minor());
            }
        }
        let bought = |(of, line): &(ReceiptId, LineNo)| {
            let line = line.get() as usize - 1;
            receipts.iter().find(|body| body.id == *of).map(|body| line_of(body, line))
        };
        let is_within = |(name, sum): &(&_, &Much)| bought(name).is_some_and(|it| sum.0 <= it.0 && sum.1 <= it.1);
        let excess = back.iter().find(|part| !is_within(part));
        must(Invariant::NoMoreComesBackThanWasBought, excess.is_none(), || format!("store {}: {excess:?}", self.store))
    }

    fn is_noted(&self, refund: &Receipt) -> Held {
        let of = refund.refunds.as_ref().map(|refunds| refund::id(refunds.receipt)).unwrap();
        let found = self.world.tables().get(RefundDocument::KIND, &of).and_then(|document| document.body);
        let noted: Option<RefundDocument> = found.map(|body| serde_json::from_slice(&body).unwrap());
        let is_noted = noted.as_ref().and_then(|noted| noted.of(refund.id)).is_some_and(|it| it.given.is_some());
        must(Invariant::RefundsAreNoted, is_noted, || format!("store {}: {} in {noted:?}", self.store, refund.id))
    }
}

fn body(event: &Event) -> Option<&Receipt> {
    match event {
        Event::Receipt(sealed) => Some(&sealed.body),
        _ => None,
    }
}

/// What a line came to: no customer of the simulated world has anything taken off.
fn line_of(body: &Receipt, place: usize) -> Much {
    let line = &body.lines[place];
    (line.quantity.thousandths(), line.total.minor())
}
