//! Refunds that are issued, held against what was reserved for them.

use super::{RefundDocument, Reservation};
use jiff::Timestamp;
use shared::discount;
use shared::finding::FindingKind;
use shared::money::Money;
use shared::receipt::{Line, Receipt};
use shared::refund::Portion;

impl RefundDocument {
    /// What is wrong with a refund of a receipt of its store, by what is reserved for it.
    pub fn fault(&self, original: &Receipt, refund: &Receipt) -> Option<FindingKind> {
        let reserved = match self.of(refund.id) {
            Some(reservation) if !reservation.lines.is_empty() => &reservation.lines,
            _ => return Some(FindingKind::UnreservedRefund),
        };
        let within = refund.given_back().is_some_and(|given| covers(reserved, &given));
        let sound = within && gives_back_what_was_sold(original, refund);
        (!sound).then_some(FindingKind::ExcessRefund)
    }

    /// Notes what an issued refund has given back, reserved or not, so that it is no longer left; `false` where that was
    /// noted before.
    pub fn note(&mut self, refund: &Receipt, at: Timestamp) -> bool {
        let (id, by) = (refund.id, Some(refund.seller));
        let mut reservations = self.reservations.iter_mut();
        let Some(reservation) = reservations.find(|reservation| reservation.refund == id) else {
            let given = Some(refund.given_back().unwrap_or_default());
            self.reservations.push(Reservation { refund: id, by, at, lines: Vec::new(), given });
            return true;
        };
        if reservation.given.is_some() {
            return false;
        }
        reservation.given = Some(refund.given_back().unwrap_or_else(|| reservation.lines.clone()));
        true
    }
}

/// Whether a refund names a receipt as it is.
pub fn names(refund: &Receipt, original: &Receipt) -> bool {
    refund.refunds.as_ref().is_some_and(|refunds| {
        refund.store == original.store
            && (refunds.receipt, refunds.number, refunds.register) == (original.id, original.number, original.register)
            && refunds.series == original.series
    })
}

/// Whether what is given back is part of what is reserved, also where a line is named twice.
fn covers(reserved: &[Portion], given: &[Portion]) -> bool {
    let mut rest = reserved.to_vec();
    given.iter().all(|part| {
        let there = rest.iter_mut().find(|there| there.line == part.line);
        there.filter(|there| part.quantity <= there.quantity && part.amount <= there.amount).is_some_and(|there| {
            there.quantity = there.quantity.saturating_minus(part.quantity);
            there.amount = there.amount.minus(part.amount).unwrap_or(Money::ZERO);
            true
        })
    })
}

/// Whether every line of a refund is of the product, price and tax of the line that it gives back.
fn gives_back_what_was_sold(original: &Receipt, refund: &Receipt) -> bool {
    let Some(refunds) = &refund.refunds else { return false };
    let same = |line: &Line, sold: &Line| {
        (&line.sku, line.price, line.tax, line.unit) == (&sold.sku, sold.price, sold.tax, sold.unit)
    };
    refund.lines.iter().zip(&refunds.lines).all(|(line, of)| {
        discount::place_of(*of).and_then(|place| original.lines.get(place)).is_some_and(|sold| same(line, sold))
    })
}
