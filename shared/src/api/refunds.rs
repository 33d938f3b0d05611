//! Reserving what a receipt still has to refund.

use crate::ids::ReceiptId;
use crate::refund::{Portion, Returned};
use serde::{Deserialize, Serialize};

/// Asks to reserve lines for a refund: `PUT receipts/{id}/refunds/{refund}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReserveRefund {
    /// What comes back, each line once.
    pub lines: Vec<Returned>,
}

/// What is reserved for a refund, whether it was issued yet or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReservedRefund {
    /// The refund's id, as its till minted it.
    pub refund: ReceiptId,
    /// What it gives back, and how much money for it.
    pub lines: Vec<Portion>,
}

/// What there is to refund of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refundable {
    /// The receipt.
    pub receipt: ReceiptId,
    /// What is left of each of its lines, in their order.
    pub left: Vec<Portion>,
    /// What was reserved before.
    pub reserved: Vec<ReservedRefund>,
}
