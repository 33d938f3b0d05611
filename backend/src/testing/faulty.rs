//! Log and store that fail where a script says so, and that write down what was done to them.

use crate::log::{Consumer, EventLog, LogError, LogRecord, NewRecord, Partitions};
use crate::store::archive::{KindDocument, Table};
use crate::store::dead_letters::{DeadLetter, LetterFilter, LetterId};
use crate::store::documents::{RawDocument, Revision, Swap};
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use crate::store::receipts::SaveOutcome;
use crate::store::{Archive, DeadLetters, Documents, Projections, Receipts, Store, StoreError};
use async_trait::async_trait;
use futures_util::future::BoxFuture;
use shared::api::Page;
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::event::Recorded;
use shared::ids::{ReceiptId, StoreNo};
use shared::notice::Notice;
use shared::position::Position;
use shared::time::Timestamp;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;

/// What a saver asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Op {
    Consume,
    Poll,
    Save,
    Bury,
    List,
    Projection,
    End,
    Publish,
    Advance,
    Commit,
}

impl Op {
    pub const ALL: [Self; 10] = [
        Self::Consume,
        Self::Poll,
        Self::Save,
        Self::Bury,
        Self::List,
        Self::Projection,
        Self::End,
        Self::Publish,
        Self::Advance,
        Self::Commit,
    ];
}

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// It fails and is not done.
    Refused,
    /// It is done, but its answer is a failure.
    Unheard,
    /// The process dies before it is done.
    KilledBefore,
    /// The process dies when it is done, before anybody hears of it.
    KilledAfter,
}

impl Harm {
    pub const ALL: [Self; 4] = [Self::Refused, Self::Unheard, Self::KilledBefore, Self::KilledAfter];
}

/// Something that was done, told once it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    Saved(Vec<Position>),
    Told(Box<Notice>),
    Advanced,
    Committed(Position),
}

/// What is to go wrong.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plan {
    /// At which call of which operation what happens.
    pub harm: Option<(Op, usize, Harm)>,
    /// Whether it happens at every later call too.
    pub lasting: bool,
    /// A record that cannot be read.
    pub rubbish: Option<u64>,
    /// A record of a later version.
    pub future: Option<u64>,
    /// Asks the saver to stop as soon as it has told anything.
    pub stop_when_told: bool,
}

impl Plan {
    /// One harm.
    pub fn of(op: Op, call: usize, harm: Harm) -> Self {
        Self { harm: Some((op, call, harm)), ..Self::default() }
    }
}

/// How a store that is away takes what it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// It fails at once.
    Refuses,
    /// It fails after half a minute.
    Hangs,
}

/// Something that others do in the meantime.
type Meanwhile = (Op, usize, BoxFuture<'static, ()>);

/// A plan, and what was done.
#[derive(Default)]
pub struct Script {
    plan: Plan,
    meanwhile: Mutex<Option<Meanwhile>>,
    calls: Mutex<BTreeMap<Op, usize>>,
    journal: Mutex<Vec<Done>>,
    died: Notify,
    stop: Mutex<CancellationToken>,
    away: Mutex<Option<Away>>,
}

impl Script {
    pub fn new(plan: Plan) -> Arc<Self> {
        Arc::new(Self { plan, ..Self::default() })
    }

    /// Has something done right after a call of an operation.
    pub fn meanwhile(&self, op: Op, call: usize, deed: impl Future<Output = ()> + Send + 'static) {
        *self.meanwhile.lock().unwrap() = Some((op, call, Box::pin(deed)));
    }

    /// Takes the store away, whatever it is asked, or brings it back.
    pub fn take_store_away(&self, away: Option<Away>) {
        *self.away.lock().unwrap() = away;
    }

    pub fn stops(&self, stop: &CancellationToken) {
        *self.stop.lock().unwrap() = stop.clone();
    }

    pub fn calls(&self, op: Op) -> usize {
        self.calls.lock().unwrap().get(&op).copied().unwrap_or(0)
    }

    pub fn journal(&self) -> Vec<Done> {
        self.journal.lock().unwrap().clone()
    }

    /// Resolves when the process dies.
    pub async fn death(&self) {
        self.died.notified().await;
    }

    pub fn log(self: &Arc<Self>, inner: &Arc<dyn EventLog>) -> Arc<dyn EventLog> {
        Arc::new(FaultyLog { inner: Arc::clone(inner), script: Arc::clone(self) })
    }

    pub fn store(self: &Arc<Self>, inner: &Arc<dyn Store>) -> Arc<dyn Store> {
        Arc::new(FaultyStore { inner: Arc::clone(inner), script: Arc::clone(self) })
    }

    fn next_harm(&self, op: Op) -> Option<Harm> {
        let mut calls = self.calls.lock().unwrap();
        let call = calls.entry(op).or_default();
        *call += 1;
        let (harmed, from, harm) = self.plan.harm?;
        (op == harmed && (*call == from || self.plan.lasting && *call > from)).then_some(harm)
    }

    async fn around<T, E>(
        &self,
        op: Op,
        effect: impl Future<Output = Result<T, E>> + Send,
        refusal: impl Fn(String) -> E + Send,
    ) -> Result<T, E> {
        let refused = || Err(refusal(format!("{op:?} was harmed")));
        match self.next_harm(op) {
            None => {
                let outcome = effect.await;
                if let Some(deed) = self.take_deed(op) {
                    deed.await;
                }
                outcome
            }
            Some(Harm::Refused) => refused(),
            Some(Harm::Unheard) => {
                effect.await?;
                refused()
            }
            Some(Harm::KilledBefore) => self.die().await,
            Some(Harm::KilledAfter) => {
                effect.await?;
                self.die().await
            }
        }
    }

    fn take_deed(&self, op: Op) -> Option<BoxFuture<'static, ()>> {
        let call = self.calls(op);
        let mut meanwhile = self.meanwhile.lock().unwrap();
        meanwhile.take_if(|(awaited, at, _)| (*awaited, *at) == (op, call)).map(|(_, _, deed)| deed)
    }

    async fn die<T>(&self) -> T {
        self.died.notify_one();
        std::future::pending().await
    }

    async fn log_op<T>(&self, op: Op, effect: impl Future<Output = Result<T, LogError>> + Send) -> Result<T, LogError> {
        self.around(op, effect, LogError::Unavailable).await
    }

    async fn store_op<T>(
        &self,
        op: Op,
        effect: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        self.reach_store().await?;
        self.around(op, effect, StoreError::Unavailable).await
    }

    async fn reach_store(&self) -> Result<(), StoreError> {
        let away = *self.away.lock().unwrap();
        match away {
            None => return Ok(()),
            Some(Away::Refuses) => {}
            Some(Away::Hangs) => tokio::time::sleep(Duration::from_secs(30)).await,
        }
        Err(StoreError::Unavailable("it was taken away".into()))
    }

    fn note(&self, done: Done) {
        self.journal.lock().unwrap().push(done);
    }

    fn spoil(&self, record: &mut LogRecord) {
        if self.plan.rubbish == Some(record.position.offset) {
            record.payload = b"rubbish".to_vec();
        }
        if self.plan.future == Some(record.position.offset) {
            record.version = 99;
        }
    }
}

