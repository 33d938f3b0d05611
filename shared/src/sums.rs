//! What receipts come to, summed as they are issued: no total is ever computed again from its parts.

use crate::money::Money;
use crate::payment::{Tender, TenderKind};
use crate::receipt::Receipt;
use crate::tax::TaxLine;
use serde::{Deserialize, Serialize};

/// Sums over receipts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Sums {
    /// What they come to, each taken as if above zero.
    pub absolute: Money,
    /// How many receipts, refunds among them.
    pub receipts: u64,
    /// How many of them are refunds.
    pub refunds: u64,
    /// What rounding to the smallest coin has added to what was paid.
    pub rounding: Money,
    /// What they come to.
    pub takings: Money,
    /// By rate of tax, in the order in which the rates came.
    pub taxes: Vec<TaxLine>,
    /// By means of payment, in the order in which they came; change is taken off what came in cash.
    pub tenders: Vec<Tender>,
}

impl Sums {
    /// Adds a receipt.
    pub fn add(&mut self, receipt: &Receipt) {
        self.absolute = self.absolute.saturating_plus(receipt.total.max(negative(receipt.total)));
        self.receipts += 1;
        self.refunds += u64::from(receipt.refunds.is_some());
        self.rounding = self.rounding.saturating_plus(receipt.rounding);
        self.takings = self.takings.saturating_plus(receipt.total);
        receipt.taxes.iter().for_each(|line| self.tax(line));
        receipt.tenders.iter().for_each(|tender| self.tender(*tender));
        self.tender(Tender { amount: negative(receipt.change), kind: TenderKind::Cash });
    }

    /// Adds what other receipts come to.
    pub fn join(&mut self, others: &Self) {
        self.receipts += others.receipts;
        self.refunds += others.refunds;
        self.join_money(others, |amount| amount);
    }

    /// What has come since these sums were `before`.
    #[must_use]
    pub fn since(&self, before: &Self) -> Self {
        let mut since = self.clone();
        since.receipts = since.receipts.saturating_sub(before.receipts);
        since.refunds = since.refunds.saturating_sub(before.refunds);
        since.join_money(before, negative);
        since.taxes.retain(|line| [line.gross, line.net, line.tax] != [Money::ZERO; 3]);
        since.tenders.retain(|tender| tender.amount != Money::ZERO);
        since
    }

    /// What came in cash, change taken off.
    pub fn cash(&self) -> Money {
        let cash = self.tenders.iter().find(|tender| tender.kind == TenderKind::Cash);
        cash.map_or(Money::ZERO, |tender| tender.amount)
    }

    fn join_money(&mut self, others: &Self, signed: impl Fn(Money) -> Money) {
        self.absolute = self.absolute.saturating_plus(signed(others.absolute));
        self.rounding = self.rounding.saturating_plus(signed(others.rounding));
        self.takings = self.takings.saturating_plus(signed(others.takings));
        for line in &others.taxes {
            let [gross, net, tax] = [line.gross, line.net, line.tax].map(&signed);
            self.tax(&TaxLine { gross, net, tax, rate: line.rate });
        }
        for tender in &others.tenders {
            self.tender(Tender { amount: signed(tender.amount), kind: tender.kind });
        }
    }

    fn tax(&mut self, line: &TaxLine) {
        match self.taxes.iter_mut().find(|sum| sum.rate == line.rate) {
            Some(sum) => {
                sum.gross = sum.gross.saturating_plus(line.gross);
                sum.net = sum.net.saturating_plus(line.net);
                sum.tax = sum.tax.saturating_plus(line.tax);
            }
            None => self.taxes.push(*line),
        }
    }

    fn tender(&mut self, tender: Tender) {
        match self.tenders.iter_mut().find(|sum| sum.kind == tender.kind) {
            Some(sum) => sum.amount = sum.amount.saturating_plus(tender.amount),
            None => self.tenders.push(tender),
        }
    }
}

fn negative(amount: Money) -> Money {
    // The range is the same on both sides of zero.
    Money::ZERO.minus(amount).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receipt::tests::sample;

    fn paid(total: i32, given: i32) -> Receipt {
        let mut receipt = sample("A", total, 1000);
        receipt.tenders = vec![Tender { amount: given.into(), kind: TenderKind::Cash }];
        receipt.change = (given - total).into();
        receipt
    }

    #[test]
    fn sums_are_those_of_the_receipts_and_change_is_no_cash() {
        let mut sums = Sums::default();
        sums.add(&paid(250, 500));
        let mut by_card = paid(100, 100);
        by_card.tenders[0].kind = TenderKind::Card;
        sums.add(&by_card);
        assert_eq!((sums.receipts, sums.takings, sums.cash()), (2, 350.into(), 250.into()));
        assert_eq!(sums.taxes.iter().map(|line| line.gross).collect::<Vec<_>>(), [350.into()]);
    }

    #[test]
    fn cash_is_what_came_in_and_rounding_stands_beside_the_takings() {
        let mut sums = Sums::default();
        let mut rounded = paid(102, 100);
        (rounded.rounding, rounded.change) = ((-2).into(), Money::ZERO);
        sums.add(&rounded);
        assert_eq!((sums.takings, sums.rounding, sums.cash()), (102.into(), (-2).into(), 100.into()));
        assert_eq!(sums.since(&Sums::default()).rounding, (-2).into());
        assert!(sums.since(&sums).rounding.is_zero());
    }

    #[test]
    fn what_came_since_is_the_difference_and_what_did_not_change_is_left_out() {
        let mut sums = Sums::default();
        let mut by_card = paid(100, 100);
        by_card.tenders[0].kind = TenderKind::Card;
        sums.add(&by_card);
        let before = sums.clone();
        sums.add(&paid(250, 500));
        let since = sums.since(&before);
        assert_eq!((since.receipts, since.takings, since.cash()), (1, 250.into(), 250.into()));
        assert_eq!(since.tenders, [Tender { amount: 250.into(), kind: TenderKind::Cash }]);
        assert_eq!(since.taxes[0].gross, 250.into());
        assert_eq!(sums.since(&sums).tenders, []);
    }
}
