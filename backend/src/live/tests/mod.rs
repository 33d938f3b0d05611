//! Whatever a page saw and missed, it ends with the picture that the store has.

mod flow;
mod healing;
mod page;

use super::Hub;
use crate::metrics::Metrics;
use crate::saver::Saver;
use crate::store::Store;
use crate::testing::{Opened, StoppedClock};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long a test waits before it gives up, which is longer than any of it takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// Hub and saver at work on one engine.
struct House {
    hub: Arc<Hub>,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl House {
    fn without_saver(opened: &Opened) -> Self {
        Self::on(opened, Arc::clone(&opened.store))
    }

    /// A hub that reads from a store that is not as good as the engine's own.
    fn on(opened: &Opened, store: Arc<dyn Store>) -> Self {
        let hub = Arc::new(Hub::new(store));
        let stop = CancellationToken::new();
        let (running, notices, until) = (Arc::clone(&hub), opened.log.notices(), stop.clone());
        let task = tokio::spawn(async move { running.run(notices, until).await });
        Self { hub, stop, tasks: vec![task] }
    }

    fn open(opened: &Opened) -> Self {
        let mut house = Self::without_saver(opened);
        let saver = Saver {
            log: Arc::clone(&opened.log),
            store: Arc::clone(&opened.store),
            clock: Arc::new(StoppedClock),
            metrics: Arc::new(Metrics::new()),
            health: Arc::default(),
            rate: None,
            stop: house.stop.clone(),
        };
        house.tasks.push(tokio::spawn(async move { saver.run().await.unwrap() }));
        house
    }

    async fn close(self) {
        self.stop.cancel();
        for task in self.tasks {
            task.await.unwrap();
        }
    }
}

async fn wait_until(condition: impl AsyncFn() -> bool) {
    let began = std::time::Instant::now();
    while !condition().await {
        assert!(began.elapsed() < PATIENCE, "it never came to that");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
