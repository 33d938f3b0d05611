//! What has to hold at every step: what is appended, committed and let go of.

use super::super::world::World;
use super::{Held, Invariant, must};
use crate::ledger::changes::SETTINGS_ID;
use crate::log::LogError;
use crate::model::register::{self, RegisterDocument};
use crate::store::dead_letters::LetterId;
use crate::store::projections::ProjectionKind;
use shared::chain::Sealed;
use shared::event::{Event, Recorded};
use shared::finding::FindingKind;
use shared::ids::{EventId, StoreNo};
use shared::receipt::Receipt;
use shared::time::Timestamp;
use std::collections::BTreeSet;

/// Within what time every web tier knows what has changed in a store: as old as its view may get, and a moment.
const OUTDATED: jiff::SignedDuration = jiff::SignedDuration::from_secs(7);

impl World {
    /// A record is on disk: it is a fact from here on.
    pub fn appended(&self, record: &Recorded) {
        self.hold(self.check_flags(record));
        self.model().of(record.store).take(record);
    }

    fn check_flags(&self, record: &Recorded) -> Held {
        let Event::Receipt(receipt) = &record.event else { return Ok(()) };
        let facts = self.facts();
        let place = || format!("{} in store {}", receipt.body.id, record.store);
        let wrong = facts.wrong(receipt);
        must(Invariant::OnlyWhatWasSignedIsTaken, wrong.is_some(), place)?;
        let mut flags: BTreeSet<FindingKind> = record.flags.iter().copied().collect();
        let replaced = self.replaced(receipt);
        let is_flagged = replaced.is_some() && flags.remove(&FindingKind::ReplacedKey);
        let is_overdue = replaced.is_some_and(|at| self.has_to_be_known(at, record.accepted_at));
        let fits = wrong.is_some_and(|wrong| wrong.fits(&flags)) && (is_flagged || !is_overdue);
        must(Invariant::ForgedAndForkedIsFlaggedAndNothingElse, fits, || {
            format!("{}: {flags:?} instead of {wrong:?}", place())
        })
    }

    /// When the series by whose key a receipt is signed was replaced, if that was before its issue.
    fn replaced(&self, receipt: &Sealed<Receipt>) -> Option<Timestamp> {
        let body = &receipt.body;
        let found = self.tables().get("register", &register::id(body.store, body.register))?;
        let register: RegisterDocument = serde_json::from_slice(&found.body?).ok()?;
        let entry = register.series(&body.series)?;
        let replaced_at = entry.replaced_at.filter(|at| body.issued_at.timestamp() > *at)?;
        receipt.is_signed_by(&entry.public_key).then_some(replaced_at)
    }

    /// Whether every web tier knows at `accepted_at` what has changed at `at`, as long as clocks do not jump.
    fn has_to_be_known(&self, at: Timestamp, accepted_at: Timestamp) -> bool {
        self.is_store_sound() && self.plan.has_even_time() && accepted_at.duration_since(at) > OUTDATED
    }

    /// A till or a manager was told that this is in the log.
    pub fn acknowledged(&self, store: StoreNo, ids: impl IntoIterator<Item = EventId>) {
        for id in ids {
            let is_there = self.model().of(store).firsts.contains_key(&id);
            self.hold(must(Invariant::AcceptedIsInTheLog, is_there, || format!("{id} in store {store}")));
            self.facts().acknowledged.insert((store, id));
        }
    }

    /// A saver says that it is done with everything up to `offset`.
    ///
    /// # Errors
    ///
    /// The partition is another saver's by now.
    pub fn commit(&self, partition: usize, generation: u64, offset: u64) -> Result<(), LogError> {
        let mut cluster = self.cluster();
        let no = u32::try_from(partition).unwrap();
        let partition = &mut cluster.partitions[partition];
        if partition.generation != generation {
            return Err(LogError::Lost);
        }
        let fresh = usize::try_from(partition.committed).unwrap()..usize::try_from(offset).unwrap();
        for entry in partition.entries.get(fresh).unwrap_or_default() {
            let (store, position) = (entry.record.store, entry.record.position);
            self.hold(self.check_committed(store.unwrap(), LetterId { position, partition: no }, entry.meant.as_ref()));
        }
        partition.committed = partition.committed.max(offset);
        Ok(())
    }

    fn check_committed(&self, store: StoreNo, at: LetterId, record: Option<&Recorded>) -> Held {
        let position = at.position;
        let place = || format!("{position} of store {store}");
        let tables = self.tables();
        let is_kept = match record {
            Some(record) => tables.records.contains_key(&(store, record.event.id())),
            None => tables.letters.contains_key(&at),
        };
        must(Invariant::SavedBeforeCommitted, is_kept, place)?;
        let settings = tables.projections.get(&(ProjectionKind::Settings, store, SETTINGS_ID.to_owned()));
        let is_written = settings.is_some_and(|settings| settings.position >= position);
        must(Invariant::WrittenBeforeCommitted, is_written, place)?;
        let is_told = self.facts().told.get(&store).is_some_and(|told| told.position >= position);
        must(Invariant::ToldBeforeCommitted, is_told, place)
    }

    /// A till lets go of a receipt.
    pub fn let_go(&self, receipt: &Receipt) {
        let is_saved = self.tables().receipt_of(receipt.store, receipt.id).is_some_and(|saved| saved.body == *receipt);
        self.hold(must(Invariant::TillKeepsWhatIsNotSaved, is_saved, || receipt.id.to_string()));
    }
}
