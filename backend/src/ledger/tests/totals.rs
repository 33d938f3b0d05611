//! Sums over random days of selling, against sums done the plain way.

use super::Book;
use crate::ledger::day::DayFigures;
use crate::store::projections::ProjectionKind;
use crate::testing::{NAMES, Till, delivery, history, in_order, sale, sku};
use proptest::prelude::*;
use shared::event::Event;
use shared::money::Money;
use shared::notice::Alert;
use shared::quantity::Quantity;
use shared::stock::{StockLevel, Urgency};
use std::collections::BTreeMap;

/// What is bought, or delivered where the first is set: (delivery, product, pieces).
fn moves() -> impl Strategy<Value = Vec<(bool, usize, u32)>> {
    prop::collection::vec((prop::bool::weighted(0.3), 0..NAMES.len(), 1_u32..12), 1..80)
}

fn events(moves: &[(bool, usize, u32)]) -> Vec<Event> {
    let mut till = Till::new(1, 1);
    let event = |(id, &(delivered, name, pieces)): (u64, &(bool, usize, u32))| {
        let items = [(NAMES[name], pieces)];
        if delivered { delivery(id, &items) } else { sale(&till.sell(&items)) }
    };
    (1..).zip(moves).map(event).collect()
}

/// The product, the record, and whether it runs low from there on.
type Turn = (usize, u64, bool);

/// The levels and crossings by the definition: (product, raised at, cleared at).
fn by_hand(moves: &[(bool, usize, u32)]) -> (BTreeMap<usize, StockLevel>, Vec<Turn>) {
    let (mut levels, mut crossings) = (BTreeMap::<usize, StockLevel>::new(), Vec::<(usize, u64, bool)>::new());
    for (place, &(delivered, name, pieces)) in (1..).zip(moves) {
        let level = levels.entry(name).or_default();
        if delivered {
            level.deliver(Quantity::pieces(pieces));
        } else {
            level.take(Quantity::pieces(pieces));
        }
        let is_low = level.urgency() != Urgency::Fine;
        let open = crossings.iter_mut().find(|(product, _, cleared)| *product == name && !cleared);
        match open {
            None if is_low => crossings.push((name, place, false)),
            Some((_, _, cleared)) if !is_low => *cleared = true,
            _ => {}
        }
    }
    (levels, crossings)
}

proptest! {
    #[test]
    fn stock_is_deliveries_less_sales_and_each_crossing_is_one_alert(moves in moves(), every in 1_usize..20) {
        let mut book = Book::new();
        for batch in in_order(events(&moves)).chunks(every) {
            book.take_all(batch);
            book.checkpoint();
        }
        let (levels, crossings) = by_hand(&moves);
        for (&name, level) in &levels {
            prop_assert_eq!(&book.level(NAMES[name]), level);
        }
        let alert = |alert: Alert| (alert.raised.offset, alert.sku, alert.cleared_at.is_some());
        let told: Vec<_> = book.documents.alerts().into_iter().map(alert).collect();
        let mut right: Vec<_> = crossings.iter().map(|&(name, at, cleared)| (at, sku(NAMES[name]), cleared)).collect();
        right.sort();
        prop_assert_eq!(told, right);
    }

    #[test]
    fn totals_are_the_sums_of_the_receipts(records in history(), every in 1_usize..20) {
        let mut book = Book::new();
        for batch in records.chunks(every) {
            book.take_all(batch);
            book.checkpoint();
        }
        let counted = book.saved.values().filter_map(|(_, event)| match event {
            Event::Receipt(receipt) if receipt.body.simulated => Some(&receipt.body),
            _ => None,
        });
        let receipts: Vec<_> = counted.collect();
        let days: Vec<DayFigures> = book.documents.all(ProjectionKind::Day);
        let registers: Vec<_> = days.iter().flat_map(|day| day.registers.values()).collect();
        let sum = |amounts: &mut dyn Iterator<Item = Money>| Money::total(amounts).unwrap();
        let right = sum(&mut receipts.iter().map(|receipt| receipt.total));
        prop_assert_eq!(registers.iter().map(|r| r.receipts).sum::<u64>(), receipts.len() as u64);
        prop_assert_eq!(sum(&mut registers.iter().map(|r| r.takings)), right);
        let rounding = sum(&mut receipts.iter().map(|receipt| receipt.rounding));
        prop_assert_eq!(sum(&mut registers.iter().map(|r| r.rounding)), rounding);
        prop_assert_eq!(sum(&mut registers.iter().flat_map(|r| r.tenders.values().copied())), right.plus(rounding).unwrap());
        prop_assert_eq!(sum(&mut days.iter().flat_map(|day| day.hours.iter().copied())), right);
        let taxes = || registers.iter().flat_map(|r| r.taxes.values());
        let tax = sum(&mut receipts.iter().flat_map(|receipt| receipt.taxes.iter().map(|line| line.tax)));
        prop_assert_eq!(sum(&mut taxes().map(|sums| sums.gross)), right);
        prop_assert_eq!(sum(&mut taxes().map(|sums| sums.tax)), tax);
        prop_assert_eq!(sum(&mut taxes().map(|sums| sums.net)), right.minus(tax).unwrap());
    }
}
