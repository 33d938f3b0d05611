//! Checking what is to be booked.

use crate::web::cache::Catalogue;
use crate::web::problem::{ApiError, Kind};
use jiff::{SignedDuration, Timestamp};
use shared::event::StockItem;
use shared::ids::EventId;
use shared::quantity::{Quantity, Unit};
use std::collections::BTreeSet;

/// The most products in one booking.
const MAX_ITEMS: usize = 1_000;

/// The most of a product in one booking: a million pieces or kilograms. More is a slip of the keyboard.
const LARGEST: i64 = 1_000_000_000;

/// How far a caller's clock may be off before its ids tell no time.
const SLIP: SignedDuration = SignedDuration::from_hours(24);

/// Whether nothing at all is a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zero {
    /// A shelf may be counted empty.
    Allowed,
    /// Nothing cannot be moved.
    Refused,
}

/// Checks the products of a booking and their quantities.
///
/// # Errors
///
/// [`Kind::InvalidMovement`], [`Kind::TooMany`] and [`Kind::UnknownProduct`].
pub fn validate(items: &[StockItem], zero: Zero, catalogue: &Catalogue) -> Result<(), ApiError> {
    if items.is_empty() {
        return Err(Kind::InvalidMovement.because("It names no product."));
    }
    if items.len() > MAX_ITEMS {
        return Err(Kind::TooMany.because(format!("{} products; at most {MAX_ITEMS} go in one request.", items.len())));
    }
    let mut seen = BTreeSet::new();
    for item in items {
        let unknown = || Kind::UnknownProduct.because(format!("The catalogue has no {}.", item.sku));
        let product = catalogue.by_sku(&item.sku).ok_or_else(unknown)?;
        if !seen.insert(&item.sku) {
            return Err(Kind::InvalidMovement.because(format!("{} comes twice.", item.sku)));
        }
        if !is_bookable(item.quantity, product.product.unit, zero) {
            let thousandths = item.quantity.thousandths();
            return Err(
                Kind::InvalidMovement.because(format!("{}: {thousandths} thousandths cannot be booked.", item.sku))
            );
        }
    }
    Ok(())
}

/// When a booking happened: when its id was minted, so that the same request again is the same event to the last byte;
/// now, where its caller gave no id or one that is no UUID of version 7 of the last or next day.
pub fn happened_at(id: Option<EventId>, now: Timestamp) -> Timestamp {
    let minted = id.and_then(|id| id.uuid().get_timestamp()).map(|minted| minted.to_unix());
    let minted = minted.and_then(|(seconds, nanos)| Some((i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?)));
    let minted = minted.and_then(|(seconds, nanos)| Timestamp::new(seconds, nanos).ok());
    minted.filter(|minted| minted.duration_since(now).abs() <= SLIP).unwrap_or(now)
}

fn is_bookable(quantity: Quantity, unit: Unit, zero: Zero) -> bool {
    let least = i64::from(zero == Zero::Refused);
    (least..=LARGEST).contains(&quantity.thousandths()) && (unit == Unit::Kilogram || quantity.is_whole())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_whole_and_nothing_can_only_be_counted() {
        assert!(is_bookable(Quantity::pieces(3), Unit::Piece, Zero::Refused));
        assert!(!is_bookable(1500.into(), Unit::Piece, Zero::Refused));
        assert!(is_bookable(1500.into(), Unit::Kilogram, Zero::Refused));
        assert!(!is_bookable(Quantity::ZERO, Unit::Piece, Zero::Refused));
        assert!(is_bookable(Quantity::ZERO, Unit::Piece, Zero::Allowed));
        assert!(!is_bookable((-1000).into(), Unit::Piece, Zero::Allowed));
    }

    #[test]
    fn a_booking_happened_when_its_id_was_minted() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let minted = EventId::mint(1_799_999_999_000, &[7; 10]);
        assert_eq!(happened_at(Some(minted), now), Timestamp::from_second(1_799_999_999).unwrap());
        assert_eq!(happened_at(None, now), now);
        assert_eq!(happened_at(Some(EventId::mint(0, &[7; 10])), now), now);
        assert_eq!(happened_at(Some(crate::model::derived::event_id(&["a"])), now), now);
    }
}
