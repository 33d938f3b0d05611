//! A series whose records are read.

use super::progress::Progress;
use super::{Chain, Holds};
use crate::chain::{Hash, PublicKey};
use crate::closing::Periods;

/// A series with its two chains.
#[derive(Debug)]
pub(super) struct Series {
    pub(super) key: PublicKey,
    pub(super) periods: Periods,
    receipts: (Progress, Holds),
    journal: (Progress, Holds),
}

impl Series {
    /// A series before its first record. Its first receipt has to name `prev`.
    pub(super) fn new(key: PublicKey, prev: Hash) -> Self {
        let [receipts, journal] = [prev, Hash::GENESIS].map(|root| (Progress::from_root(root), Holds::default()));
        Self { key, periods: Periods::default(), receipts, journal }
    }

    /// How far a chain has got.
    pub(super) const fn chain(&self, chain: Chain) -> &Progress {
        match chain {
            Chain::Receipts => &self.receipts.0,
            Chain::Journal => &self.journal.0,
        }
    }

    /// What stands there of a chain that can be read.
    pub(super) const fn holds(&self, chain: Chain) -> &Holds {
        match chain {
            Chain::Receipts => &self.receipts.1,
            Chain::Journal => &self.journal.1,
        }
    }

    /// Both, to go on.
    pub(super) const fn chain_mut(&mut self, chain: Chain) -> &mut (Progress, Holds) {
        match chain {
            Chain::Receipts => &mut self.receipts,
            Chain::Journal => &mut self.journal,
        }
    }
}
