//! Which shelves run low, and what was ordered for them: pure.

use shared::event::StockItem;
use shared::ids::{Sku, StoreNo};
use shared::notice::{Alert, SkuLevel};
use shared::quantity::Quantity;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// Where the delivery for an open alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Delivery {
    None,
    Ordered,
    /// In the log since then; the levels do not show it yet, as far as is known.
    Accepted(Instant),
}

#[derive(Debug)]
struct Low {
    on_hand: Quantity,
    par: Quantity,
    delivery: Delivery,
}

/// The open alerts of all stores of a run.
#[derive(Debug, Default)]
pub struct Shelves(BTreeMap<StoreNo, BTreeMap<Sku, Low>>);

impl Shelves {
    /// The most products that one delivery holds.
    const MAX_ITEMS: usize = 1_000;

    /// An alert is open; one that was known keeps its delivery.
    pub fn raised(&mut self, alert: &Alert) {
        let low = Low { on_hand: alert.on_hand, par: alert.par, delivery: Delivery::None };
        self.0.entry(alert.store).or_default().entry(alert.sku.clone()).or_insert(low);
    }

    /// An alert is over.
    pub fn cleared(&mut self, alert: &Alert) {
        if let Some(store) = self.0.get_mut(&alert.store) {
            store.remove(&alert.sku);
        }
    }

    /// Levels changed.
    pub fn levels(&mut self, store: StoreNo, levels: &[SkuLevel]) {
        let Some(store) = self.0.get_mut(&store).filter(|store| !store.is_empty()) else { return };
        for SkuLevel { sku, level } in levels {
            if let Some(low) = store.get_mut(sku) {
                (low.on_hand, low.par) = (level.on_hand, level.par);
            }
        }
    }

    /// A snapshot says which alerts of a store are open; those that it does not name are over.
    pub fn open_alerts(&mut self, store: StoreNo, alerts: &[Alert]) {
        let open: BTreeSet<_> = alerts.iter().map(|alert| &alert.sku).collect();
        self.0.entry(store).or_default().retain(|sku, _| open.contains(sku));
        for alert in alerts {
            self.raised(alert);
        }
    }

    /// The levels of a store show everything that was in the log at `time`: a shelf that is still low although its
    /// delivery was accepted before needs another one.
    pub fn levels_reach(&mut self, store: StoreNo, time: Instant) {
        for low in self.0.get_mut(&store).into_iter().flat_map(BTreeMap::values_mut) {
            if matches!(low.delivery, Delivery::Accepted(at) if at < time) {
                low.delivery = Delivery::None;
            }
        }
    }

    /// What to deliver to one store to fill its low shelves up to par; it counts as ordered from here on.
    pub fn order(&mut self) -> Option<(StoreNo, Vec<StockItem>)> {
        self.0.iter_mut().find_map(|(store, shelves)| {
            let due = shelves.iter_mut().filter(|(_, low)| low.delivery == Delivery::None).take(Self::MAX_ITEMS);
            let items: Vec<_> = due.filter_map(|(sku, low)| low.order(sku)).collect();
            (!items.is_empty()).then_some((*store, items))
        })
    }

    /// The log took a delivery.
    pub fn accepted(&mut self, store: StoreNo, items: &[StockItem], now: Instant) {
        let Some(store) = self.0.get_mut(&store) else { return };
        for item in items {
            if let Some(low) = store.get_mut(&item.sku).filter(|low| low.delivery == Delivery::Ordered) {
                low.delivery = Delivery::Accepted(now);
            }
        }
    }
}

impl Low {
    fn order(&mut self, sku: &Sku) -> Option<StockItem> {
        let quantity = self.par.saturating_minus(self.on_hand);
        self.delivery = Delivery::Ordered;
        (quantity > Quantity::ZERO).then(|| StockItem { sku: sku.clone(), quantity })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::EventId;
    use shared::position::Position;
    use shared::stock::StockLevel;
    use std::time::Duration;

    fn alert(on_hand: i32) -> Alert {
        Alert {
            store: StoreNo::FIRST,
            sku: "milk".parse().unwrap(),
            raised: Position { epoch: 1, offset: 7 },
            cause: EventId::mint(0, &[0; 10]),
            raised_at: jiff::Timestamp::UNIX_EPOCH,
            on_hand: on_hand.into(),
            par: 24_000.into(),
            cleared_at: None,
        }
    }

    fn ordered(shelves: &mut Shelves) -> Option<i64> {
        shelves.order().map(|(_, items)| items[0].quantity.thousandths())
    }

    #[test]
    fn one_delivery_follows_an_alert() {
        let mut shelves = Shelves::default();
        shelves.raised(&alert(2_000));
        shelves.open_alerts(StoreNo::FIRST, &[alert(2_000)]);
        assert_eq!(ordered(&mut shelves), Some(22_000));
        shelves.raised(&alert(1_000));
        assert_eq!(ordered(&mut shelves), None);
        shelves.cleared(&alert(1_000));
        shelves.raised(&alert(1_000));
        assert_eq!(ordered(&mut shelves), Some(23_000));
    }

    #[test]
    fn a_shelf_that_a_delivery_did_not_fill_gets_another_once_the_levels_show_the_first() {
        let (mut shelves, start) = (Shelves::default(), Instant::now());
        shelves.raised(&alert(2_000));
        let (store, items) = shelves.order().unwrap();
        let accepted = start + Duration::from_secs(1);
        shelves.accepted(store, &items, accepted);
        let level = StockLevel { on_hand: (-5_000).into(), par: 24_000.into(), ..StockLevel::default() };
        shelves.levels(store, &[SkuLevel { sku: items[0].sku.clone(), level }]);
        shelves.levels_reach(store, start);
        assert_eq!(ordered(&mut shelves), None);
        shelves.levels_reach(store, accepted + Duration::from_secs(1));
        assert_eq!(ordered(&mut shelves), Some(29_000));
    }

    #[test]
    fn a_snapshot_closes_what_it_does_not_name() {
        let mut shelves = Shelves::default();
        shelves.raised(&alert(2_000));
        shelves.open_alerts(StoreNo::FIRST, &[]);
        assert_eq!(ordered(&mut shelves), None);
    }
}
