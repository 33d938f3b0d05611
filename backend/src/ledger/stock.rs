//! Stock levels and their alerts, a page of products per document.

use serde::{Deserialize, Serialize};
use shared::event::StockItem;
use shared::ids::{EventId, Sku, StoreNo};
use shared::mutant::Mutant;
use shared::notice::Alert;
use shared::position::Position;
use shared::quantity::Quantity;
use shared::stock::{StockLevel, Threshold, Urgency};
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// How many pages a store's stock is spread over: a page of a 30,000-product store holds some 500 products, so that a
/// checkpoint after a thousand receipts writes tens of documents and not thousands.
const PAGES: u32 = 64;

/// The number of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageNo(u32);

impl PageNo {
    /// The page that a product is on: FNV-1a over its SKU, for good.
    pub fn of(sku: &Sku) -> Self {
        let fold = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        Self(sku.as_str().bytes().fold(0x811c_9dc5, fold) % PAGES)
    }

    /// The page's name in the store.
    pub fn id(self) -> String {
        format!("{:02}", self.0)
    }
}

/// A product's level and its open alert.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The level.
    #[serde(flatten)]
    pub level: StockLevel,
    /// The alert that is open, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<Alert>,
}

/// A page of products.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StockPage(pub BTreeMap<Sku, Entry>);

/// How a record changes a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Goods were sold at that time, or came back where it is below zero.
    Sell(Timestamp),
    /// Goods left.
    Take,
    /// Goods came in.
    Deliver,
    /// Somebody counted at that time.
    Count(Timestamp),
}

/// The record that changes a level.
#[derive(Debug, Clone, Copy)]
pub struct Cause {
    /// The store.
    pub store: StoreNo,
    /// Its place in the log.
    pub position: Position,
    /// Its id.
    pub event: EventId,
    /// When the log took it.
    pub accepted_at: Timestamp,
}

/// What a change of a level led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaction {
    /// Nothing to tell but the level itself.
    Quiet,
    /// The product runs low.
    Raised(Alert),
    /// There is enough again.
    Cleared(Alert),
    /// The sale or refund was over before the last count; the level was left alone.
    CountedAlready,
}

impl StockPage {
    /// Applies one item of a record.
    pub fn change(&mut self, item: &StockItem, change: Change, threshold: Threshold, cause: Cause) -> Reaction {
        let fresh = || Entry { level: StockLevel { threshold, ..StockLevel::default() }, alert: None };
        let entry = self.0.entry(item.sku.clone()).or_insert_with(fresh);
        match change {
            Change::Sell(at) if entry.level.is_counted_since(at) => return Reaction::CountedAlready,
            Change::Take if Mutant::TransferOutAdds.is_on() => entry.level.deliver(item.quantity),
            Change::Sell(_) | Change::Take => entry.level.take(item.quantity),
            Change::Deliver => entry.level.deliver(item.quantity),
            Change::Count(at) => entry.level.count(item.quantity, at),
        }
        entry.react(&item.sku, cause)
    }

    /// Sets a product's threshold, if the store has had the product.
    pub fn set_threshold(&mut self, sku: &Sku, threshold: Threshold, cause: Cause) -> Option<Reaction> {
        let entry = self.0.get_mut(sku)?;
        entry.level.threshold = threshold;
        Some(entry.react(sku, cause))
    }
}

impl Entry {
    fn react(&mut self, sku: &Sku, cause: Cause) -> Reaction {
        let enough = self.level.urgency() == Urgency::Fine;
        if let Some(alert) = &mut self.alert {
            (alert.on_hand, alert.par) = (self.level.on_hand, self.level.par);
        }
        match self.alert.take() {
            held if !enough && (held.is_none() || Mutant::AlertOnEverySaleBelow.is_on()) => {
                let alert = raise(sku, &self.level, cause);
                self.alert = Some(alert.clone());
                Reaction::Raised(alert)
            }
            Some(alert) if enough && !Mutant::AlertStaysOpen.is_on() => {
                Reaction::Cleared(Alert { cleared_at: Some(cause.accepted_at), ..alert })
            }
            same => {
                self.alert = same;
                Reaction::Quiet
            }
        }
    }
}

