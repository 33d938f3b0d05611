//! What is left to refund of a receipt, line by line.

use super::RefundError;
use crate::discount;
use crate::ids::LineNo;
use crate::money::{Money, OutOfRange, div_round};
use crate::quantity::{Quantity, Unit};
use crate::receipt::Receipt;
use crate::tax::TaxRate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Part of a line of a receipt, with what was paid for that part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Portion {
    /// What was paid for it, discounts taken off; not negative.
    pub amount: Money,
    /// The line, by its place on the receipt counted from 1.
    pub line: LineNo,
    /// How much of it, in thousandths; not negative.
    pub quantity: Quantity,
}

/// How much of a line comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Returned {
    /// The line, by its place on the receipt counted from 1.
    pub line: LineNo,
    /// How much of it, in thousandths; above zero, whole for pieces.
    pub quantity: Quantity,
}

/// What is left of each line of a receipt, once the portions that were refunded are taken off.
///
/// # Errors
///
/// [`RefundError::IsRefund`], [`RefundError::OutOfRange`].
pub fn left<'a>(
    receipt: &Receipt,
    refunded: impl IntoIterator<Item = &'a Portion>,
) -> Result<Vec<Portion>, RefundError> {
    if receipt.refunds.is_some() {
        return Err(RefundError::IsRefund);
    }
    let mut left = bought(receipt)?;
    for gone in refunded {
        if let Some(portion) = left.iter_mut().find(|portion| portion.line == gone.line) {
            portion.quantity = portion.quantity.saturating_minus(gone.quantity).max(Quantity::ZERO);
            portion.amount = portion.amount.minus(gone.amount)?.max(Money::ZERO);
        }
    }
    Ok(left)
}

/// The portions that are given back for what is returned, out of what is left. Part of a line gets its part of the money
/// that is left for it, rounded half away from zero; the last part gets the rest, so that everything together is what was
/// paid.
///
/// # Errors
///
/// [`RefundError`]; never for what [`left`] leaves.
pub fn take(receipt: &Receipt, left: &[Portion], returned: &[Returned]) -> Result<Vec<Portion>, RefundError> {
    if returned.is_empty() {
        return Err(RefundError::Nothing);
    }
    let mut taken: Vec<Portion> = Vec::with_capacity(returned.len());
    for want in returned {
        let none = RefundError::NoSuchLine(want.line);
        let there = left.iter().find(|portion| portion.line == want.line).ok_or(none.clone())?;
        if taken.iter().any(|portion| portion.line == want.line) {
            return Err(RefundError::Twice(want.line));
        }
        let unit = discount::place_of(want.line).and_then(|place| receipt.lines.get(place)).ok_or(none)?.unit;
        taken.push(portion(there, want, unit)?);
    }
    Ok(taken)
}

fn portion(there: &Portion, want: &Returned, unit: Unit) -> Result<Portion, RefundError> {
    let Returned { line, quantity } = *want;
    if !quantity.fits_line(unit) {
        return Err(RefundError::Quantity { line });
    }
    if quantity > there.quantity {
        return Err(RefundError::MoreThanLeft { line, left: there.quantity });
    }
    let part = i128::from(there.amount.minor()) * i128::from(quantity.thousandths());
    let amount = Money::try_from(div_round(part, i128::from(there.quantity.thousandths())))?;
    Ok(Portion { amount, line, quantity })
}

/// What was bought with each line, and what was paid for it. What a rate comes to, a discount on the whole basket
/// included, is shared among its lines in proportion to what is left of each after its own discount.
fn bought(receipt: &Receipt) -> Result<Vec<Portion>, OutOfRange> {
    let full: Vec<_> = receipt.lines.iter().map(|line| (line.tax, line.total)).collect();
    let paid = discount::by_rate(&full, &receipt.discounts)?;
    let own: Vec<_> = receipt.discounts.iter().copied().filter(|discount| discount.line.is_some()).collect();
    let before = discount::by_rate(&full, &own)?;
    let mut passed = BTreeMap::<TaxRate, Money>::new();
    let places = std::iter::successors(Some(LineNo::FIRST), |place| place.next());
    let mut portions = Vec::with_capacity(full.len());
    for (line, place) in receipt.lines.iter().zip(places) {
        let off = own.iter().filter(|discount| discount.line == Some(place)).map(|discount| discount.amount);
        let net = Money::total(std::iter::once(line.total).chain(off))?;
        let rate = |sums: &BTreeMap<TaxRate, Money>| sums.get(&line.tax).copied().unwrap_or_default();
        let start = rate(&passed);
        let end = start.plus(net)?;
        let share = |to| share(rate(&paid), to, rate(&before));
        portions.push(Portion { amount: share(end)?.minus(share(start)?)?, line: place, quantity: line.quantity });
        passed.insert(line.tax, end);
    }
    Ok(portions)
}

/// `sum` · `part` / `whole`, rounded: differences of it share `sum` without losing a cent.
fn share(sum: Money, part: Money, whole: Money) -> Result<Money, OutOfRange> {
    if whole <= Money::ZERO {
        return Ok(Money::ZERO);
    }
    Money::try_from(div_round(i128::from(sum.minor()) * i128::from(part.minor()), whole.minor().into()))
}
