//! What of a receipt is refunded, as a document: which of its lines are reserved for which refund, and what came back.
//!
//! One document holds all refunds of a receipt, so that compare-and-swap keeps two tills from giving the same goods back.

mod issued;
#[cfg(test)]
mod tests;

pub use issued::{counts, names};

use crate::store::documents::Document;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::api::refunds::{Refundable, ReservedRefund};
use shared::ids::{LineNo, ReceiptId, SellerNo, StoreNo};
use shared::mutant::Mutant;
use shared::quantity::Quantity;
use shared::receipt::Receipt;
use shared::refund::{self, Portion, RefundError, Returned};

/// What is refunded of one receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundDocument {
    /// The receipt's store.
    pub store: StoreNo,
    /// One for each refund, in the order in which they came.
    pub reservations: Vec<Reservation>,
}

/// What one refund takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservation {
    /// The refund's id, as its till minted it.
    pub refund: ReceiptId,
    /// Who reserved, or issued without having reserved; absent for the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<SellerNo>,
    /// In which session: whoever reserved may let go. Absent for the operator, and where the refund was issued without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What is reserved; nothing where the refund was issued without.
    pub lines: Vec<Portion>,
    /// What the refund has given back, once it is issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Vec<Portion>>,
}

impl Document for RefundDocument {
    const KIND: &'static str = "refund";
}

/// The document's name: its receipt's id.
pub fn id(receipt: ReceiptId) -> String {
    receipt.to_string()
}

/// Who asks for a reservation, and for which refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// The refund's id.
    pub refund: ReceiptId,
    /// Who; absent for the operator.
    pub by: Option<SellerNo>,
    /// In which session; absent for the operator.
    pub session: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Why lines are not reserved or let go of; everything is as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReservationError {
    /// Other lines are reserved under that id.
    #[error("other lines are reserved for refund {0} already")]
    OtherLines(ReceiptId),
    /// A refund of that id is issued.
    #[error("refund {0} is issued already")]
    Issued(ReceiptId),
    /// It cannot be refunded like this.
    #[error(transparent)]
    Refund(#[from] RefundError),
}

impl RefundDocument {
    /// A receipt of which nothing is refunded.
    pub const fn new(store: StoreNo) -> Self {
        Self { store, reservations: Vec::new() }
    }

    /// What is left of the receipt, and what is reserved or was given back.
    ///
    /// # Errors
    ///
    /// Those of [`refund::left`].
    pub fn refundable(&self, receipt: &Receipt) -> Result<Refundable, RefundError> {
        let reserved = self.reservations.iter().map(Reservation::view).collect();
        Ok(Refundable { receipt: receipt.id, left: self.left(receipt)?, reserved })
    }

    /// Reserves what comes back for a refund; says what that is, and whether it is new. The same lines under the same id
    /// again are the same answer again.
    ///
    /// # Errors
    ///
    /// [`ReservationError`].
    pub fn reserve(
        &mut self,
        receipt: &Receipt,
        asker: Asker,
        returned: &[Returned],
    ) -> Result<(ReservedRefund, bool), ReservationError> {
        let Asker { refund, by, session, at } = asker;
        if let Some(there) = self.of(refund) {
            return there.again(returned).map(|reserved| (reserved, false));
        }
        let lines = refund::take(receipt, &self.left(receipt)?, returned)?;
        self.reservations.push(Reservation { refund, by, session, at, lines: lines.clone(), given: None });
        Ok((ReservedRefund { refund, lines }, true))
    }

    /// Lets go of what is reserved for a refund; `false` where nothing is.
    ///
    /// # Errors
    ///
    /// [`ReservationError::Issued`].
    pub fn release(&mut self, refund: ReceiptId) -> Result<bool, ReservationError> {
        if self.of(refund).is_some_and(|there| there.given.is_some()) {
            return Err(ReservationError::Issued(refund));
        }
        let before = self.reservations.len();
        self.reservations.retain(|reservation| reservation.refund != refund);
        Ok(self.reservations.len() < before)
    }

    /// What is reserved for a refund, or was given back by it.
    pub fn of(&self, refund: ReceiptId) -> Option<&Reservation> {
        self.reservations.iter().find(|reservation| reservation.refund == refund)
    }

    fn left(&self, receipt: &Receipt) -> Result<Vec<Portion>, RefundError> {
        let held = self.reservations.iter().filter(|_| !Mutant::ReservationsIgnored.is_on());
        refund::left(receipt, held.flat_map(Reservation::taken))
    }
}

impl Reservation {
    /// Whether it was made in this session.
    pub fn is_of(&self, session: Option<&str>) -> bool {
        session.is_some() && self.session.as_deref() == session
    }

    /// What is no longer left because of it: what was given back, or else what is reserved.
    fn taken(&self) -> &[Portion] {
        self.given.as_deref().unwrap_or(&self.lines)
    }

    fn view(&self) -> ReservedRefund {
        ReservedRefund { refund: self.refund, lines: self.taken().to_vec() }
    }

    /// What is reserved, for whoever asks for the same again, in whatever order.
    fn again(&self, returned: &[Returned]) -> Result<ReservedRefund, ReservationError> {
        let sorted = |mut lines: Vec<(LineNo, Quantity)>| {
            lines.sort_unstable();
            lines
        };
        let reserved = sorted(self.lines.iter().map(|portion| (portion.line, portion.quantity)).collect());
        if self.lines.is_empty() {
            return Err(ReservationError::Issued(self.refund));
        }
        if reserved != sorted(returned.iter().map(|want| (want.line, want.quantity)).collect()) {
            return Err(ReservationError::OtherLines(self.refund));
        }
        Ok(ReservedRefund { refund: self.refund, lines: self.lines.clone() })
    }
}
