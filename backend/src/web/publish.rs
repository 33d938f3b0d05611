//! Publishing events: the one place that turns what happened into records of the log.

use super::http::RequestId;
use super::problem::ApiError;
use super::state::AppState;
use crate::log::NewRecord;
use shared::event::Event;
use shared::finding::FindingKind;
use shared::ids::StoreNo;

/// An event on its way into the log.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The store whose sequence it joins.
    pub store: StoreNo,
    /// What happened.
    pub event: Event,
    /// What was found wrong with it.
    pub flags: Vec<FindingKind>,
}

impl Outgoing {
    /// An event that nothing is wrong with.
    pub const fn new(store: StoreNo, event: Event) -> Self {
        Self { store, event, flags: Vec::new() }
    }
}

impl AppState {
    /// Appends events and resolves once they are durable; all or none are taken.
    ///
    /// # Errors
    ///
    /// [`super::problem::Kind::LogUnavailable`] and the log's others.
    pub async fn publish(&self, events: Vec<Outgoing>, request: &RequestId) -> Result<(), ApiError> {
        let accepted_at = self.mint.now();
        let record = |Outgoing { store, event, flags }| {
            let request_id = request.0.clone();
            NewRecord { store, event, accepted_at, flags, request_id }
        };
        Ok(self.log.append(events.into_iter().map(record).collect()).await?)
    }
}
