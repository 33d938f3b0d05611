//! One saver at work on one partition. A checkpoint is written beside the batches that follow it: nobody who is to be told
//! of those waits for it.

use super::batch::Batch;
use super::books::Books;
use super::checkpoint::Checkpoint;
use super::pace::SharedPace;
use super::refunds;
use super::retry::persist;
use super::{Saver, SaverError};
use crate::ledger::StoreLedger;
use crate::ledger::draft::Draft;
use crate::log::{Consumer, LogRecord};
use crate::store::receipts::SaveOutcome;
use shared::event::Event;
use shared::finding::Finding;
use shared::ids::StoreNo;
use shared::mutant::Mutant;
use shared::notice::Notice;
use shared::position::Position;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How many records a batch holds at most: enough that a batch's fixed costs vanish, few enough that it is saved within
/// a blink.
const BATCH: usize = 1000;

/// How long to wait for the first record of a batch before looking at the other duties.
const WAIT: Duration = Duration::from_millis(250);

/// How long to wait where the stated pace allows no record.
const PAUSE: Duration = Duration::from_millis(10);

/// How long to wait for a desk: a partition whose part of the store does not answer keeps its own, and must not hold up
/// the others.
const DESK: Duration = Duration::from_secs(1);

/// How often the changed documents are written: what a crash makes the next saver do again, against what each
/// checkpoint costs.
const CHECKPOINT: Duration = Duration::from_secs(1);

/// The same while full batches come one after the other: every checkpoint writes most pages of most stores then, and whoever
/// has a backlog to save would spend a third of the time on documents that the next second changes again.
pub const CHECKPOINT_BEHIND: Duration = Duration::from_secs(5);

/// What the rounds of one saver share.
#[derive(Clone)]
pub struct Share {
    /// How fast they go together.
    pub pace: SharedPace,
    /// A place for each batch that is worked on.
    pub desks: Arc<Semaphore>,
}

/// A partition, what is known of it, and how far everything has got.
pub struct Round<'a> {
    saver: &'a Saver,
    consumer: Box<dyn Consumer>,
    stop: CancellationToken,
    books: Books,
    share: Share,
    /// What was polled and has to wait for the stated pace: less than a batch.
    waiting: VecDeque<LogRecord>,
    reached: Position,
    /// Whether the ledgers hold what the pages have not been told of. Their documents must not be written then: whoever
    /// takes the records again would find them done, and tell nobody.
    is_untold: bool,
    /// What is being written.
    checkpoint: Option<Checkpoint>,
    /// Whether a stop has cut a checkpoint off: the ledgers take for written what the store does not have, and nothing may be
    /// committed any more.
    is_cut_off: bool,
    /// When the last checkpoint began.
    began: Instant,
    /// Whether the last batch was full, so that more is waiting in the log.
    is_behind: bool,
}

impl<'a> Round<'a> {
    /// A partition of which nothing is loaded yet.
    pub fn new(saver: &'a Saver, consumer: Box<dyn Consumer>, share: Share) -> Self {
        Self {
            saver,
            stop: consumer.stop(),
            books: Books::new(Arc::clone(&saver.store)),
            share,
            waiting: VecDeque::new(),
            reached: consumer.committed(),
            is_untold: false,
            checkpoint: None,
            is_cut_off: false,
            began: Instant::now(),
            is_behind: false,
            consumer,
        }
    }

    /// Saves until the partition is given up.
    ///
    /// # Errors
    ///
    /// What only a person can mend, or [`crate::log::LogError::Lost`].
    pub async fn run(mut self) -> Result<(), SaverError> {
        while !self.stop.is_cancelled() {
            self.turn().await?;
        }
        self.settle().await
    }

    async fn turn(&mut self) -> Result<(), SaverError> {
        if self.waiting.is_empty() {
            let Some(records) = persist!(&self.stop, self.consumer.poll(BATCH, WAIT)) else { return Ok(()) };
            self.is_behind = records.len() == BATCH;
            self.waiting = records.into();
        }
        match self.share.pace.take(self.waiting.len()) {
            0 if self.waiting.is_empty() => {}
            0 => tokio::time::sleep(PAUSE).await,
            allowed => self.take_batch(allowed).await?,
        }
        if self.checkpoint.as_ref().is_some_and(Checkpoint::is_written) {
            self.finish_checkpoint().await?;
        }
        let interval = if self.is_behind { CHECKPOINT_BEHIND } else { CHECKPOINT };
        if self.checkpoint.is_none() && self.began.elapsed() >= interval {
            self.begin_checkpoint()?;
        }
        Ok(())
    }

    async fn take_batch(&mut self, allowed: usize) -> Result<(), SaverError> {
        let desks = Arc::clone(&self.share.desks);
        let _desk = tokio::select! {
            biased;
            () = self.stop.cancelled() => return Ok(()),
            desk = tokio::time::timeout(DESK, desks.acquire()) => desk,
        };
        let (batch, later) = Batch::read(self.waiting.drain(..allowed));
        let is_done = self.save(batch).await?.is_some();
        let Some(later) = later.filter(|_| is_done) else { return Ok(()) };
        self.settle().await?;
        self.warn(&later).await?;
        Err(SaverError::FutureVersion(Box::new(later)))
    }

    /// Tells the managers of the store that a record waits for an upgrade, and keeps that where they look later. Nothing
    /// is committed.
    async fn warn(&mut self, later: &Finding) -> Result<(), SaverError> {
        if persist!(&self.stop, self.books.open(later.store)).is_none() {
            return Ok(());
        }
        self.books.note_later_version(later);
        if self.tell(self.reached).await?.is_some() {
            persist!(&self.stop, self.write_documents());
        }
        Ok(())
    }

