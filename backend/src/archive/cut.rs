//! The places in the stores' sequences that the sums stand at.

use crate::ledger::changes::SETTINGS_ID;
use crate::model::AnyStore;
use crate::store::StoreError;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use shared::event::Recorded;
use shared::ids::StoreNo;
use shared::position::Position;
use std::collections::BTreeMap;
use std::time::Duration;

/// How often a store's sums are read until they agree with each other: a checkpoint that is being written is over soon.
const TRIES: usize = 60;

/// How long to wait between two tries.
const PAUSE: Duration = Duration::from_millis(250);

/// The kinds that a ledger goes on from, which have to be as of one place.
const SUMS: [ProjectionKind; 3] = [ProjectionKind::Stock, ProjectionKind::Series, ProjectionKind::Day];

/// How far the sums of each store have got.
#[derive(Debug, Default)]
pub struct Cuts(BTreeMap<StoreNo, Position>);

impl Cuts {
    /// Remembers how far a store's have got.
    pub fn set(&mut self, store: StoreNo, position: Position) {
        self.0.insert(store, position);
    }

    /// Whether what stands at a place in a store's sequence is in its sums.
    pub fn hold(&self, store: StoreNo, position: Position) -> bool {
        self.0.get(&store).is_some_and(|cut| position <= *cut)
    }

    /// Whether a record is in its store's sums.
    pub fn hold_record(&self, record: &Recorded) -> bool {
        self.hold(record.store, record.position)
    }
}

/// The sums of one store and the place that all of them stand at; `None` where a checkpoint is half written.
///
/// A checkpoint writes the settings last, so that whatever is read after them stands at their position at least.
pub async fn sums(store: &AnyStore, no: StoreNo) -> Result<Option<(Position, Vec<Projected>)>, StoreError> {
    for attempt in 0..TRIES {
        if attempt > 0 {
            tokio::time::sleep(PAUSE).await;
        }
        let Some(settings) = store.projection(ProjectionKind::Settings, no, SETTINGS_ID).await? else { continue };
        let cut = settings.position;
        let mut sums = Vec::new();
        for kind in SUMS {
            let filter = ProjectionFilter { store: Some(no), ..ProjectionFilter::default() };
            sums.extend(store.list(kind, filter).await?);
        }
        if sums.iter().all(|document| document.position <= cut) {
            sums.push(settings);
            return Ok(Some((cut, sums)));
        }
    }
    Ok(None)
}
