//! What happens when partitions come to a saver, and when they go.

use super::topics::first_offset;
use super::wire::position;
use super::{ASK, lane};
use crate::log::{LogError, LogRecord};
use rdkafka::client::ClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer as _, ConsumerContext};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::topic_partition_list::TopicPartitionListElem;
use rdkafka::types::RDKafkaRespErr;
use rdkafka::{Offset, TopicPartitionList};
use shared::position::Position;
use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::{Receiver as Done, Sender as Working, channel as done_channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// How long the reader of a partition that goes may take to save what it has and to commit.
const DRAIN: Duration = Duration::from_secs(10);

/// How long to go on asking where partitions start. The thread that asks is the one that reads: the group takes a saver
/// for dead whose thread says nothing for five minutes (`max.poll.interval.ms`).
const TAKE_OVER: Duration = Duration::from_mins(2);

/// The wait between two attempts.
const AGAIN: Duration = Duration::from_millis(500);

/// The way of one partition's records to their reader.
pub struct Lane {
    /// Gone once the partition can give no more.
    pub records: Option<lane::Sender>,
    /// The offset of what comes next.
    pub next: i64,
    /// What came while the way was full; the partition is paused then.
    pub parked: VecDeque<LogRecord>,
    pub is_paused: bool,
    /// Why the partition can give no more.
    failure: Arc<OnceLock<LogError>>,
    stop: CancellationToken,
    done: Done<()>,
}

impl Lane {
    /// Ends the way with the reason. What its reader holds already is saved first.
    pub fn fail(&mut self, why: LogError) {
        let _ = self.failure.set(why);
        self.records = None;
        self.parked.clear();
    }
}

/// A partition that came, for its reader.
pub struct Assigned {
    pub partition: i32,
    pub committed: Position,
    pub records: lane::Receiver,
    /// Why there are no more, once there are none.
    pub failure: Arc<OnceLock<LogError>>,
    pub stop: CancellationToken,
    /// Dropped when the reader has come to its end.
    pub working: Working<()>,
}

/// What librdkafka calls when partitions come and go.
pub struct GroupContext {
    epoch: u32,
    stop: CancellationToken,
    lanes: Mutex<HashMap<i32, Lane>>,
    assigned: mpsc::UnboundedSender<Result<Assigned, LogError>>,
}

impl GroupContext {
    pub fn new(
        epoch: u32,
        stop: &CancellationToken,
        assigned: mpsc::UnboundedSender<Result<Assigned, LogError>>,
    ) -> Self {
        Self { epoch, stop: stop.clone(), lanes: Mutex::default(), assigned }
    }

    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    pub fn lanes(&self) -> MutexGuard<'_, HashMap<i32, Lane>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the saver that something went wrong with the group as a whole.
    pub fn fail(&self, error: LogError) {
        // Nobody listens any more where the saver has stopped.
        let _ = self.assigned.send(Err(error));
    }

    fn assign(&self, consumer: &BaseConsumer<Self>, partitions: &TopicPartitionList) -> Result<(), KafkaError> {
        let starts = patiently(&self.stop, TAKE_OVER, || starts(consumer, partitions))?;
        consumer.incremental_assign(&starts)?;
        for element in starts.elements() {
            let Offset::Offset(next) = element.offset() else { continue };
            self.open(element.partition(), next);
        }
        Ok(())
    }

    fn open(&self, partition: i32, next: i64) {
        let (records, reader) = lane::lane();
        let (working, done) = done_channel();
        let stop = self.stop.child_token();
        let failure = Arc::default();
        let lane = Lane {
            records: Some(records),
            next,
            parked: VecDeque::new(),
            is_paused: false,
            failure: Arc::clone(&failure),
            stop: stop.clone(),
            done,
        };
        self.lanes().insert(partition, lane);
        let committed = position(self.epoch, next - 1);
        let _ = self.assigned.send(Ok(Assigned { partition, committed, records: reader, failure, stop, working }));
    }

    /// Ends the readers of partitions that go. Those that are merely moved get time to save and commit what they have;
    /// those that were lost are somebody else's already.
    fn revoke(&self, consumer: &BaseConsumer<Self>, partitions: &TopicPartitionList) -> Result<(), KafkaError> {
        let is_lost = consumer.assignment_lost();
        let going: Vec<Lane> = {
            let mut lanes = self.lanes();
            partitions.elements().iter().filter_map(|element| lanes.remove(&element.partition())).collect()
        };
        for lane in &going {
            lane.stop.cancel();
        }
        if !is_lost {
            let deadline = Instant::now() + DRAIN;
            for lane in &going {
                let left = deadline.saturating_duration_since(Instant::now());
                // An error of either kind: it has ended, or there is no more time.
                let _ = lane.done.recv_timeout(left);
            }
        }
        drop(going);
        consumer.incremental_unassign(partitions)
    }
}

impl ClientContext for GroupContext {}

impl ConsumerContext for GroupContext {
    fn rebalance(&self, consumer: &BaseConsumer<Self>, event: RDKafkaRespErr, partitions: &mut TopicPartitionList) {
        let numbers: Vec<_> = partitions.elements().iter().map(TopicPartitionListElem::partition).collect();
        let outcome = match event {
            RDKafkaRespErr::RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS => {
                tracing::info!(partitions = ?numbers, "partitions have come to this saver");
                self.assign(consumer, partitions)
            }
            RDKafkaRespErr::RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS => {
                tracing::info!(partitions = ?numbers, "partitions go to another saver");
                self.revoke(consumer, partitions)
            }
            other => Err(KafkaError::Rebalance(RDKafkaErrorCode::from(other))),
        };
        if let Err(error) = outcome {
            // librdkafka waits for an answer that it will not get: only another process can take part again.
            let said =
                format!("partitions {numbers:?} could not be taken over or given up: {error}; start this saver again");
            self.fail(LogError::Refused(said));
        }
    }
}

/// Asks again for as long as there is hope.
fn patiently<T>(
    stop: &CancellationToken,
    limit: Duration,
    mut ask: impl FnMut() -> Result<T, KafkaError>,
) -> Result<T, KafkaError> {
    let began = Instant::now();
    loop {
        match ask() {
            Err(error) if !stop.is_cancelled() && began.elapsed() < limit => {
                tracing::warn!(%error, "where the partitions start is not known yet; asking again");
                std::thread::sleep(AGAIN);
            }
            answer => return answer,
        }
    }
}

/// Where to start to read: behind what is committed, or at the beginning of what is there.
fn starts(
    consumer: &BaseConsumer<GroupContext>,
    partitions: &TopicPartitionList,
) -> Result<TopicPartitionList, KafkaError> {
    let mut starts = TopicPartitionList::new();
    let committed = consumer.committed_offsets(partitions.clone(), ASK)?;
    for element in committed.elements() {
        element.error()?;
        let (topic, partition) = (element.topic(), element.partition());
        let next = match element.offset() {
            Offset::Offset(next) => next,
            _ => beginning(consumer, topic, partition)?,
        };
        starts.add_partition_offset(topic, partition, Offset::Offset(next))?;
    }
    Ok(starts)
}

fn beginning(consumer: &BaseConsumer<GroupContext>, topic: &str, partition: i32) -> Result<i64, KafkaError> {
    let (low, _) = consumer.fetch_watermarks(topic, partition, ASK)?;
    if low > 0 {
        tracing::warn!(
            topic,
            partition,
            low,
            "no position is committed, and the oldest records are deleted: whatever was not saved of them is gone"
        );
    }
    Ok(low.max(first_offset(partition)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GONE: KafkaError = KafkaError::OffsetFetch(RDKafkaErrorCode::NotCoordinator);

    #[test]
    fn where_partitions_start_is_asked_again_until_there_is_an_answer() {
        let mut asked = 0;
        let answer = patiently(&CancellationToken::new(), Duration::from_mins(1), || {
            asked += 1;
            if asked < 3 { Err(GONE) } else { Ok(asked) }
        });
        assert_eq!(answer, Ok(3));
    }

    #[test]
    fn nobody_asks_for_ever_or_after_a_stop() {
        assert_eq!(patiently(&CancellationToken::new(), Duration::ZERO, || Err::<(), _>(GONE)), Err(GONE));
        let stop = CancellationToken::new();
        stop.cancel();
        assert_eq!(patiently(&stop, Duration::from_mins(1), || Err::<(), _>(GONE)), Err(GONE));
    }
}
