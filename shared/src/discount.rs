//! Discounts: what a line or a whole basket is reduced by, kept as entries of their own.

use crate::ids::LineNo;
use crate::money::{Money, OutOfRange, div_round};
use crate::tax::TaxRate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A part of a price in basis points, 1 to 10,000: 10 % is 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u16", into = "u16")]
pub struct Percent(u16);

/// A percentage of nothing, or of more than everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a discount in percent is 1 to 10000 basis points")]
pub struct InvalidPercent;

impl Percent {
    /// The part in basis points.
    pub const fn basis_points(self) -> u16 {
        self.0
    }

    /// The part of a sum, rounded half away from zero.
    fn of(self, sum: Money) -> Result<Money, OutOfRange> {
        Money::try_from(div_round(i128::from(sum.minor()) * i128::from(self.0), 10_000))
    }
}

impl TryFrom<u16> for Percent {
    type Error = InvalidPercent;

    fn try_from(basis_points: u16) -> Result<Self, InvalidPercent> {
        (1..=10_000).contains(&basis_points).then_some(Self(basis_points)).ok_or(InvalidPercent)
    }
}

impl From<Percent> for u16 {
    fn from(percent: Percent) -> Self {
        percent.0
    }
}

/// How something is reduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// By a part of what it costs.
    Percent(Percent),
    /// By an amount, above zero.
    Amount(Money),
}

impl Reduction {
    /// Whether a sum can be reduced so: by more than nothing, and by no more than all of it.
    pub fn fits(self, sum: Money) -> bool {
        match self {
            Self::Percent(_) => true,
            Self::Amount(amount) => amount > Money::ZERO && amount <= sum,
        }
    }

    /// What it takes off a sum: never more than there is.
    pub fn taken_off(self, sum: Money) -> Result<Money, OutOfRange> {
        let sum = sum.max(Money::ZERO);
        match self {
            Self::Percent(percent) => percent.of(sum),
            Self::Amount(amount) => Ok(amount.clamp(Money::ZERO, sum)),
        }
    }
}

/// A discount on a receipt: an entry of its own beside the lines, which keep their full totals.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Discount {
    /// What it adds to the total: below zero on a sale; above zero on a refund, where it was not paid either.
    pub amount: Money,
    /// The line that it reduces, by its place on the receipt counted from 1; the whole basket where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineNo>,
    /// The part that was taken off, in basis points, where it was not given as an amount. Of a basket it is a part of
    /// what is left after the discounts on its lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
}

impl Discount {
    /// What a reduction takes off a sum.
    pub fn of(reduction: Reduction, sum: Money, line: Option<LineNo>) -> Result<Self, OutOfRange> {
        let percent = match reduction {
            Reduction::Percent(percent) => Some(percent),
            Reduction::Amount(_) => None,
        };
        Ok(Self { amount: Money::ZERO.minus(reduction.taken_off(sum)?)?, line, percent })
    }

    fn reduction(&self) -> Result<Reduction, OutOfRange> {
        let amount = || Money::ZERO.minus(self.amount).map(Reduction::Amount);
        self.percent.map_or_else(amount, |percent| Ok(Reduction::Percent(percent)))
    }
}

/// A line as far as discounts go: its rate, its full total, and how it is reduced.
pub type Reducible = (TaxRate, Money, Option<Reduction>);

/// The discounts of lines that are reduced one by one, and of what is left of them all. Those that take nothing off are
/// left out.
pub fn discounts(
    lines: impl IntoIterator<Item = Reducible>,
    whole: Option<Reduction>,
) -> Result<Vec<Discount>, OutOfRange> {
    let (mut found, mut left) = (Vec::new(), Money::ZERO);
    let mut place = Some(LineNo::FIRST);
    for (_, total, reduction) in lines {
        left = left.plus(total)?;
        if let Some(reduction) = reduction {
            let discount = Discount::of(reduction, total, place)?;
            left = left.plus(discount.amount)?;
            found.push(discount);
        }
        place = place.and_then(LineNo::next);
    }
    if let Some(reduction) = whole {
        found.push(Discount::of(reduction, left, None)?);
    }
    found.retain(|discount| discount.amount != Money::ZERO);
    Ok(found)
}

