//! What the receipts of a day come to, added up one by one.

use crate::ledger::day::RegisterFigures;
use shared::payment::TenderKind;
use shared::receipt::Receipt;
use shared::tax::TaxRate;
use std::collections::BTreeMap;

/// What one register took on one day, in minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Takings {
    pub rounding: i64,
    /// Net, tax and gross.
    pub rates: BTreeMap<TaxRate, [i64; 3]>,
    /// Without what was given back as change.
    pub tenders: BTreeMap<TenderKind, i64>,
}

impl Takings {
    pub fn add(&mut self, receipt: &Receipt) {
        self.rounding += receipt.rounding.minor();
        for line in &receipt.taxes {
            let sums = self.rates.entry(line.rate).or_default();
            for (sum, amount) in sums.iter_mut().zip([line.net, line.tax, line.gross]) {
                *sum += amount.minor();
            }
        }
        for tender in &receipt.tenders {
            *self.tenders.entry(tender.kind).or_default() += tender.amount.minor();
        }
        *self.tenders.entry(TenderKind::Cash).or_default() -= receipt.change.minor();
        self.tenders.retain(|_, sum| *sum != 0);
    }
}

impl From<&RegisterFigures> for Takings {
    fn from(figures: &RegisterFigures) -> Self {
        let rates = figures.taxes.iter().map(|(rate, it)| (*rate, [it.net.minor(), it.tax.minor(), it.gross.minor()]));
        let tenders = figures.tenders.iter().map(|(kind, sum)| (*kind, sum.minor()));
        let tenders = tenders.filter(|(_, sum)| *sum != 0).collect();
        Self { rounding: figures.rounding.minor(), rates: rates.collect(), tenders }
    }
}

/// The hour on the wall at which a receipt was paid.
pub fn hour(receipt: &Receipt) -> usize {
    let minutes = receipt.issued_at.unix_millis() / 60_000 + super::super::wall::AHEAD_OF_UTC;
    usize::try_from(minutes / 60 % 24).unwrap()
}
