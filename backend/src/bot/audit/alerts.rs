//! Alerts: one for each crossing.

use super::Verdict;
use super::replay::Crossing;
use shared::ids::Sku;
use shared::notice::{Alert, SkuLevel};
use shared::stock::Urgency;
use std::collections::BTreeMap;

/// Without later deliveries only refunds clear, so the history is the crossings, each once, and over or open as they are.
pub fn compare_exactly(expected: &[Crossing], history: &[Alert], verdict: &mut Verdict) {
    let crossing = |it: &Crossing| ((it.sku.clone(), it.raised, it.cause), it.is_over);
    let mut missing: BTreeMap<_, _> = expected.iter().map(crossing).collect();
    for alert in history {
        let there = missing.remove(&(alert.sku.clone(), alert.raised, alert.cause));
        if there != Some(alert.cleared_at.is_some()) {
            wrong(verdict, &alert.sku, "was raised or cleared where no receipt did so, or was not");
        }
    }
    for (sku, ..) in missing.keys() {
        wrong(verdict, sku, "was not raised");
    }
}

/// With later deliveries: an alert is over before the next of its product is raised, and the last one is open exactly if
/// the level is low.
pub fn compare_alternation(levels: &[SkuLevel], history: &[Alert], verdict: &mut Verdict) {
    let mut by_sku = BTreeMap::<&Sku, Vec<&Alert>>::new();
    for alert in history {
        by_sku.entry(&alert.sku).or_default().push(alert);
    }
    for alerts in by_sku.values_mut() {
        alerts.sort_by_key(|alert| alert.raised);
        let is_over = |pair: &[&Alert]| {
            pair[0].raised < pair[1].raised && pair[0].cleared_at.is_some_and(|cleared| cleared <= pair[1].raised_at)
        };
        for pair in alerts.windows(2).filter(|pair| !is_over(pair)) {
            wrong(verdict, &pair[0].sku, "was not over when the next was raised");
        }
    }
    for SkuLevel { sku, level } in levels {
        let last = by_sku.get(sku).and_then(|alerts| alerts.last());
        let is_open = last.is_some_and(|alert| alert.cleared_at.is_none());
        if is_open != (level.urgency() != Urgency::Fine) {
            wrong(verdict, sku, "is open although there is enough, or is not although there is not");
        }
    }
}

/// Every open alert came over the WebSocket. One that was cleared meanwhile may have come and gone while the connection
/// was down.
pub fn compare_with_seen(history: &[Alert], seen: impl Fn(&Alert) -> bool, verdict: &mut Verdict) {
    for alert in history.iter().filter(|alert| alert.cleared_at.is_none() && !seen(alert)) {
        wrong(verdict, &alert.sku, "never came over the live connection");
    }
}

fn wrong(verdict: &mut Verdict, sku: &Sku, how: &str) {
    verdict.alerts_missed += 1;
    verdict.tell(|| format!("an alert for {sku} {how}"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::{EventId, StoreNo};
    use shared::position::Position;
    use shared::stock::StockLevel;

    fn at(second: i64) -> jiff::Timestamp {
        jiff::Timestamp::from_second(second).unwrap()
    }

    fn alert(raised: u64, cleared: Option<i64>) -> Alert {
        Alert {
            store: StoreNo::FIRST,
            sku: "milk".parse().unwrap(),
            raised: Position { epoch: 1, offset: raised },
            cause: EventId::mint(raised, &[0; 10]),
            raised_at: at(i64::try_from(raised).unwrap()),
            on_hand: 1.into(),
            par: 20.into(),
            cleared_at: cleared.map(at),
        }
    }

    fn crossing(raised: u64) -> Crossing {
        let Alert { sku, raised, cause, .. } = alert(raised, None);
        Crossing { sku, raised, cause, is_over: false }
    }

    fn missed(compare: impl FnOnce(&mut Verdict)) -> u64 {
        let mut verdict = Verdict::default();
        compare(&mut verdict);
        verdict.alerts_missed
    }

    #[test]
    fn exactly_one_alert_for_each_crossing() {
        let exactly = |history: &[Alert]| missed(|verdict| compare_exactly(&[crossing(5)], history, verdict));
        assert_eq!(exactly(&[alert(5, None)]), 0);
        assert_eq!(exactly(&[]), 1);
        assert_eq!(exactly(&[alert(5, None), alert(5, None)]), 1);
        assert_eq!(exactly(&[alert(6, None)]), 2);
        assert_eq!(exactly(&[alert(5, Some(9))]), 1);
        let over = [Crossing { is_over: true, ..crossing(5) }];
        let refunded = |history: &[Alert]| missed(|verdict| compare_exactly(&over, history, verdict));
        assert_eq!((refunded(&[alert(5, Some(9))]), refunded(&[alert(5, None)])), (0, 1));
    }

    #[test]
    fn alerts_and_deliveries_take_turns() {
        let level = |on_hand: i32| {
            let level = StockLevel { on_hand: on_hand.into(), par: 20.into(), ..StockLevel::default() };
            [SkuLevel { sku: "milk".parse().unwrap(), level }]
        };
        let turns =
            |on_hand, history: &[Alert]| missed(|verdict| compare_alternation(&level(on_hand), history, verdict));
        assert_eq!(turns(1, &[alert(9, None), alert(5, Some(7))]), 0);
        assert_eq!(turns(20, &[alert(5, Some(7)), alert(9, Some(9))]), 0);
        assert_eq!(turns(20, &[alert(5, Some(7)), alert(9, None)]), 1);
        assert_eq!(turns(1, &[alert(5, Some(7))]), 1);
        assert_eq!(turns(1, &[]), 1);
        assert_eq!(turns(1, &[alert(5, None), alert(9, None)]), 1);
        assert_eq!(turns(1, &[alert(5, Some(11)), alert(9, None)]), 1);
    }

    #[test]
    fn an_open_alert_that_nobody_saw_is_missed() {
        let unseen = |history: &[Alert]| missed(|verdict| compare_with_seen(history, |_| false, verdict));
        assert_eq!((unseen(&[alert(5, None)]), unseen(&[alert(5, Some(6))])), (1, 0));
    }
}