fn raise(sku: &Sku, level: &StockLevel, cause: Cause) -> Alert {
    Alert {
        store: cause.store,
        sku: sku.clone(),
        raised: cause.position,
        cause: cause.event,
        raised_at: cause.accepted_at,
        on_hand: level.on_hand,
        par: level.par,
        cleared_at: None,
    }
}

/// Adds up the items of one record by product, so that one record crosses a threshold at most once per product.
pub fn gathered<'a>(items: impl IntoIterator<Item = (&'a Sku, Quantity)>) -> Vec<StockItem> {
    let mut sums = BTreeMap::<&Sku, Quantity>::new();
    for (sku, quantity) in items {
        let sum = sums.entry(sku).or_default();
        *sum = sum.saturating_plus(quantity);
    }
    sums.into_iter().map(|(sku, quantity)| StockItem { sku: sku.clone(), quantity }).collect()
}

/// Of several counts of one product in one record, the last is what was found.
pub fn last_of_each(items: &[StockItem]) -> Vec<StockItem> {
    let last: BTreeMap<_, _> = items.iter().map(|item| (&item.sku, item)).collect();
    last.into_values().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause(offset: u64) -> Cause {
        Cause {
            store: StoreNo::FIRST,
            position: Position { epoch: 1, offset },
            event: EventId::mint(offset, &[0; 10]),
            accepted_at: Timestamp::from_second(i64::try_from(offset).unwrap()).unwrap(),
        }
    }

    fn item(pieces: u32) -> StockItem {
        StockItem { sku: "A".parse().unwrap(), quantity: Quantity::pieces(pieces) }
    }

    fn play(moves: &[(u32, Change)]) -> Vec<Reaction> {
        let mut page = StockPage::default();
        let step = |(place, &(pieces, change))| {
            page.change(&item(pieces), change, Threshold::default(), cause(place as u64 + 1))
        };
        moves.iter().enumerate().map(step).collect()
    }

    #[test]
    fn one_alert_per_crossing() {
        let sell = Change::Sell(Timestamp::MAX);
        let reactions = play(&[
            (20, Change::Deliver),
            (18, sell),
            (1, sell),
            (1, sell),
            (1, sell),
            (5, Change::Deliver),
            (3, sell),
        ]);
        let told: Vec<_> = reactions
            .iter()
            .map(|reaction| match reaction {
                Reaction::Raised(alert) => format!("raised at {}", alert.on_hand.thousandths()),
                Reaction::Cleared(alert) => format!("cleared {}", alert.raised.offset),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(told, ["Quiet", "Quiet", "raised at 1000", "Quiet", "Quiet", "cleared 3", "raised at 1000"]);
    }

    #[test]
    fn a_sale_that_a_count_has_seen_is_left_out() {
        let noon = Timestamp::from_second(43_200).unwrap();
        let morning = Timestamp::from_second(40_000).unwrap();
        let reactions = play(&[(20, Change::Deliver), (12, Change::Count(noon)), (5, Change::Sell(morning))]);
        assert_eq!(reactions[2], Reaction::CountedAlready);
    }

    #[test]
    fn selling_what_was_never_delivered_is_out_of_stock() {
        assert!(matches!(play(&[(1, Change::Sell(Timestamp::MAX))])[0], Reaction::Raised(_)));
    }

    #[test]
    fn a_record_gathers_its_lines() {
        let (a, b) = ("A".parse().unwrap(), "B".parse().unwrap());
        let items = gathered([(&a, Quantity::pieces(1)), (&b, Quantity::ONE), (&a, Quantity::pieces(2))]);
        assert_eq!(items, [item(3), StockItem { sku: b.clone(), quantity: Quantity::ONE }]);
    }
}
