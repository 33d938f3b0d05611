//! A saver's end of the log: what is given to it, and how it reads.

use super::super::process::Process;
use super::super::world::World;
use super::cluster::EPOCH;
use crate::log::{Consumer, LogError, LogRecord, Partitions};
use async_trait::async_trait;
use shared::position::Position;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// A partition that falls to a saver.
pub struct Assigned {
    pub partition: usize,
    pub generation: u64,
    pub committed: u64,
    pub stop: CancellationToken,
}

/// The partitions that fall to one saver.
pub struct Share {
    pub world: Arc<World>,
    pub process: Arc<Process>,
    pub assigned: mpsc::UnboundedReceiver<Assigned>,
}

#[async_trait]
impl Partitions for Share {
    async fn next(&mut self) -> Result<Box<dyn Consumer>, LogError> {
        // Before the wait and not behind it, or a partition would be lost where nobody waits any more.
        self.process.gate().await;
        let Some(assigned) = self.assigned.recv().await else { return std::future::pending().await };
        let (world, process) = (Arc::clone(&self.world), Arc::clone(&self.process));
        Ok(Box::new(PartitionReader { world, process, next: assigned.committed + 1, ahead: Vec::new(), assigned }))
    }
}

/// The reader of one partition.
struct PartitionReader {
    world: Arc<World>,
    process: Arc<Process>,
    assigned: Assigned,
    next: u64,
    /// What was read ahead: it is there whoever has the partition by now.
    ahead: Vec<LogRecord>,
}

impl PartitionReader {
    /// Whether the partition is still this reader's.
    fn must_be_mine(&self) -> Result<(), LogError> {
        let generation = self.world.cluster().partitions[self.assigned.partition].generation;
        if generation == self.assigned.generation { Ok(()) } else { Err(LogError::Lost) }
    }

    async fn answers(&self, what: &str) -> Result<(), LogError> {
        self.process.gate().await;
        let outcome = self.world.log_call().carry(|_| ()).await;
        self.process.gate().await;
        outcome.ok_or_else(|| LogError::Unavailable(format!("{what} was not answered")))
    }

    /// What is there from a record on.
    fn read(&self, from: u64, max: usize) -> Vec<LogRecord> {
        let cluster = self.world.cluster();
        let entries = &cluster.partitions[self.assigned.partition].entries;
        let max = max.min(self.world.plan.poll as usize);
        let start = usize::try_from(from - 1).unwrap();
        entries.iter().skip(start).take(max).map(|entry| entry.record.clone()).collect()
    }

    async fn wait_for_more(&self, wait: Duration) {
        let end = Arc::clone(&self.world.cluster().partitions[self.assigned.partition].end);
        // A time-out is no error: there is nothing new.
        let _ = tokio::time::timeout(wait, end.wait_for(|end| end >= self.next)).await;
    }
}

#[async_trait]
impl Consumer for PartitionReader {
    fn partition(&self) -> u32 {
        u32::try_from(self.assigned.partition).unwrap()
    }

    fn stop(&self) -> CancellationToken {
        self.assigned.stop.clone()
    }

    fn committed(&self) -> Position {
        Position { epoch: EPOCH, offset: self.assigned.committed }
    }

    async fn poll(&mut self, max: usize, wait: Duration) -> Result<Vec<LogRecord>, LogError> {
        self.process.gate().await;
        let mut records = std::mem::take(&mut self.ahead);
        if records.is_empty() {
            self.wait_for_more(wait).await;
            self.process.gate().await;
            records = self.read(self.next, max);
            if records.is_empty() {
                self.must_be_mine()?;
                return Ok(records);
            }
            self.answers("a poll").await?;
            self.must_be_mine()?;
            self.ahead = self.read(self.next + records.len() as u64, max);
        }
        self.next += records.len() as u64;
        let name = self.process.name();
        self.world.trace.note(name, format_args!("polls {} of partition {}", records.len(), self.partition()));
        Ok(records)
    }

    async fn end(&mut self) -> Result<u64, LogError> {
        self.answers("a question for the end").await?;
        Ok(self.world.cluster().partitions[self.assigned.partition].end.get())
    }

    async fn commit(&mut self, position: Position) -> Result<(), LogError> {
        self.process.gate().await;
        let (world, name) = (Arc::clone(&self.world), self.process.name().to_owned());
        let (partition, generation) = (self.assigned.partition, self.assigned.generation);
        let committed = self.world.log_call().carry(move |_| {
            world.trace.note(&name, format_args!("commits {} of partition {partition}", position.offset));
            world.commit(partition, generation, position.offset)
        });
        let outcome = committed.await;
        self.process.gate().await;
        outcome.ok_or_else(|| LogError::Unavailable("a commit was not answered".to_owned()))??;
        self.assigned.committed = self.assigned.committed.max(position.offset);
        Ok(())
    }
}

impl Drop for PartitionReader {
    /// A process that dies tells nobody.
    fn drop(&mut self) {
        let mut cluster = self.world.cluster();
        let partition = &mut cluster.partitions[self.assigned.partition];
        if partition.generation == self.assigned.generation
            && !self.process.is_dead()
            && let Some(reader) = &mut partition.reader
        {
            reader.is_done = true;
        }
    }
}
