//! Log and store that fail where a script says so, and that write down what was done to them.

mod log;
mod store;

use crate::log::{EventLog, LogError, LogRecord, MARKER};
use crate::store::{Store, StoreError};
use futures_util::future::BoxFuture;
use log::FaultyLog;
use shared::notice::Notice;
use shared::position::Position;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use store::FaultyStore;
use tokio::sync::Notify;
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
    /// Whoever asks panics, and nothing is done.
    Panics,
}

impl Harm {
    /// What happens to a process.
    pub const ALL: [Self; 4] = [Self::Refused, Self::Unheard, Self::KilledBefore, Self::KilledAfter];
}

/// Something that was done, told once it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    Saved(Vec<Position>),
    Told(Box<Notice>),
    Advanced(Position),
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
    /// A record that only names the log.
    pub marker: Option<u64>,
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
    /// It never answers.
    Hangs,
    /// It is there, and has no room for anything more.
    Full,
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
    log_is_away: AtomicBool,
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

    /// Lets nobody write to the log, or everybody again.
    pub fn take_log_away(&self, is_away: bool) {
        self.log_is_away.store(is_away, Ordering::Relaxed);
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
            Some(Harm::Panics) => panic!("{op:?} was harmed"),
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

    async fn store_write<T>(
        &self,
        op: Op,
        effect: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        self.reach_store_to_write().await?;
        self.store_op(op, effect).await
    }

    async fn reach_store(&self) -> Result<(), StoreError> {
        let away = *self.away.lock().unwrap();
        match away {
            None | Some(Away::Full) => return Ok(()),
            Some(Away::Refuses) => {}
            Some(Away::Hangs) => std::future::pending().await,
        }
        Err(StoreError::Unavailable("it was taken away".into()))
    }

    async fn reach_store_to_write(&self) -> Result<(), StoreError> {
        self.reach_store().await?;
        let is_full = *self.away.lock().unwrap() == Some(Away::Full);
        if is_full { Err(StoreError::Full("there is no room".into())) } else { Ok(()) }
    }

    fn reach_log(&self) -> Result<(), LogError> {
        let is_away = self.log_is_away.load(Ordering::Relaxed);
        if is_away { Err(LogError::Unavailable("it was taken away".into())) } else { Ok(()) }
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
        if self.plan.marker == Some(record.position.offset) {
            record.kind = MARKER.to_owned();
        }
    }
}