/// What lines given as (rate, full total) come to at each rate once they are reduced; nothing where a discount names no
/// line, stands twice, or takes off something else than it says.
pub fn reduced(lines: &[(TaxRate, Money)], discounts: &[Discount]) -> Option<BTreeMap<TaxRate, Money>> {
    let mut reductions = vec![None; lines.len()];
    let mut whole = None;
    for discount in discounts {
        let place = match discount.line {
            Some(line) => reductions.get_mut(place_of(line)?)?,
            None => &mut whole,
        };
        if place.replace(discount.reduction().ok()?).is_some() {
            return None;
        }
    }
    let again = lines.iter().zip(&reductions).map(|((rate, total), reduction)| (*rate, *total, *reduction));
    (self::discounts(again, whole).ok()? == discounts).then_some(())?;
    by_rate(lines, discounts).ok()
}

/// What lines come to at each rate, less their discounts; one on the whole basket is shared among the rates.
pub(crate) fn by_rate(
    lines: &[(TaxRate, Money)],
    discounts: &[Discount],
) -> Result<BTreeMap<TaxRate, Money>, OutOfRange> {
    let mut sums = BTreeMap::<TaxRate, Money>::new();
    let of_line = |discount: &Discount| lines.get(place_of(discount.line?)?).map(|(rate, _)| (*rate, discount.amount));
    for (rate, amount) in lines.iter().copied().chain(discounts.iter().filter_map(of_line)) {
        let sum = sums.entry(rate).or_default();
        *sum = sum.plus(amount)?;
    }
    for whole in discounts.iter().filter(|discount| discount.line.is_none()) {
        share(whole.amount, &mut sums)?;
    }
    Ok(sums)
}

/// Where a line stands in a list, counted from 0.
pub fn place_of(line: LineNo) -> Option<usize> {
    usize::try_from(line.get()).ok()?.checked_sub(1)
}

