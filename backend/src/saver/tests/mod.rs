//! The saver on the real embedded engine, with faults put between them.

mod faults;
mod mongodb;
mod order;
mod panics;
mod stops;

use super::{Saver, SaverError, SaverHealth};
use crate::metrics::Metrics;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use crate::testing::faulty::{Plan, Script};
use crate::testing::{Embedded, Engine, Opened, StoppedClock};
use shared::api::receipts::ReceiptQuery;
use shared::event::Recorded;
use shared::position::Position;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long a test waits before it gives up, by the real clock: the paused one runs ahead of the disk.
const PATIENCE: Duration = Duration::from_mins(2);

/// Everything that a store can be asked for.
#[derive(Debug, PartialEq, Eq)]
struct Contents {
    receipts: Vec<(Position, Vec<u8>)>,
    projections: Vec<Projected>,
    backlog: u64,
}

async fn contents(opened: &Opened) -> Contents {
    let mut query = ReceiptQuery { oldest_first: Some(true), limit: Some(500), ..ReceiptQuery::default() };
    let mut receipts = Vec::new();
    loop {
        let page = opened.store.search(&query).await.unwrap();
        receipts.extend(page.items.iter().map(|r| (r.position, serde_json::to_vec(&r.sealed).unwrap())));
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    let mut projections = Vec::new();
    for kind in [
        ProjectionKind::Settings,
        ProjectionKind::Stock,
        ProjectionKind::Series,
        ProjectionKind::Day,
        ProjectionKind::Alert,
        ProjectionKind::Finding,
    ] {
        projections.extend(opened.store.list(kind, ProjectionFilter::default()).await.unwrap());
    }
    Contents { receipts, projections, backlog: opened.log.backlog().await.unwrap() }
}

/// Appends what a history holds, as web tiers would.
async fn append(opened: &Opened, records: &[Recorded]) {
    for batch in records.chunks(7) {
        let records = batch.iter().map(|record| crate::log::NewRecord {
            store: record.store,
            event: record.event.clone(),
            accepted_at: record.accepted_at,
            flags: record.flags.clone(),
            request_id: None,
        });
        opened.log.append(records.collect()).await.unwrap();
    }
}

/// A saver at work.
struct Running {
    task: JoinHandle<Result<(), SaverError>>,
    stop: CancellationToken,
    health: Arc<SaverHealth>,
}

/// How a saver ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Stop,
    Death,
}

/// Starts a saver that takes so many records a second.
fn start(opened: &Opened, script: &Arc<Script>, rate: Option<u32>) -> Running {
    let stop = CancellationToken::new();
    script.stops(&stop);
    let health = Arc::new(SaverHealth::default());
    let saver = Saver {
        log: script.log(&opened.log),
        store: script.store(&opened.store),
        clock: Arc::new(StoppedClock),
        metrics: Arc::new(Metrics::new()),
        health: Arc::clone(&health),
        rate: rate.and_then(NonZeroU32::new),
        stop: stop.clone(),
    };
    Running { task: tokio::spawn(saver.run()), stop, health }
}

impl Running {
    /// Waits until everything is committed, then stops it.
    async fn finish(self, opened: &Opened) {
        wait_until(async || self.task.is_finished() || opened.log.backlog().await.unwrap() == 0).await;
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
    }

    /// The same with a script that may kill it, in which case it is gone afterwards.
    async fn finish_or_die(mut self, opened: &Opened, script: &Script) -> End {
        let committed = wait_until(async || opened.log.backlog().await.unwrap() == 0);
        let has_died = tokio::select! {
            () = script.death() => true,
            () = committed => false,
        };
        self.stop.cancel();
        // The last commit may be what kills it.
        let outcome = tokio::select! {
            outcome = &mut self.task, if !has_died => Some(outcome),
            () = script.death(), if !has_died => None,
            else => None,
        };
        let Some(outcome) = outcome else {
            self.kill().await;
            return End::Death;
        };
        outcome.unwrap().unwrap();
        End::Stop
    }

    /// As `kill -9` does: nothing is finished, nothing is told.
    async fn kill(self) {
        self.task.abort();
        let _ = self.task.await;
        // Its tasks have been told to end, and do so when it is their turn.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }
}

async fn wait_until(condition: impl AsyncFn() -> bool) {
    let began = std::time::Instant::now();
    while !condition().await {
        assert!(began.elapsed() < PATIENCE, "it never came to that");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// What a saver that nothing happens to makes of a history.
async fn undisturbed(records: &[Recorded], rate: Option<u32>) -> (Contents, Arc<Script>) {
    let engine = Embedded::new();
    let opened = engine.open().await;
    append(&opened, records).await;
    let script = Script::new(Plan::default());
    start(&opened, &script, rate).finish(&opened).await;
    (contents(&opened).await, script)
}
