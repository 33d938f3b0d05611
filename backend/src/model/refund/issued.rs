//! Refunds that are issued, held against what was reserved for them.

use super::{RefundDocument, Reservation};
use jiff::Timestamp;
use shared::discount;
use shared::finding::FindingKind;
use shared::money::Money;
use shared::receipt::{Line, Receipt};
use shared::refund::{self, Portion};

impl RefundDocument {
    /// What is wrong with a refund of a receipt of its store: by what is reserved for it, and where nothing is, by what others
    /// have left.
    pub fn faults(&self, original: &Receipt, refund: &Receipt) -> Vec<FindingKind> {
        let reserved = self.of(refund.id).filter(|reservation| !reservation.lines.is_empty());
        let given = refund.given_back();
        let is_within = |there: &[Portion]| given.as_ref().is_some_and(|given| covers(there, given));
        let is_covered = match reserved {
            Some(reserved) => is_within(&reserved.lines),
            None => is_within(&self.left_by_others(original, refund)),
        };
        let is_sound = is_covered && gives_back_what_was_sold(original, refund);
        let unreserved = reserved.is_none().then_some(FindingKind::UnreservedRefund);
        let excess = (!is_sound).then_some(FindingKind::ExcessRefund);
        excess.into_iter().chain(unreserved).collect()
    }

    /// What there is for a refund where nothing is reserved for it; nothing where that cannot be told.
    fn left_by_others(&self, original: &Receipt, refund: &Receipt) -> Vec<Portion> {
        let others = self.reservations.iter().filter(|reservation| reservation.refund != refund.id);
        refund::left(original, others.flat_map(Reservation::taken)).unwrap_or_default()
    }

    /// Notes what an issued refund has given back, reserved or not, so that it is no longer left; `false` where that was
    /// noted before.
    pub fn note(&mut self, refund: &Receipt, at: Timestamp) -> bool {
        let (id, by) = (refund.id, Some(refund.seller));
        let mut reservations = self.reservations.iter_mut();
        let Some(reservation) = reservations.find(|reservation| reservation.refund == id) else {
            let given = Some(refund.given_back().unwrap_or_default());
            self.reservations.push(Reservation { refund: id, by, session: None, at, lines: Vec::new(), given });
            return true;
        };
        if reservation.given.is_some() {
            return false;
        }
        reservation.given = Some(refund.given_back().unwrap_or_else(|| reservation.lines.clone()));
        true
    }
}

/// Whether what a refund with these flags gives back has come back: not where it was altered on its way, and not between
/// training and real.
pub fn counts(flags: impl IntoIterator<Item = FindingKind>) -> bool {
    !flags.into_iter().any(|flag| matches!(flag, FindingKind::AlteredContent | FindingKind::WrongKind))
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
