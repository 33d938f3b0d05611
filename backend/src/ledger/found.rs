//! What is found wrong with records: each of a record and a kind once.

use super::StoreLedger;
use shared::event::{Event, Recorded};
use shared::finding::{Finding, FindingKind};

impl StoreLedger {
    pub(super) fn find(&mut self, record: &Recorded, kind: FindingKind, detail: String) {
        let finding = self.finding(record, kind, detail);
        self.keep_finding(finding);
    }

    pub(super) fn finding(&self, record: &Recorded, kind: FindingKind, detail: String) -> Finding {
        Finding {
            store: self.store,
            position: record.position,
            kind,
            event: Some(record.event.id()),
            journal: matches!(record.event, Event::Journal(_)),
            detail,
            at: record.accepted_at,
        }
    }

    /// A finding is named by record and kind: of two the first is kept. They are kept, and so written, in the order of their
    /// names, so that whoever reads them one after the other misses none.
    pub(super) fn keep_finding(&mut self, finding: Finding) {
        let name = |finding: &Finding| (finding.position, finding.kind);
        let Err(place) = self.findings.binary_search_by_key(&name(&finding), name) else { return };
        self.draft.findings.push(finding.clone());
        self.findings.insert(place, finding);
    }
}
