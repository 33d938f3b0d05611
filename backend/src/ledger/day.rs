//! The figures of one business day, kept as receipts arrive so that a closing reads one document.

use serde::{Deserialize, Serialize};
use shared::event::{Event, Recorded};
use shared::ids::RegisterNo;
use shared::money::Money;
use shared::mutant::Mutant;
use shared::notice::RegisterDay;
use shared::payment::TenderKind;
use shared::receipt::Receipt;
use shared::tax::TaxRate;
use shared::time::Day;
use std::collections::BTreeMap;

/// Sums of the receipts' own rounded tax figures; they are never computed again from a total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxSums {
    /// Net.
    pub net: Money,
    /// Tax.
    pub tax: Money,
    /// Gross.
    pub gross: Money,
}

/// What one register took.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterFigures {
    /// How many receipts.
    pub receipts: u64,
    /// What rounding to the smallest coin has added to what was paid.
    #[serde(default)]
    pub rounding: Money,
    /// Their sum.
    pub takings: Money,
    /// By rate of tax.
    pub taxes: BTreeMap<TaxRate, TaxSums>,
    /// By means of payment, change taken off.
    pub tenders: BTreeMap<TenderKind, Money>,
}

/// The figures of a store's business day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// The day.
    pub day: Day,
    /// What each register took.
    pub registers: BTreeMap<RegisterNo, RegisterFigures>,
    /// The takings of each hour on the wall, 0 to 23.
    pub hours: Vec<Money>,
}

/// The days that a record may count in, where it is a sale. Their figures have to be loaded before it is taken. Business
/// days start before noon, so that it is the date on the wall or the one before, whatever the cut-off.
pub fn days_of(record: &Recorded) -> impl Iterator<Item = Day> + use<> {
    let date = match &record.event {
        Event::Receipt(receipt) => Some(receipt.body.issued_at.local_day()),
        _ => None,
    };
    date.into_iter().flat_map(|date| [date, date.plus_days(-1)])
}

impl DayFigures {
    /// A day without sales.
    pub fn new(day: Day) -> Self {
        Self { day, registers: BTreeMap::new(), hours: vec![Money::ZERO; 24] }
    }

    /// Adds a receipt.
    pub fn add(&mut self, receipt: &Receipt) {
        self.registers.entry(receipt.register).or_default().add(receipt);
        if let Some(hour) = self.hours.get_mut(usize::from(receipt.issued_at.local_hour()))
            && !Mutant::HoursStandStill.is_on()
        {
            *hour = hour.saturating_plus(receipt.total);
        }
    }

    /// What the pages are told of every register.
    pub fn register_days(&self) -> Vec<RegisterDay> {
        self.registers.keys().filter_map(|&register| self.register_day(register)).collect()
    }

    /// What the pages are told of one register.
    pub fn register_day(&self, register: RegisterNo) -> Option<RegisterDay> {
        let figures = self.registers.get(&register)?;
        Some(RegisterDay { register, day: self.day, receipts: figures.receipts, takings: figures.takings })
    }
}

impl RegisterFigures {
    fn add(&mut self, receipt: &Receipt) {
        self.receipts += 1;
        if !Mutant::RoundingDropped.is_on() {
            self.rounding = self.rounding.saturating_plus(receipt.rounding);
        }
        self.takings = self.takings.saturating_plus(receipt.total);
        for line in &receipt.taxes {
            let sums = self.taxes.entry(line.rate).or_default();
            sums.net = sums.net.saturating_plus(line.net);
            sums.tax = sums.tax.saturating_plus(line.tax);
            sums.gross = sums.gross.saturating_plus(line.gross);
        }
        for tender in &receipt.tenders {
            self.tender(tender.kind, tender.amount);
        }
        if let Ok(back) = Money::ZERO.minus(receipt.change)
            && !Mutant::ChangeKept.is_on()
        {
            self.tender(TenderKind::Cash, back);
        }
    }

    fn tender(&mut self, kind: TenderKind, amount: Money) {
        if amount != Money::ZERO {
            let sum = self.tenders.entry(kind).or_default();
            *sum = sum.saturating_plus(amount);
        }
    }
}
