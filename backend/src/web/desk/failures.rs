//! What the savers find wrong with the chains of a store stands in the journal of its office, noted by the server itself.

use super::Desk;
use crate::ledger::changes::finding_id;
use crate::model::server_book::Book;
use crate::model::server_series::{self, ServerSeries};
use crate::store::StoreError;
use crate::store::projections::{ProjectionFilter, ProjectionKind};
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::state::App;
use shared::author::Author;
use shared::finding::{Finding, FindingKind};
use shared::ids::{RegisterNo, StoreNo};
use shared::journal::Act;
use shared::store::Store;
use std::collections::BTreeMap;

/// How many findings of a store are looked at each time.
const PAGE: u32 = 200;

/// Looks for what was found, and notes it once, however many instances look. A look goes on where the one before has ended; the
/// first one begins behind what the journal has.
#[derive(Debug, Default)]
pub struct Failures {
    /// The name of the last finding that was looked at.
    seen: BTreeMap<StoreNo, String>,
}

impl Failures {
    /// Notes what was found since the last look, a page of each store. What cannot be noted of one store does not keep the others
    /// from it.
    ///
    /// # Errors
    ///
    /// The store's, where the stores cannot be read.
    pub async fn note(&mut self, app: &App) -> Result<(), ApiError> {
        for store in app.store.read_all::<Store>("").await? {
            let store = store.value.no;
            if let Err(error) = self.note_of(app, store).await {
                tracing::warn!(%store, %error, "what was found is not in the store's journal yet; it is tried again");
            }
        }
        Ok(())
    }

    async fn note_of(&mut self, app: &App, store: StoreNo) -> Result<(), ApiError> {
        let seen = match self.seen.get(&store) {
            Some(name) => name.clone(),
            None => noted(app, store).await?,
        };
        let request = RequestId::default();
        let desk = Desk { app, by: Author::SERVER, store, request: &request };
        let filter =
            ProjectionFilter { store: Some(store), after: Some((store, seen)), descending: false, limit: Some(PAGE) };
        let mut found = app.store.list(ProjectionKind::Finding, filter).await?.into_iter().peekable();
        while let Some(document) = found.next() {
            let finding: Finding = serde_json::from_slice(&document.body).map_err(StoreError::from)?;
            desk.note_found(&finding).await?;
            // A record of a later version waits: what else is wrong with it is found later, under a name before this one.
            if finding.kind != FindingKind::LaterVersion || found.peek().is_some() {
                self.seen.insert(store, document.id);
            }
        }
        Ok(())
    }
}

/// The name of the last finding that is in the journal of a store's office, or one that stands before all names.
async fn noted(app: &App, store: StoreNo) -> Result<String, StoreError> {
    let office = app.store.read::<ServerSeries>(&server_series::id(store, RegisterNo::OFFICE)).await?;
    let found = office.and_then(|held| held.value.book().found());
    found.map_or(Ok(String::new()), |(position, kind)| finding_id(position, kind))
}

impl Desk<'_> {
    /// Notes a finding of a chain, unless the journal has it or a later one.
    async fn note_found(&self, finding: &Finding) -> Result<(), ApiError> {
        let Finding { position, kind, event: Some(record), journal, .. } = *finding else { return Ok(()) };
        if !kind.is_of_chain() {
            return Ok(());
        }
        let act = Act::ChainFailureFound { finding: kind, journal, position, record };
        let is_noted = |book: &Book| book.found() >= Some((position, kind));
        let noted = self.note_unless(|book| if is_noted(book) { Err(NotedBefore) } else { Ok(act.clone()) }).await?;
        if let Err(NotedBefore) = noted {
            tracing::debug!(store = %self.store, ?position, "another instance has noted it");
        }
        Ok(())
    }
}

/// The journal says it already.
struct NotedBefore;
