//! Archives of embedded engines and of `MongoDB`, written, altered, and put back.

mod damage;
mod half_written;
mod in_memory;
mod mongodb;
mod replay;
mod targets;

use super::backup::write;
use super::drain::drain;
use super::line::Counts;
use super::options::PlaceOptions;
use super::place::Place;
use super::restore::{Verified, restore};
use super::{ArchiveError, read_out};
use crate::log::NewRecord;
use crate::model::AnyStore;
use crate::store::documents::Swap;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use crate::testing::{Till, delivery, in_order, kind_of_store, sale, second, thresholds};
use serde_json::Value;
use shared::event::Recorded;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A folder of a test's own.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// An embedded engine under a name, opened for work.
    fn open(&self, name: &str) -> Place {
        Place::folder(&self.path(name)).unwrap()
    }

    /// Backs an embedded engine up, while it may be open.
    async fn back_up(&self, name: &str, file: &str) -> Result<Counts, ArchiveError> {
        let place = Place::to_read(&PlaceOptions { data: self.path(name), store: None }).await?;
        write(&place, &self.path(file), second(0)).await
    }

    /// Restores an archive into an embedded engine.
    async fn restore(&self, file: &str, name: &str) -> Result<u32, ArchiveError> {
        restore(&Verified::of(&self.path(file))?, &self.open(name)).await
    }

    /// An engine with a dozen records, a part of them saved, and documents; backed up as `archive`.
    async fn with_archive() -> Self {
        let desk = Self::new();
        let shop = desk.open("shop");
        append(&shop, &day()[..9]).await;
        save(&shop).await;
        append(&shop, &day()[9..]).await;
        decide(&*shop.store()).await;
        drop(shop);
        desk.back_up("shop", "archive").await.unwrap();
        desk
    }
}

/// A short day: settings, goods, and sales that raise an alert.
fn day() -> Vec<Recorded> {
    let mut till = Till::new(1, 1);
    let mut events = vec![
        kind_of_store(1, true),
        till.enrolment(2),
        delivery(3, &[("A", 10), ("B", 10)]),
        thresholds(4, &[("A", 5000)]),
    ];
    events.extend((0..8).map(|_| sale(&till.sell(&[("A", 1), ("B", 1)]))));
    in_order(events)
}

async fn decide(store: &AnyStore) {
    for (kind, id, body) in [("product", "A", "{\"a\":1}"), ("product", "B", "{}"), ("seller", "1", "{\"name\":\"é\"}")]
    {
        assert!(matches!(store.swap(kind, id, None, body.into()).await.unwrap(), Swap::Done(_)));
    }
    store.delete("product", "B").await.unwrap();
}

/// Appends what a history holds, as web tiers would.
async fn append(place: &Place, records: &[Recorded]) {
    use crate::log::EventLog;
    let record = |record: &Recorded| NewRecord {
        store: record.store,
        event: record.event.clone(),
        accepted_at: record.accepted_at,
        flags: record.flags.clone(),
        request_id: None,
    };
    place.log().unwrap().append(records.iter().map(record).collect()).await.unwrap();
}

/// Saves everything that is in an engine's log.
async fn save(place: &Place) {
    save_from(place, place.store()).await;
}

/// Saves everything that is in one engine's log into another store.
async fn save_from(log: &Place, store: Arc<dyn crate::store::Store>) {
    drain(Arc::new(log.log().unwrap()), store).await.unwrap();
}

async fn projections(store: &AnyStore) -> Vec<Projected> {
    let mut all = Vec::new();
    for kind in ProjectionKind::ALL {
        all.extend(store.list(kind, ProjectionFilter::default()).await.unwrap());
    }
    all
}

/// What the projections say, but for places in the log and for how many copies came.
async fn figures(store: &AnyStore) -> BTreeSet<String> {
    let told = |projected: Projected| {
        let mut body: Value = serde_json::from_slice(&projected.body).unwrap();
        forget(&mut body);
        let named_by_place = matches!(projected.kind, ProjectionKind::Alert | ProjectionKind::Finding);
        let id = if named_by_place { "" } else { &projected.id };
        format!("{} {:?} {id} {body}", projected.store, projected.kind)
    };
    projections(store).await.into_iter().map(told).collect()
}

fn forget(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !["position", "raised", "copies"].contains(&name.as_str()));
            members.values_mut().for_each(forget);
        }
        Value::Array(items) => items.iter_mut().for_each(forget),
        _ => {}
    }
}

/// A copy of a file with each of its bytes as `change` has it.
fn rewrite(from: &Path, to: &Path, change: impl FnOnce(String) -> String) {
    std::fs::write(to, change(std::fs::read_to_string(from).unwrap())).unwrap();
}