struct FaultyLog {
    inner: Arc<dyn EventLog>,
    script: Arc<Script>,
}

#[async_trait]
impl EventLog for FaultyLog {
    async fn append(&self, records: Vec<NewRecord>) -> Result<(), LogError> {
        self.inner.append(records).await
    }

    async fn consume(&self, stop: &CancellationToken) -> Result<Box<dyn Partitions>, LogError> {
        let inner = self.script.log_op(Op::Consume, self.inner.consume(stop)).await?;
        Ok(Box::new(FaultyPartitions { inner, script: Arc::clone(&self.script) }))
    }

    async fn publish(&self, notice: Arc<Notice>) -> Result<(), LogError> {
        let told = Done::Told(Box::new(Notice::clone(&notice)));
        let effect = async {
            self.inner.publish(notice).await?;
            self.script.note(told);
            if self.script.plan.stop_when_told {
                self.script.stop.lock().unwrap().cancel();
            }
            Ok(())
        };
        self.script.log_op(Op::Publish, effect).await
    }

    fn notices(&self) -> broadcast::Receiver<Arc<Notice>> {
        self.inner.notices()
    }

    async fn backlog(&self) -> Result<u64, LogError> {
        self.inner.backlog().await
    }
}

struct FaultyPartitions {
    inner: Box<dyn Partitions>,
    script: Arc<Script>,
}

#[async_trait]
impl Partitions for FaultyPartitions {
    async fn next(&mut self) -> Result<Box<dyn Consumer>, LogError> {
        let inner = self.inner.next().await?;
        Ok(Box::new(FaultyConsumer { inner, script: Arc::clone(&self.script) }))
    }

    async fn leave(self: Box<Self>) {
        self.inner.leave().await;
    }
}

struct FaultyConsumer {
    inner: Box<dyn Consumer>,
    script: Arc<Script>,
}

#[async_trait]
impl Consumer for FaultyConsumer {
    fn partition(&self) -> u32 {
        self.inner.partition()
    }

    fn stop(&self) -> CancellationToken {
        self.inner.stop()
    }

    fn committed(&self) -> Position {
        self.inner.committed()
    }

    async fn poll(&mut self, max: usize, wait: Duration) -> Result<Vec<LogRecord>, LogError> {
        // A poll that gave records has given them: only a log that cannot be reached at all may be asked again.
        let script = Arc::clone(&self.script);
        let mut records = match script.next_harm(Op::Poll) {
            Some(Harm::Refused | Harm::Unheard) => return Err(LogError::Unavailable("the poll was harmed".into())),
            Some(Harm::KilledBefore | Harm::KilledAfter) => script.die().await,
            None => self.inner.poll(max, wait).await?,
        };
        for record in &mut records {
            script.spoil(record);
        }
        Ok(records)
    }

    async fn end(&mut self) -> Result<u64, LogError> {
        self.script.log_op(Op::End, self.inner.end()).await
    }

