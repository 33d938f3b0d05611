//! What has to hold at every step: what is appended, told, committed and let go of.

use super::super::world::World;
use super::{Held, Invariant, must};
use crate::ledger::changes::SETTINGS_ID;
use crate::log::LogError;
use crate::model::register::{self, RegisterDocument};
use crate::store::projections::ProjectionKind;
use shared::event::{Event, Recorded};
use shared::finding::FindingKind;
use shared::ids::{EventId, StoreNo};
use shared::notice::{Notice, SeriesStatus};
use shared::position::Position;
use shared::ranges::Ranges;
use shared::receipt::Receipt;
use std::collections::BTreeSet;

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
        if flags.contains(&FindingKind::ReplacedKey) && self.is_replaced(&receipt.body) {
            flags.remove(&FindingKind::ReplacedKey);
        }
        let fits = wrong.is_some_and(|wrong| wrong.fits(&flags));
        must(Invariant::ForgedAndForkedIsFlaggedAndNothingElse, fits, || {
            format!("{}: {flags:?} instead of {wrong:?}", place())
        })
    }

    /// Whether a receipt was issued after its series was replaced.
    fn is_replaced(&self, body: &Receipt) -> bool {
        let found = self.tables().get("register", &register::id(body.store, body.register));
        let document = found.and_then(|found| found.body);
        let register: Option<RegisterDocument> = document.and_then(|body| serde_json::from_slice(&body).ok());
        let replaced_at = register.and_then(|register| register.series(&body.series)?.replaced_at);
        replaced_at.is_some_and(|at| body.issued_at.timestamp() > at)
    }

    /// A till or a manager was told that this is in the log.
    pub fn acknowledged(&self, store: StoreNo, ids: impl IntoIterator<Item = EventId>) {
        for id in ids {
            let is_there = self.model().of(store).firsts.contains_key(&id);
            self.hold(must(Invariant::AcceptedIsInTheLog, is_there, || format!("{id} in store {store}")));
            self.facts().acknowledged.insert((store, id));
        }
    }

    /// A notice is published.
    pub fn told(&self, notice: &Notice) {
        self.hold(self.check_saved(notice));
        self.hold(self.check_notice(notice));
        let mut facts = self.facts();
        let told = facts.told.entry(notice.store).or_default();
        told.position = told.position.max(notice.position);
        told.saved.extend(notice.saved.iter().map(|saved| saved.id));
        told.raised.extend(notice.raised.iter().map(|alert| (alert.raised, alert.sku.clone())));
        told.cleared.extend(notice.cleared.iter().map(|alert| (alert.raised, alert.sku.clone())));
        told.findings.extend(notice.findings.iter().map(|finding| (finding.position, finding.kind)));
    }

    fn check_saved(&self, notice: &Notice) -> Held {
        let tables = self.tables();
        let is_saved = |id: shared::ids::ReceiptId| tables.records.contains_key(&(notice.store, id.into()));
        let unsaved = notice.saved.iter().find(|saved| !is_saved(saved.id));
        must(Invariant::SavedBeforeTold, unsaved.is_none(), || format!("{unsaved:?}"))
    }

    /// A notice holds absolute values: those that the log's records up to its position add up to. Series may be ahead, since
    /// a copy names them though they stay as they are.
    fn check_notice(&self, notice: &Notice) -> Held {
        let mut model = self.model();
        let history = model.of(notice.store);
        let Some(state) = history.since(notice.position).next() else { return Ok(()) };
        let told = |what: String| format!("store {} as of {}: {what}", notice.store, notice.position);
        for told_level in &notice.levels {
            let goods = state.shelves.get(&told_level.sku);
            let is_so = goods.is_some_and(|goods| goods.on_hand == told_level.level.on_hand.thousandths());
            must(Invariant::NoticesTellWhatIsSo, is_so, || told(format!("{told_level:?}, {goods:?}")))?;
        }
        for day in &notice.days {
            let sums = state.days.get(&(day.day, day.register));
            let is_so = sums.is_some_and(|sums| *sums == (day.receipts, day.takings.minor()));
            must(Invariant::NoticesTellWhatIsSo, is_so, || told(format!("{day:?}, {sums:?}")))?;
        }
        for status in &notice.series {
            let key = (status.register, status.letter.clone());
            let mut states = history.since(notice.position).filter_map(|state| state.series.get(&key));
            let is_so = states.any(|series| is_status(series, status));
            must(Invariant::NoticesTellWhatIsSo, is_so, || told(format!("{status:?}")))?;
        }
        let unraised = notice.raised.iter().find(|it| !history.alerts.contains_key(&(it.raised, it.sku.clone())));
        must(Invariant::OneAlertPerCrossing, unraised.is_none(), || told(format!("raised {unraised:?}")))?;
        let is_cleared =
            |it: &&shared::notice::Alert| history.alerts.get(&(it.raised, it.sku.clone())).is_some_and(Option::is_some);
        let uncleared = notice.cleared.iter().find(|it| !is_cleared(it));
        must(Invariant::OneAlertPerCrossing, uncleared.is_none(), || told(format!("cleared {uncleared:?}")))
    }

    /// A saver says that it is done with everything up to `offset`.
    ///
    /// # Errors
    ///
    /// The partition is another saver's by now.
    pub fn commit(&self, partition: usize, generation: u64, offset: u64) -> Result<(), LogError> {
        let mut cluster = self.cluster();
        let partition = &mut cluster.partitions[partition];
        if partition.generation != generation {
            return Err(LogError::Lost);
        }
        let fresh = usize::try_from(partition.committed).unwrap()..usize::try_from(offset).unwrap();
        for entry in partition.entries.get(fresh).unwrap_or_default() {
            let (store, position) = (entry.record.store, entry.record.position);
            self.hold(self.check_committed(store.unwrap(), position, entry.meant.as_ref()));
        }
        partition.committed = partition.committed.max(offset);
        Ok(())
    }

    fn check_committed(&self, store: StoreNo, position: Position, record: Option<&Recorded>) -> Held {
        let place = || format!("{position} of store {store}");
        let tables = self.tables();
        let is_kept = match record {
            Some(record) => tables.records.contains_key(&(store, record.event.id())),
            None => tables.letters.keys().any(|letter| letter.position == position),
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
        let is_saved = self.tables().records.contains_key(&(receipt.store, receipt.id.into()));
        self.hold(must(Invariant::TillKeepsWhatIsNotSaved, is_saved, || receipt.id.to_string()));
    }
}

/// Whether a series that was told is this one.
pub fn is_status(series: &super::super::model::Series, status: &SeriesStatus) -> bool {
    let mut saved = Ranges::default();
    for number in series.entries.keys() {
        saved.insert(*number);
    }
    (&saved, series.head(), series.copies, series.gap_since)
        == (&status.saved, status.head, status.copies, status.gap_since)
}
