//! The ledger of a store, with what it writes and nothing else around it.

use crate::ledger::StoreLedger;
use crate::ledger::day::days_of;
use crate::store::StoreError;
use crate::store::projections::{Projected, ProjectionKind};
use crate::store::receipts::SaveOutcome;
use shared::event::Recorded;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// A ledger that keeps its documents in memory, as a saver keeps them in the store.
#[derive(Debug, Clone)]
pub struct Ledger {
    ledger: StoreLedger,
    documents: BTreeMap<(ProjectionKind, String), Projected>,
}

impl Ledger {
    /// The ledger of a store without history.
    pub fn new(store: StoreNo) -> Self {
        Self { ledger: StoreLedger::new(store), documents: BTreeMap::new() }
    }

    /// Takes a record that was saved for the first time.
    ///
    /// # Errors
    ///
    /// The document that the ledger has written and cannot read, in words.
    pub fn take(&mut self, record: &Recorded) -> Result<(), String> {
        for day in days_of(record) {
            match self.documents.get(&(ProjectionKind::Day, day.to_string())) {
                _ if self.ledger.has_day(day) => {}
                Some(figures) => self.ledger.load(figures).map_err(told)?,
                None => self.ledger.open_day(day),
            }
        }
        self.ledger.take(record, SaveOutcome::First);
        Ok(())
    }

    /// What the pages are told since the last time.
    pub fn notice(&mut self, saved_at: Timestamp) -> Notice {
        self.ledger.take_draft().notice(&self.ledger, saved_at, 0)
    }

    /// Writes every document that changed.
    ///
    /// # Errors
    ///
    /// The document that cannot be written, in words.
    pub fn checkpoint(&mut self) -> Result<(), String> {
        for document in self.ledger.dirty().map_err(told)? {
            self.documents.insert((document.kind, document.id.clone()), document);
        }
        self.ledger.mark_clean();
        self.ledger.let_go();
        Ok(())
    }

    /// The ledger of a saver that takes over: it knows what was written, and no more.
    ///
    /// # Errors
    ///
    /// The document that cannot be read, in words.
    pub fn taken_over(&self) -> Result<Self, String> {
        let mut next = Self { ledger: StoreLedger::new(self.ledger.store()), documents: self.documents.clone() };
        let documents = self.documents.values().filter(|document| document.kind != ProjectionKind::Day);
        for document in documents {
            next.ledger.load(document).map_err(told)?;
        }
        Ok(next)
    }

    /// The JSON of every document that was written, by kind and name.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &str, &[u8])> {
        self.documents.iter().map(|((kind, id), document)| (kind.as_str(), &**id, &*document.body))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "maps the error of a result")]
fn told(error: StoreError) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::Ledger;
    use crate::testing::{Till, delivery, in_order, sale, second, store};

    #[test]
    fn whoever_takes_over_ends_where_the_first_ends() {
        let mut till = Till::new(1, 1);
        let mut events = vec![delivery(1, &[("A", 10)])];
        events.extend((0..10).map(|_| sale(&till.sell(&[("A", 1)]))));
        let records = in_order(events);
        let (mut first, mut half) = (Ledger::new(store(1)), Ledger::new(store(1)));
        for record in &records {
            first.take(record).unwrap();
        }
        for record in &records[..5] {
            half.take(record).unwrap();
        }
        half.checkpoint().unwrap();
        let mut second_saver = half.taken_over().unwrap();
        for record in &records[5..] {
            second_saver.take(record).unwrap();
        }
        assert_eq!(first.notice(second(0)).levels, second_saver.notice(second(0)).levels);
        for ledger in [&mut first, &mut second_saver] {
            ledger.checkpoint().unwrap();
        }
        assert!(first.documents().eq(second_saver.documents()));
        assert!(first.documents().any(|(kind, _, _)| kind == "day"));
    }
}
