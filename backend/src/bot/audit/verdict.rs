//! What an audit found.

use shared::ids::StoreNo;

/// Counts of what is wrong, and the first of it in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// See [`crate::bot::report::Report::lost`].
    pub lost: u64,
    /// See [`crate::bot::report::Report::duplicated`].
    pub duplicated: u64,
    /// See [`crate::bot::report::Report::gaps`].
    pub gaps: u64,
    /// See [`crate::bot::report::Report::stock_errors`].
    pub stock_errors: u64,
    /// See [`crate::bot::report::Report::alerts_raised`].
    pub alerts_raised: u64,
    /// See [`crate::bot::report::Report::alerts_missed`].
    pub alerts_missed: u64,
    /// The first of what is wrong, in words.
    pub faults: Vec<String>,
}

impl Verdict {
    /// How many faults are told in words; counters tell the rest.
    const TOLD: usize = 20;

    /// Whether nothing is wrong.
    pub const fn is_clean(&self) -> bool {
        self.lost + self.duplicated + self.gaps + self.stock_errors + self.alerts_missed == 0 && self.faults.is_empty()
    }

    /// Says what is wrong.
    pub fn tell(&mut self, what: impl FnOnce() -> String) {
        if self.faults.len() < Self::TOLD {
            self.faults.push(what());
        }
    }

    /// Takes another verdict into this one.
    pub fn add(&mut self, other: Self) {
        self.lost += other.lost;
        self.duplicated += other.duplicated;
        self.gaps += other.gaps;
        self.stock_errors += other.stock_errors;
        self.alerts_raised += other.alerts_raised;
        self.alerts_missed += other.alerts_missed;
        other.faults.into_iter().for_each(|fault| self.tell(|| fault));
    }

    /// The same verdict, whose words name the store.
    #[must_use]
    pub fn in_store(mut self, store: StoreNo) -> Self {
        for fault in &mut self.faults {
            *fault = format!("store {store}: {fault}");
        }
        self
    }
}
