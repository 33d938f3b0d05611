//! The servers of the log: partitions with their records, the group of savers that shares them, and who listens to notices.

use crate::log::LogRecord;
use shared::event::Recorded;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::position::Position;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use tokio::sync::{broadcast, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::super::process::Process;
use super::super::state::State;
use super::consumer::Assigned;

/// The log's epoch.
pub const EPOCH: u32 = 1;

/// How many of the latest notices a listener may be told again that comes later.
const LATEST: usize = 8;

/// One record on disk.
pub struct Entry {
    pub record: LogRecord,
    /// The same as it was meant; nothing where it cannot be read.
    pub meant: Option<Recorded>,
}

/// One partition.
pub struct Partition {
    pub entries: Vec<Entry>,
    /// The offset of the last record.
    pub end: Arc<State<u64>>,
    pub committed: u64,
    /// Grows with every reader; whoever has an earlier one has lost the partition.
    pub generation: u64,
    pub reader: Option<Reader>,
    /// Those who have lost it and do not know it yet.
    pub outdated: Vec<(MemberNo, CancellationToken)>,
}

/// Who reads a partition.
pub struct Reader {
    pub member: MemberNo,
    /// Asks it to come to an end.
    pub stop: CancellationToken,
    /// Whether it has given the partition back.
    pub is_done: bool,
    /// Since when it is to come to an end.
    pub draining_since: Option<Instant>,
}

pub type MemberNo = usize;

/// A saver in the group.
pub struct Member {
    pub process: Arc<Process>,
    pub stop: CancellationToken,
    pub assigned: mpsc::UnboundedSender<Assigned>,
    /// Since when nothing was heard of it.
    pub silent_since: Option<Instant>,
}

/// A web tier that listens.
pub struct Listener {
    pub process: Arc<Process>,
    pub notices: broadcast::Sender<Arc<Notice>>,
    /// When the last notice of each store arrives: those of one store stay in their order.
    pub arrivals: BTreeMap<StoreNo, Instant>,
    /// What has arrived.
    pub heard: Vec<Arc<Notice>>,
}

/// All of it.
pub struct Cluster {
    pub partitions: Vec<Partition>,
    pub members: BTreeMap<MemberNo, Member>,
    pub listeners: Vec<Listener>,
    pub latest: VecDeque<Arc<Notice>>,
    last_member: MemberNo,
}

impl Cluster {
    pub fn new(partitions: u32) -> Self {
        let partition = |_| Partition {
            entries: Vec::new(),
            end: Arc::new(State::new(0)),
            committed: 0,
            generation: 0,
            reader: None,
            outdated: Vec::new(),
        };
        Self {
            partitions: (0..partitions).map(partition).collect(),
            members: BTreeMap::new(),
            listeners: Vec::new(),
            latest: VecDeque::new(),
            last_member: 0,
        }
    }

    /// The partition of a store.
    pub fn partition_of(&self, store: StoreNo) -> usize {
        store.get() as usize % self.partitions.len()
    }

    pub fn join(&mut self, member: Member) {
        self.last_member += 1;
        self.members.insert(self.last_member, member);
    }

    pub fn remember(&mut self, notice: &Arc<Notice>) {
        self.latest.push_back(Arc::clone(notice));
        if self.latest.len() > LATEST {
            self.latest.pop_front();
        }
    }

    /// A notice arrives at a web tier.
    pub fn hears(&mut self, process: &Arc<Process>, notice: &Arc<Notice>) {
        if let Some(listener) = self.listeners.iter_mut().find(|listener| Arc::ptr_eq(&listener.process, process)) {
            listener.heard.push(Arc::clone(notice));
        }
    }

    /// How many records are behind the committed positions.
    pub fn backlog(&self) -> u64 {
        self.partitions.iter().map(|partition| partition.end.get() - partition.committed).sum()
    }
}

impl Partition {
    pub fn next_position(&self) -> Position {
        Position { epoch: EPOCH, offset: self.end.get() + 1 }
    }

    pub fn push(&mut self, entry: Entry) {
        let offset = entry.record.position.offset;
        self.entries.push(entry);
        self.end.set(offset);
    }
}
