//! What the next notice of a store will say.

use super::StoreLedger;
use shared::finding::Finding;
use shared::ids::{RegisterNo, SeriesLetter, Sku};
use shared::mutant::Mutant;
use shared::notice::{Alert, Notice, Saved, SkuLevel};
use shared::position::Position;
use shared::time::{Day, Timestamp};
use std::collections::BTreeSet;

/// What happened since the last notice; absolute values are looked up when it is written.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The last record.
    pub position: Position,
    /// The receipts that were saved, or that came again.
    pub saved: Vec<Saved>,
    /// The products whose level changed.
    pub levels: BTreeSet<Sku>,
    /// The alerts that were raised.
    pub raised: Vec<Alert>,
    /// The alerts that were cleared.
    pub cleared: Vec<Alert>,
    /// The series that grew.
    pub series: BTreeSet<(RegisterNo, SeriesLetter)>,
    /// The days that grew.
    pub days: BTreeSet<(Day, RegisterNo)>,
    /// What was found wrong.
    pub findings: Vec<Finding>,
}

impl Draft {
    /// Writes the notice with the values that the ledger holds.
    pub fn notice(self, ledger: &StoreLedger, saved_at: Timestamp, backlog: u64) -> Notice {
        let is_told = |untold: Mutant| !untold.is_on();
        let level = |sku: Sku| Some(SkuLevel { level: ledger.level(&sku)?, sku });
        Notice {
            store: ledger.store(),
            position: self.position,
            saved_at,
            backlog,
            saved: self.saved,
            levels: self.levels.into_iter().filter(|_| is_told(Mutant::LevelsUntold)).filter_map(level).collect(),
            raised: self.raised,
            cleared: self.cleared,
            series: self
                .series
                .iter()
                .filter(|_| is_told(Mutant::SeriesUntold))
                .filter_map(|key| Some(ledger.series(key)?.status()))
                .collect(),
            days: self
                .days
                .iter()
                .filter(|_| is_told(Mutant::DaysUntold))
                .filter_map(|(day, register)| ledger.day(*day)?.register_day(*register))
                .collect(),
            findings: self.findings,
        }
    }
}