/// Shares an amount below zero among sums in proportion to them. Each gets its part rounded towards zero; the cents that
/// are left go to the largest remainders, among equals to the lowest rate: a few rates, picked one by one, since a sort
/// would weigh some kilobytes in the page.
fn share(amount: Money, sums: &mut BTreeMap<TaxRate, Money>) -> Result<(), OutOfRange> {
    let whole: i128 = sums.values().map(|sum| i128::from(sum.minor())).sum();
    if whole <= 0 {
        return Ok(());
    }
    let (mut left, mut remainders) = (-i128::from(amount.minor()), Vec::new());
    let to_share = left;
    for (rate, sum) in &mut *sums {
        let exact = to_share * i128::from(sum.minor());
        remainders.push((exact % whole, *rate));
        left -= exact / whole;
        *sum = sum.minus(Money::try_from(exact / whole)?)?;
    }
    for _ in 0..left {
        let largest = remainders.iter_mut().max_by_key(|(remainder, rate)| (*remainder, std::cmp::Reverse(*rate)));
        let Some((remainder, rate)) = largest else { return Ok(()) };
        // Each gets one at most: fewer cents are left than there are rates.
        *remainder = -1;
        if let Some(sum) = sums.get_mut(rate) {
            *sum = sum.minus(1.into())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(basis_points: u16) -> TaxRate {
        basis_points.try_into().unwrap()
    }

    fn percent(basis_points: u16) -> Reduction {
        Reduction::Percent(basis_points.try_into().unwrap())
    }

    #[test]
    fn a_percentage_is_of_something_and_of_no_more_than_all() {
        for wrong in [0, 10_001] {
            assert_eq!(Percent::try_from(wrong), Err(InvalidPercent));
        }
        assert!(percent(10_000).fits(Money::ZERO));
        assert!(Reduction::Amount(5.into()).fits(5.into()));
        assert!(!Reduction::Amount(6.into()).fits(5.into()) && !Reduction::Amount(Money::ZERO).fits(5.into()));
    }

    #[test]
    fn lines_come_first_and_the_basket_takes_its_part_of_what_is_left() {
        let lines = [(rate(550), 1000.into(), Some(percent(1000))), (rate(2000), 500.into(), None)];
        let found = discounts(lines, Some(percent(5000))).unwrap();
        let amounts: Vec<_> = found.iter().map(|d| (d.line.map(LineNo::get), d.amount.minor())).collect();
        assert_eq!(amounts, [(Some(1), -100), (None, -700)]);
        let sums = reduced(&[(rate(550), 1000.into()), (rate(2000), 500.into())], &found).unwrap();
        assert_eq!(sums.values().map(|sum| sum.minor()).collect::<Vec<_>>(), [450, 250]);
    }

    #[test]
    fn the_cents_that_are_left_go_to_the_largest_remainders() {
        let lines = [(rate(0), 100.into(), None), (rate(550), 100.into(), None), (rate(2000), 101.into(), None)];
        let found = discounts(lines, Some(Reduction::Amount(100.into()))).unwrap();
        let sums = by_rate(&lines.map(|(rate, total, _)| (rate, total)), &found).unwrap();
        assert_eq!(sums.values().map(|sum| sum.minor()).collect::<Vec<_>>(), [67, 67, 67]);
    }

    #[test]
    fn an_amount_takes_no_more_than_there_is() {
        let found = discounts([(rate(550), 30.into(), Some(Reduction::Amount(50.into())))], None).unwrap();
        assert_eq!(found[0].amount.minor(), -30);
        assert!(discounts([(rate(550), 0.into(), Some(percent(1000)))], None).unwrap().is_empty());
    }

    #[test]
    fn what_takes_off_something_else_than_it_says_is_found() {
        let lines = [(rate(550), 1000.into()), (rate(2000), 500.into())];
        let entry = |line: Option<u64>, percent: Option<u16>, amount: i32| Discount {
            amount: amount.into(),
            line: line.map(|line| line.try_into().unwrap()),
            percent: percent.map(|percent| percent.try_into().unwrap()),
        };
        assert!(reduced(&lines, &[entry(Some(1), Some(1000), -100), entry(None, None, -700)]).is_some());
        let wrong = [
            vec![entry(Some(3), None, -1)],
            vec![entry(Some(1), Some(1000), -101)],
            vec![entry(Some(1), None, -1001)],
            vec![entry(Some(1), None, 1)],
            vec![entry(None, None, 0)],
            vec![entry(None, None, -1501)],
            vec![entry(Some(1), None, -1), entry(Some(1), None, -1)],
            vec![entry(None, None, -1), entry(None, None, -1)],
        ];
        for discounts in wrong {
            assert_eq!(reduced(&lines, &discounts), None, "{discounts:?}");
        }
    }

    fn some_reduction() -> impl Strategy<Value = Option<Reduction>> {
        prop_oneof![
            Just(None),
            (1_u16..=10_000).prop_map(|basis_points| Some(percent(basis_points))),
            (1_i32..200_000).prop_map(|amount| Some(Reduction::Amount(amount.into()))),
        ]
    }

    proptest! {
        #[test]
        fn the_rates_come_to_the_lines_less_the_discounts(
            lines in prop::collection::vec((prop::sample::select(vec![0_u16, 210, 550, 1000, 2000]), 0_i32..100_000, some_reduction()), 0..30),
            whole in some_reduction(),
        ) {
            let lines: Vec<Reducible> = lines.into_iter().map(|(at, total, by)| (rate(at), total.into(), by)).collect();
            let found = discounts(lines.iter().copied(), whole).unwrap();
            let full: Vec<_> = lines.iter().map(|(rate, total, _)| (*rate, *total)).collect();
            let sums = reduced(&full, &found).expect("what is computed is what is found right");
            let (lines, off) = (full.iter().map(|(_, total)| *total), found.iter().map(|discount| discount.amount));
            prop_assert_eq!(Money::total(sums.values().copied()), Money::total(lines.chain(off)));
            prop_assert!(sums.values().all(|sum| *sum >= Money::ZERO));
        }
    }
}
