//! How a customer pays.

use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};
use shared::money::{Money, OutOfRange};
use shared::payment::{Payment, PaymentError, TenderKind};

/// What people make a round sum of, in minor units: exact coins, a full unit, and the common notes.
const ROUND_SUMS: [i64; 5] = [1, 100, 500, 1000, 2000];
/// Below this, in minor units, nobody splits between cash and card.
const WORTH_SPLITTING: i64 = 1000;

/// Pays `total`: two in three by card, one in four in cash, the others with a note and the rest by card.
pub fn pay(total: Money, rng: &mut impl Rng) -> Result<Payment, PaymentError> {
    let mut payment = Payment::of(total);
    if payment.is_covered() {
        return Ok(payment);
    }
    match rng.random_range(0..100) {
        0..25 => payment.tender(TenderKind::Cash, cash_for(total, rng)?)?,
        25..33 if total.minor() >= WORTH_SPLITTING => {
            payment.tender(TenderKind::Cash, some_notes(total, rng)?)?;
            payment.tender(TenderKind::Card, payment.due(TenderKind::Card)?)?;
        }
        _ => payment.tender(TenderKind::Card, total)?,
    }
    Ok(payment)
}

fn cash_for(total: Money, rng: &mut impl Rng) -> Result<Money, OutOfRange> {
    let unit = ROUND_SUMS.choose(rng).copied().unwrap_or(1);
    let units = total.minor() / unit + i64::from(total.minor() % unit != 0);
    Money::try_from(units * unit)
}

/// Fives, and always less than the total.
fn some_notes(total: Money, rng: &mut impl Rng) -> Result<Money, OutOfRange> {
    let most = (total.minor() - 1) / 500;
    Money::try_from(500 * rng.random_range(1..=most.max(1)))
}
