//! What is refused of what tills send, so that managers are told: a till's last receipt leaves no gap behind it that would.
//!
//! It takes no session to send something, so that whoever likes can have it refused. What is kept of that is a number for each
//! store that there is, each of which is written down once in a few seconds however much comes.

pub mod get;

#[cfg(test)]
mod tests;

use super::state::App;
use crate::model::refusals::Refusals;
use crate::model::update::{Change, update};
use crate::store::StoreError;
use shared::ids::StoreNo;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// For how long nothing is written down after something was. What a process has refused in its last seconds may not be told.
const PAUSE: Duration = Duration::from_secs(5);

/// Of how many stores that this process has not met yet something is counted at once: there may be none of these numbers.
const UNMET: usize = 100;

/// What this process has refused and not written down yet.
#[derive(Default)]
pub struct Unwritten {
    counts: Mutex<BTreeMap<StoreNo, u64>>,
    bell: Notify,
}

impl Unwritten {
    fn add(&self, counts: impl IntoIterator<Item = (StoreNo, u64)>) {
        for (store, more) in counts {
            let mut held = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            let count = held.entry(store).or_default();
            *count = count.saturating_add(more);
            self.bell.notify_one();
        }
    }

    /// Whether a store that this process has not met may be counted.
    fn has_room_for(&self, store: StoreNo) -> bool {
        let held = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        held.len() < UNMET || held.contains_key(&store)
    }

    fn take(&self) -> BTreeMap<StoreNo, u64> {
        std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Counts what was refused, by the stores that are named.
pub fn note(app: &App, named: impl Iterator<Item = StoreNo>) {
    app.refused.add(
        named
            .filter(|store| app.stores.held(*store).is_some() || app.refused.has_room_for(*store))
            .map(|store| (store, 1)),
    );
}

/// Writes down what is counted, for as long as it is polled.
pub async fn keep(app: &App) {
    loop {
        app.refused.bell.notified().await;
        if let Err(error) = write_down(app).await {
            tracing::warn!(%error, "managers are not told yet of what was refused; it is tried again in a moment");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// # Errors
///
/// The store's. What is not written down then is counted still.
async fn write_down(app: &App) -> Result<(), StoreError> {
    let mut counts = app.refused.take();
    while let Some((store, more)) = counts.pop_first() {
        if let Err(error) = write_one(app, store, more).await {
            app.refused.add(counts.into_iter().chain([(store, more)]));
            return Err(error);
        }
    }
    Ok(())
}

async fn write_one(app: &App, store: StoreNo, more: u64) -> Result<(), StoreError> {
    if app.stores.get(store).await?.is_none() {
        return Ok(());
    }
    let now = app.mint.now();
    let with = |before| Ok(Change::Write(Refusals::with(before, store, more, now), ()));
    update(&*app.store, &Refusals::id(store), with).await
}

/// What managers are told of, by store.
///
/// # Errors
///
/// The store's.
pub async fn told(app: &App) -> Result<Vec<Refusals>, StoreError> {
    let now = app.mint.now();
    let all = app.store.read_all::<Refusals>("").await?;
    Ok(all.into_iter().map(|read| read.value).filter(|refusals| refusals.is_told(now)).collect())
}
