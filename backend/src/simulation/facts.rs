//! What the world itself knows to have happened, whatever the program makes of it.

use super::model::AlertName;
use shared::chain::Sealed;
use shared::finding::FindingKind;
use shared::ids::{EventId, ReceiptId, StoreNo};
use shared::position::Position;
use shared::receipt::Receipt;
use std::collections::{BTreeMap, BTreeSet};

/// What the intake has to find wrong with a receipt, and what it may.
#[derive(Debug, Clone, Default)]
pub struct Wrong {
    pub must: BTreeSet<FindingKind>,
    pub may: BTreeSet<FindingKind>,
}

impl Wrong {
    /// What has to be found, come what may.
    pub fn surely(kinds: impl IntoIterator<Item = FindingKind>) -> Self {
        Self { must: kinds.into_iter().collect(), may: BTreeSet::new() }
    }

    /// Whether these flags are right.
    pub fn fits(&self, flags: &BTreeSet<FindingKind>) -> bool {
        self.must.is_subset(flags) && flags.iter().all(|flag| self.must.contains(flag) || self.may.contains(flag))
    }
}

/// What a store's pages have been told, all in all.
#[derive(Debug, Default)]
pub struct Told {
    pub position: Position,
    pub saved: BTreeSet<ReceiptId>,
    pub raised: BTreeSet<AlertName>,
    pub cleared: BTreeSet<AlertName>,
    pub findings: BTreeSet<(Position, FindingKind)>,
}

/// All of it.
#[derive(Default)]
pub struct Facts {
    /// Every receipt that somebody signed, by its bytes.
    made: BTreeMap<Vec<u8>, Wrong>,
    /// Those that tills issued, in the order of their issue.
    pub issued: Vec<Sealed<Receipt>>,
    /// What a till or a manager was told to be in the log.
    pub acknowledged: BTreeSet<(StoreNo, EventId)>,
    pub told: BTreeMap<StoreNo, Told>,
}

impl Facts {
    /// A receipt comes into the world with this wrong about it.
    pub fn make(&mut self, receipt: &Sealed<Receipt>, wrong: Wrong) {
        self.made.insert(serde_json::to_vec(receipt).unwrap(), wrong);
    }

    /// What is wrong with a receipt; nothing of one that nobody whose word counts has made.
    pub fn wrong(&self, receipt: &Sealed<Receipt>) -> Option<&Wrong> {
        self.made.get(&serde_json::to_vec(receipt).unwrap())
    }
}
