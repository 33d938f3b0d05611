//! The log.

use super::{Done, Harm, Op, Script};
use crate::log::{Consumer, EventLog, LogError, LogRecord, NewRecord, Partitions};
use async_trait::async_trait;
use shared::notice::Notice;
use shared::position::Position;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// A log whose operations a script may harm.
pub struct FaultyLog {
    pub inner: Arc<dyn EventLog>,
    pub script: Arc<Script>,
}

#[async_trait]
impl EventLog for FaultyLog {
    async fn append(&self, records: Vec<NewRecord>) -> Result<(), LogError> {
        self.script.reach_log()?;
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
            Some(Harm::Panics) => panic!("the poll was harmed"),
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
