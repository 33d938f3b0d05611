//! The log as one process sees it.

mod cluster;
mod consumer;
mod group;

pub use cluster::Cluster;
pub use group::{coordinate, move_away};

use super::process::Process;
use super::world::World;
use crate::log::{EventLog, LogError, LogRecord, NewRecord, Partitions};
use async_trait::async_trait;
use cluster::{Entry, Listener, Member};
use consumer::Share;
use shared::event::{Event, Recorded};
use shared::notice::Notice;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{broadcast, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// One process's connection.
pub struct LogClient {
    pub world: Arc<World>,
    pub process: Arc<Process>,
}

fn unanswered() -> LogError {
    LogError::Unavailable("the network between".to_owned())
}

#[async_trait]
impl EventLog for LogClient {
    async fn append(&self, records: Vec<NewRecord>) -> Result<(), LogError> {
        self.process.gate().await;
        let (world, name) = (Arc::clone(&self.world), self.process.name().to_owned());
        let appended = self.world.log_call().carry(move |cut| {
            let done = cut.of(records.len());
            world.trace.note(&name, format_args!("appends {done} of {} records", records.len()));
            records.into_iter().take(done).for_each(|record| append(&world, record));
        });
        let outcome = appended.await;
        self.process.gate().await;
        outcome.ok_or_else(unanswered)
    }

    async fn consume(&self, stop: &CancellationToken) -> Result<Box<dyn Partitions>, LogError> {
        self.process.gate().await;
        self.world.log_call().carry(|_| ()).await.ok_or_else(unanswered)?;
        self.process.gate().await;
        let (sender, assigned) = mpsc::unbounded_channel();
        let (process, stop) = (Arc::clone(&self.process), stop.clone());
        self.world.cluster().join(Member { process, stop, assigned: sender, silent_since: None });
        Ok(Box::new(Share { world: Arc::clone(&self.world), process: Arc::clone(&self.process), assigned }))
    }

    async fn publish(&self, notice: Arc<Notice>) -> Result<(), LogError> {
        self.process.gate().await;
        let (world, name) = (Arc::clone(&self.world), self.process.name().to_owned());
        let told = self.world.notice_call().carry(move |_| {
            world.trace.note(&name, format_args!("tells store {} as of {}", notice.store, notice.position));
            world.told(&notice);
            spread(&world, &notice);
        });
        let outcome = told.await;
        self.process.gate().await;
        outcome.ok_or_else(unanswered)
    }

    fn notices(&self) -> broadcast::Receiver<Arc<Notice>> {
        let notices = broadcast::Sender::new(self.world.plan.notice_queue as usize);
        let receiver = notices.subscribe();
        let process = Arc::clone(&self.process);
        let mut cluster = self.world.cluster();
        // Reading starts a while back.
        let earlier: Vec<_> = cluster.latest.iter().cloned().collect();
        cluster.listeners.retain(|listener| !listener.process.is_dead());
        cluster.listeners.push(Listener { process, notices, arrivals: BTreeMap::new(), heard: Vec::new() });
        if let Some(listener) = cluster.listeners.last_mut() {
            for notice in &earlier {
                bring(&self.world, listener, notice);
            }
        }
        receiver
    }

    async fn backlog(&self) -> Result<u64, LogError> {
        unreachable!("nobody in the simulated world asks for the backlog")
    }
}

/// Puts a record behind the others of its partition.
fn append(world: &World, record: NewRecord) {
    let payload = record.event.encode().unwrap();
    let kind = record.event.kind().as_str().to_owned();
    let mut cluster = world.cluster();
    let no = cluster.partition_of(record.store);
    let partition = &mut cluster.partitions[no];
    let position = partition.next_position();
    let NewRecord { store, event, accepted_at, flags, request_id } = record;
    let stored = LogRecord {
        position,
        partition: u32::try_from(no).unwrap(),
        store: Some(store),
        kind,
        version: Event::VERSION,
        accepted_at,
        flags: Ok(flags.clone()),
        request_id,
        payload,
    };
    let meant = Recorded { position, store, accepted_at, flags, event };
    world.appended(&meant);
    partition.push(Entry { record: stored, meant: Some(meant) });
}

/// Puts bytes that nobody can read behind the others of a store's partition.
pub fn append_rubbish(world: &World, store: shared::ids::StoreNo) {
    let mut cluster = world.cluster();
    let no = cluster.partition_of(store);
    let partition = &mut cluster.partitions[no];
    let position = partition.next_position();
    world.model().of(store).unreadable(position);
    let record = LogRecord {
        position,
        partition: u32::try_from(no).unwrap(),
        store: Some(store),
        kind: "receipt".to_owned(),
        version: Event::VERSION,
        accepted_at: crate::clock::Clock::now(&*world.wall),
        flags: Ok(Vec::new()),
        request_id: None,
        payload: b"rubbish".to_vec(),
    };
    partition.push(Entry { record, meant: None });
}

/// Sends a notice to everybody who listens, each over a way of its own.
fn spread(world: &Arc<World>, notice: &Arc<Notice>) {
    let mut cluster = world.cluster();
    cluster.remember(notice);
    for listener in &mut cluster.listeners {
        if world.is_lost(world.plan.unnoticed) {
            world.trace.note(listener.process.name(), format_args!("misses a notice"));
        } else {
            bring(world, listener, notice);
        }
    }
}

fn bring(world: &Arc<World>, listener: &mut Listener, notice: &Arc<Notice>) {
    let arrival = Instant::now() + world.chance.millis(1, 60);
    let last = listener.arrivals.entry(notice.store).or_insert(arrival);
    *last = arrival.max(*last + std::time::Duration::from_millis(1));
    let (at, notices, notice) = (*last, listener.notices.clone(), Arc::clone(notice));
    let (world, process) = (Arc::clone(world), Arc::clone(&listener.process));
    tokio::spawn(async move {
        tokio::time::sleep_until(at).await;
        process.gate().await;
        world.cluster().hears(&process, &notice);
        // Nobody listens any more where the web tier has died.
        let _ = notices.send(notice);
    });
}
