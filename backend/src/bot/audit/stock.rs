//! Levels: deliveries less sales.

use super::Verdict;
use shared::ids::Sku;
use shared::notice::SkuLevel;
use shared::stock::StockLevel;
use std::collections::BTreeMap;

/// Compares the server's levels with those of the replay. Par is compared only where nothing was restocked: it depends
/// on where between the sales the deliveries came.
pub fn compare(expected: &BTreeMap<Sku, StockLevel>, levels: &[SkuLevel], restocked: bool, verdict: &mut Verdict) {
    let told: BTreeMap<_, _> = levels.iter().map(|entry| (&entry.sku, entry.level)).collect();
    for (sku, expected) in expected {
        let level = told.get(sku).copied().unwrap_or_default();
        let par = if restocked { level.par } else { expected.par };
        if level != (StockLevel { par, ..*expected }) {
            verdict.stock_errors += 1;
            verdict.tell(|| format!("stock of {sku} is {level:?} and should be {expected:?}"));
        }
    }
    for sku in told.keys().filter(|sku| !expected.contains_key(**sku)) {
        verdict.stock_errors += 1;
        verdict.tell(|| format!("there is a stock of {sku}, which was neither delivered nor sold"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(on_hand: i32, par: i32) -> StockLevel {
        StockLevel { on_hand: on_hand.into(), par: par.into(), ..StockLevel::default() }
    }

    fn errors(levels: &[(&str, StockLevel)], restocked: bool) -> u64 {
        let expected = BTreeMap::from([("milk".parse().unwrap(), level(5, 20))]);
        let levels: Vec<_> =
            levels.iter().map(|(sku, level)| SkuLevel { sku: sku.parse().unwrap(), level: *level }).collect();
        let mut verdict = Verdict::default();
        compare(&expected, &levels, restocked, &mut verdict);
        verdict.stock_errors
    }

    #[test]
    fn every_difference_is_an_error() {
        assert_eq!(errors(&[("milk", level(5, 20))], false), 0);
        assert_eq!(errors(&[("milk", level(6, 20))], false), 1);
        assert_eq!(errors(&[("milk", level(5, 19))], false), 1);
        assert_eq!(errors(&[], false), 1);
        assert_eq!(errors(&[("milk", level(5, 20)), ("tea", level(1, 1))], false), 1);
    }

    #[test]
    fn par_is_free_where_deliveries_came_in_between() {
        assert_eq!(errors(&[("milk", level(5, 40))], true), 0);
        assert_eq!(errors(&[("milk", level(6, 40))], true), 1);
    }
}