    async fn commit(&mut self, position: Position) -> Result<(), LogError> {
        let script = Arc::clone(&self.script);
        let effect = async {
            self.inner.commit(position).await?;
            script.note(Done::Committed(position));
            Ok(())
        };
        self.script.log_op(Op::Commit, effect).await
    }
}

struct FaultyStore {
    inner: Arc<dyn Store>,
    script: Arc<Script>,
}

#[async_trait]
impl Receipts for FaultyStore {
    async fn save(&self, records: &[Recorded]) -> Result<Vec<SaveOutcome>, StoreError> {
        let effect = async {
            let outcomes = self.inner.save(records).await?;
            self.script.note(Done::Saved(records.iter().map(|record| record.position).collect()));
            Ok(outcomes)
        };
        self.script.store_op(Op::Save, effect).await
    }

    async fn receipt(&self, id: ReceiptId) -> Result<Option<StoredReceipt>, StoreError> {
        self.script.reach_store().await?;
        self.inner.receipt(id).await
    }

    async fn search(&self, query: &ReceiptQuery) -> Result<Page<StoredReceipt>, StoreError> {
        self.script.reach_store().await?;
        self.inner.search(query).await
    }
}

#[async_trait]
impl DeadLetters for FaultyStore {
    async fn bury(&self, letters: &[DeadLetter]) -> Result<(), StoreError> {
        let effect = async {
            self.inner.bury(letters).await?;
            self.script.note(Done::Saved(letters.iter().map(|letter| letter.id.position).collect()));
            Ok(())
        };
        self.script.store_op(Op::Bury, effect).await
    }

    async fn letters(
        &self,
        filter: LetterFilter,
        after: Option<LetterId>,
        limit: usize,
    ) -> Result<Page<DeadLetter>, StoreError> {
        self.script.reach_store().await?;
        self.inner.letters(filter, after, limit).await
    }

    async fn letter(&self, id: LetterId) -> Result<Option<DeadLetter>, StoreError> {
        self.script.reach_store().await?;
        self.inner.letter(id).await
    }

    async fn mark_mended(&self, id: LetterId, at: Timestamp) -> Result<(), StoreError> {
        self.script.reach_store().await?;
        self.inner.mark_mended(id, at).await
    }
}

#[async_trait]
impl Projections for FaultyStore {
    async fn advance(&self, documents: Vec<Projected>) -> Result<(), StoreError> {
        let effect = async {
            self.inner.advance(documents).await?;
            self.script.note(Done::Advanced);
            Ok(())
        };
        self.script.store_op(Op::Advance, effect).await
    }

    async fn list(&self, kind: ProjectionKind, filter: ProjectionFilter) -> Result<Vec<Projected>, StoreError> {
        self.script.store_op(Op::List, self.inner.list(kind, filter)).await
    }

    async fn projection(
        &self,
        kind: ProjectionKind,
        store: StoreNo,
        id: &str,
    ) -> Result<Option<Projected>, StoreError> {
        self.script.store_op(Op::Projection, self.inner.projection(kind, store, id)).await
    }
}

/// A saver touches no documents, so they are only ever away.
#[async_trait]
impl Documents for FaultyStore {
    async fn get(&self, kind: &'static str, id: &str) -> Result<Option<RawDocument>, StoreError> {
        self.script.reach_store().await?;
        self.inner.get(kind, id).await
    }

    async fn swap(
        &self,
        kind: &'static str,
        id: &str,
        expected: Option<Revision>,
        body: Vec<u8>,
    ) -> Result<Swap, StoreError> {
        self.script.reach_store().await?;
        self.inner.swap(kind, id, expected, body).await
    }

    async fn put_all(&self, kind: &'static str, documents: Vec<(String, Vec<u8>)>) -> Result<Revision, StoreError> {
        self.script.reach_store().await?;
        self.inner.put_all(kind, documents).await
    }

    async fn delete(&self, kind: &'static str, id: &str) -> Result<(), StoreError> {
        self.script.reach_store().await?;
        self.inner.delete(kind, id).await
    }

    async fn list_documents(&self, kind: &'static str, prefix: &str) -> Result<Vec<RawDocument>, StoreError> {
        self.script.reach_store().await?;
        self.inner.list_documents(kind, prefix).await
    }

    async fn changed_since(&self, kind: &'static str, revision: Revision) -> Result<Vec<RawDocument>, StoreError> {
        self.script.reach_store().await?;
        self.inner.changed_since(kind, revision).await
    }
}

#[async_trait]
impl Archive for FaultyStore {
    async fn records(&self, table: Table, after: Option<&str>, limit: usize) -> Result<Page<Recorded>, StoreError> {
        self.inner.records(table, after, limit).await
    }

    async fn every_document(&self, after: Option<&str>, limit: usize) -> Result<Page<KindDocument>, StoreError> {
        self.inner.every_document(after, limit).await
    }

    async fn put_documents(&self, documents: &[KindDocument]) -> Result<(), StoreError> {
        self.inner.put_documents(documents).await
    }
}
