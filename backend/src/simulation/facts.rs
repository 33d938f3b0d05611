//! What the world itself knows to have happened, whatever the program makes of it.

use super::model::AlertName;
use shared::chain::Sealed;
use shared::finding::FindingKind;
use shared::ids::{EventId, ReceiptId, RegisterNo, SeriesLetter, Sku, StoreNo};
use shared::notice::{Notice, RegisterDay, SeriesStatus};
use shared::position::Position;
use shared::receipt::Receipt;
use shared::stock::StockLevel;
use shared::time::Day;
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
    pub levels: Last<Sku, StockLevel>,
    pub series: Last<(RegisterNo, SeriesLetter), SeriesStatus>,
    pub days: Last<(Day, RegisterNo), RegisterDay>,
}

impl Told {
    pub fn hear(&mut self, notice: &Notice) {
        let at = notice.position;
        self.position = self.position.max(at);
        self.saved.extend(notice.saved.iter().map(|saved| saved.id));
        self.raised.extend(notice.raised.iter().map(|alert| (alert.raised, alert.sku.clone())));
        self.cleared.extend(notice.cleared.iter().map(|alert| (alert.raised, alert.sku.clone())));
        self.findings.extend(notice.findings.iter().map(|finding| (finding.position, finding.kind)));
        for told in &notice.levels {
            self.levels.hear(at, told.sku.clone(), &told.level);
        }
        for series in &notice.series {
            self.series.hear(at, (series.register, series.letter.clone()), series);
        }
        for day in &notice.days {
            self.days.hear(at, (day.day, day.register), day);
        }
    }
}

/// What was told last of each of several things, by the positions of the notices.
#[derive(Debug)]
pub struct Last<K, V>(BTreeMap<K, (Position, V)>);

impl<K, V> Default for Last<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord, V: Clone> Last<K, V> {
    fn hear(&mut self, at: Position, key: K, value: &V) {
        if self.0.get(&key).is_none_or(|(heard_at, _)| *heard_at <= at) {
            self.0.insert(key, (at, value.clone()));
        }
    }

    pub fn of(&self, key: &K) -> Option<&V> {
        self.0.get(key).map(|(_, value)| value)
    }
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
