//! Refunds: receipts of their own, which name the receipt whose lines they give back.
//!
//! A refund's quantities, totals, taxes and tenders are below zero, so that every sum over receipts takes it off by itself.

mod left;
#[cfg(test)]
mod tests;

pub use left::{Portion, Returned, left, take};

use crate::discount::{self, Discount};
use crate::ids::{LineNo, ReceiptId, ReceiptNo, RegisterNo, SeriesLetter};
use crate::money::{Money, OutOfRange};
use crate::payment::{Tender, TenderKind};
use crate::quantity::Quantity;
use crate::receipt::{Canon, Issue, IssueError, Issuer, Line, Receipt};
use crate::tax;
use serde::{Deserialize, Serialize};

/// What a refund gives back: the receipt, of the same store, and which of its lines.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Refunds {
    /// For each line of the refund the line that it gives back, by its place on the receipt counted from 1.
    pub lines: Vec<LineNo>,
    /// The receipt's number.
    pub number: ReceiptNo,
    /// The receipt's id.
    pub receipt: ReceiptId,
    /// The receipt's register.
    pub register: RegisterNo,
    /// The receipt's series.
    pub series: SeriesLetter,
}

/// Why something is not refunded; nothing was reserved or issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefundError {
    /// The receipt is a refund itself.
    #[error("a refund cannot be refunded: sell the goods again")]
    IsRefund,
    /// No line is named.
    #[error("nothing is to be refunded")]
    Nothing,
    /// No such line.
    #[error("there is no line {0} on this receipt")]
    NoSuchLine(LineNo),
    /// A line is named more than once.
    #[error("line {0} stands twice")]
    Twice(LineNo),
    /// A quantity of zero or less, or a fraction of a piece.
    #[error("that much of line {line} cannot be refunded: pieces are whole, and it is more than 0")]
    Quantity {
        /// The line.
        line: LineNo,
    },
    /// More than what is left.
    #[error("of line {line} only {} thousandths are left to refund", .left.thousandths())]
    MoreThanLeft {
        /// The line.
        line: LineNo,
        /// What is left of it.
        left: Quantity,
    },
    /// A sum is beyond what can be written down.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

impl Receipt {
    /// The next receipt of a series, which gives portions of an earlier one back by one means of payment, in cash rounded to
    /// the store's smallest coin.
    ///
    /// # Errors
    ///
    /// [`IssueError::Empty`] for no portion, or one of a line that is not there; [`IssueError::SeriesFull`];
    /// [`IssueError::Basket`] for sums out of range.
    pub fn refund(
        original: &Self,
        portions: &[Portion],
        kind: TenderKind,
        issuer: &Issuer,
        issue: Issue,
    ) -> Result<Self, IssueError> {
        if portions.is_empty() {
            return Err(IssueError::Empty);
        }
        let number = ReceiptNo::try_from(issuer.head.number.saturating_add(1)).map_err(|_| IssueError::SeriesFull)?;
        let (lines, discounts) = entries(original, portions)?;
        let full: Vec<_> = lines.iter().map(|line| (line.tax, line.total)).collect();
        let by_rate = discount::by_rate(&full, &discounts).map_err(out_of_range)?;
        let total = Money::total(by_rate.values().copied()).map_err(out_of_range)?;
        let back = if kind == TenderKind::Cash { issuer.smallest_coin.nearest(total) } else { Ok(total) };
        let back = back.map_err(out_of_range)?;
        let tender = (total != Money::ZERO).then_some(Tender { amount: back, kind });
        Ok(Self {
            basket: issue.basket,
            canon: Canon::V1,
            change: Money::ZERO,
            currency: issuer.currency,
            discounts,
            id: issue.id,
            issued_at: issue.issued_at,
            lines,
            number,
            opened_at: issue.opened_at,
            period: None,
            prev: issuer.head.hash,
            refunds: Some(Refunds {
                lines: portions.iter().map(|portion| portion.line).collect(),
                number: original.number,
                receipt: original.id,
                register: original.register,
                series: original.series.clone(),
            }),
            register: issuer.series.register,
            rounding: back.minus(total).map_err(out_of_range)?,
            seller: issuer.seller,
            series: issuer.series.letter.clone(),
            simulated: issuer.simulated,
            siret: issuer.siret.clone(),
            store: issuer.series.store,
            taxes: tax::breakdown(by_rate).map_err(out_of_range)?,
            tenders: tender.into_iter().collect(),
            total,
        })
    }

    /// What a refund gives back, as its own lines and discounts say; nothing where it is none or does not say so soundly.
    pub fn given_back(&self) -> Option<Vec<Portion>> {
        let refunds = self.refunds.as_ref().filter(|refunds| refunds.lines.len() == self.lines.len())?;
        let places = std::iter::successors(Some(LineNo::FIRST), |place| place.next());
        let rows = self.lines.iter().zip(&refunds.lines).zip(places);
        let portion = |((line, &of), place): ((&Line, &LineNo), LineNo)| {
            let kept = self.discounts.iter().filter(|discount| discount.line == Some(place));
            let sum = Money::total(std::iter::once(line.total).chain(kept.map(|discount| discount.amount))).ok()?;
            let quantity = Quantity::ZERO.saturating_minus(line.quantity);
            let amount = Money::ZERO.minus(sum).ok().filter(|amount| *amount >= Money::ZERO)?;
            (quantity > Quantity::ZERO).then_some(Portion { amount, line: of, quantity })
        };
        rows.map(portion).collect()
    }

    /// Whether a refund's discounts and tenders are such as a refund has: an entry on a line at most, as an amount, and
    /// nothing that came in.
    pub(crate) fn refund_is_sound(&self) -> bool {
        let discounts = self.discounts.iter().all(|discount| {
            let of_line = discount.line.and_then(discount::place_of);
            of_line.is_some_and(|place| place < self.lines.len()) && discount.percent.is_none()
        });
        let once = self.discounts.is_sorted_by(|a, b| a.line < b.line);
        let out = self.tenders.iter().all(|tender| tender.amount <= Money::ZERO) && self.change == Money::ZERO;
        discounts && once && out && self.given_back().is_some()
    }
}

/// The lines of a refund at their full price, and what is kept of each because it was not paid.
fn entries(original: &Receipt, portions: &[Portion]) -> Result<(Vec<Line>, Vec<Discount>), IssueError> {
    let (mut lines, mut discounts) = (Vec::new(), Vec::new());
    let mut place = Some(LineNo::FIRST);
    for portion in portions {
        let sold = discount::place_of(portion.line).and_then(|place| original.lines.get(place));
        let sold = sold.ok_or(IssueError::Empty)?;
        let quantity = Quantity::ZERO.saturating_minus(portion.quantity);
        let total = quantity.times(sold.price).map_err(out_of_range)?;
        let kept = Money::ZERO.minus(portion.amount).and_then(|back| back.minus(total)).map_err(out_of_range)?;
        if kept != Money::ZERO {
            discounts.push(Discount { amount: kept, line: place, percent: None });
        }
        lines.push(Line { quantity, total, ..sold.clone() });
        place = place.and_then(LineNo::next);
    }
    Ok((lines, discounts))
}

fn out_of_range(error: OutOfRange) -> IssueError {
    IssueError::Basket(error.into())
}