    /// Saves a batch, adds it up and tells of it; `None` where a stop came before all of that was done.
    async fn save(&mut self, batch: Batch) -> Result<Option<()>, SaverError> {
        let Some(end) = batch.end() else { return Ok(Some(())) };
        // Where a stop left somebody untold, nothing goes on from there.
        if batch.is_empty() && !self.is_untold {
            let told = self.tell(end).await?;
            if told.is_some() {
                self.reached = end;
            }
            return Ok(told);
        }
        let (store, stop) = (&self.saver.store, &self.stop);
        if Mutant::CommitBeforeSave.is_on() {
            persist!(stop, self.consumer.commit(end));
        }
        if Mutant::NoticeBeforeSave.is_on() {
            tell_early(self.saver, &batch).await;
        }
        let Some(outcomes) = persist!(stop, store.save(&batch.records)) else { return Ok(None) };
        let panics = Mutant::PanicsAtRubbish.is_on() && !batch.letters.is_empty();
        assert!(!panics, "a deliberate bug");
        let has_letters = !batch.letters.is_empty() && !Mutant::LettersDropped.is_on();
        if has_letters && persist!(stop, store.bury(&batch.letters)).is_none() {
            return Ok(None);
        }
        if persist!(stop, refunds::note(&**store, &batch.records)).is_none() {
            return Ok(None);
        }
        if persist!(stop, self.books.prepare(&batch)).is_none() {
            return Ok(None);
        }
        self.is_untold = true;
        self.books.take(&batch, &outcomes);
        self.count(&batch, &outcomes);
        let told = self.tell(end).await?;
        if told.is_some() {
            self.reached = end;
            self.is_untold = false;
        }
        Ok(told)
    }

    fn count(&self, batch: &Batch, outcomes: &[SaveOutcome]) {
        let metrics = &self.saver.metrics;
        let now = self.saver.clock.now();
        for (record, outcome) in batch.records.iter().zip(outcomes) {
            if !outcome.counts() {
                metrics.duplicates.inc();
            } else if matches!(record.event, Event::Receipt(_)) {
                metrics.receipts_saved.inc();
                metrics.saved_after(now.duration_since(record.accepted_at).unsigned_abs());
            }
        }
        metrics.dead_letters.inc_by(batch.letters.len() as u64);
    }

    /// One notice per store that changed, as of `reached`; `None` where a stop left somebody untold.
    async fn tell(&mut self, reached: Position) -> Result<Option<()>, SaverError> {
        let saver = self.saver;
        let Some(end) = persist!(&self.stop, self.consumer.end()) else { return Ok(None) };
        let backlog = end.saturating_sub(reached.offset);
        saver.metrics.backlog_of(self.consumer.partition(), backlog);
        let most = if Mutant::OneNoticePerBatch.is_on() { 1 } else { usize::MAX };
        for (store, draft) in self.books.drafts().into_iter().take(most) {
            let notice = self.notice(store, draft, backlog);
            let Some(notice) = notice.map(Arc::new) else { continue };
            self.count_notice(&notice);
            if persist!(&self.stop, saver.log.publish(Arc::clone(&notice))).is_none() {
                return Ok(None);
            }
        }
        Ok(Some(()))
    }

    fn notice(&self, store: StoreNo, draft: Draft, backlog: u64) -> Option<Notice> {
        Some(draft.notice(self.books.ledger(store)?, self.saver.clock.now(), backlog))
    }

    fn count_notice(&self, notice: &Notice) {
        let metrics = &self.saver.metrics;
        for finding in &notice.findings {
            metrics.found(finding.kind);
        }
        metrics.alerts_raised.inc_by(notice.raised.len() as u64);
        metrics.alerts_cleared.inc_by(notice.cleared.len() as u64);
    }

    /// Begins to write the documents that changed, if everybody has been told of what they hold.
    fn begin_checkpoint(&mut self) -> Result<(), SaverError> {
        self.began = Instant::now();
        let is_told = !self.is_untold || Mutant::CheckpointUntold.is_on();
        if !is_told || self.is_cut_off || self.reached <= self.consumer.committed() {
            return Ok(());
        }
        let documents = self.books.dirty()?;
        self.checkpoint = Some(Checkpoint::begin(&self.saver.store, documents, self.reached, &self.stop));
        self.books.mark_clean();
        Ok(())
    }

    /// Waits for what is being written, and commits. Not asked to stop half-way: a stop waits for it, a kill leaves what
    /// can be done again.
    async fn finish_checkpoint(&mut self) -> Result<(), SaverError> {
        let Some(checkpoint) = self.checkpoint.take() else { return Ok(()) };
        match checkpoint.written().await? {
            Some(reached) => {
                self.books.let_go();
                persist!(&self.stop, self.consumer.commit(reached));
            }
            None => self.is_cut_off = true,
        }
        Ok(())
    }

    /// Everything that was told of is written and committed, unless a stop comes while that cannot be done.
    async fn settle(&mut self) -> Result<(), SaverError> {
        self.finish_checkpoint().await?;
        self.begin_checkpoint()?;
        self.finish_checkpoint().await
    }

    async fn write_documents(&mut self) -> Result<(), SaverError> {
        Ok(self.saver.store.advance(self.books.dirty()?).await?)
    }
}

/// A deliberate bug: says of a batch that it is saved, and nothing else.
async fn tell_early(saver: &Saver, batch: &Batch) {
    for record in &batch.records {
        let mut ledger = StoreLedger::new(record.store);
        ledger.take(record, SaveOutcome::First);
        let draft = Draft { saved: ledger.take_draft().saved, ..Draft::default() };
        let notice = draft.notice(&ledger, saver.clock.now(), 0);
        // It is told again, in time.
        let _ = saver.log.publish(Arc::new(notice)).await;
    }
}
