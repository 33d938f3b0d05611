//! What comes back of receipts.

use shared::chain::Sealed;
use shared::ids::{LineNo, ReceiptId};
use shared::quantity::Quantity;
use shared::receipt::Receipt;
use shared::refund::{Portion, Returned, left, take};

/// An id of a refund that no other number gives, nor any till for a sale.
pub fn refund_id(number: u64) -> ReceiptId {
    ReceiptId::mint(number, &[11; 10])
}

/// So many pieces of a line.
pub fn pieces_back(line: u64, pieces: u32) -> Returned {
    Returned { line: LineNo::try_from(line).unwrap(), quantity: Quantity::pieces(pieces) }
}

/// What is given back for so many pieces of lines, of a receipt that nothing was refunded of.
pub fn portions(original: &Sealed<Receipt>, pieces: &[(u64, u32)]) -> Vec<Portion> {
    let returned: Vec<_> = pieces.iter().map(|&(line, pieces)| pieces_back(line, pieces)).collect();
    take(&original.body, &left(&original.body, []).unwrap(), &returned).unwrap()
}
