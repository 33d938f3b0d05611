//! Seeing to what requests leave behind: receipts of baskets that a crash kept from the log, baskets that nobody came
//! back for, sessions that have ended, simulations that are long over.

use super::baskets::pending::settle_all;
use super::problem::ApiError;
use super::state::App;
use crate::model::basket::{self, BasketDocument};
use crate::model::session::SessionDocument;
use crate::model::simulation::SimulationDocument;
use crate::store::StoreError;
use crate::store::documents::Document;
use jiff::Timestamp;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often receipts that are pending are looked for.
const SETTLE: Duration = Duration::from_secs(10);
/// How often what is old is looked for.
const TIDY: Duration = Duration::from_mins(10);
/// How many simulations that are over are remembered.
const SIMULATIONS: usize = 50;

/// Runs until it is stopped. Any number of instances may run it at once.
pub async fn run(app: App, stop: CancellationToken) {
    let mut settle = tokio::time::interval(SETTLE);
    let mut tidy_up = tokio::time::interval(TIDY);
    loop {
        let done = tokio::select! {
            () = stop.cancelled() => return,
            _ = settle.tick() => settle_all(&app).await,
            _ = tidy_up.tick() => tidy(&app).await.map_err(ApiError::from),
        };
        if let Err(error) = done {
            tracing::warn!(%error, "sweeping broke off; it goes on in a while");
        }
    }
}

/// Removes what is old.
///
/// # Errors
///
/// The store's.
pub async fn tidy(app: &App) -> Result<(), StoreError> {
    let now = app.mint.now();
    remove_if::<BasketDocument>(app, |document| is_old(document, now)).await?;
    remove_if::<SessionDocument>(app, |session| session.expires_at <= now).await?;
    let simulations = app.store.read_all::<SimulationDocument>("").await?.len();
    let mut surplus = simulations.saturating_sub(SIMULATIONS);
    // Names are in the order of starting: the oldest that are over go first.
    remove_if::<SimulationDocument>(app, |job| {
        let goes = surplus > 0 && !job.is_live(now);
        surplus -= usize::from(goes);
        goes
    })
    .await
}

fn is_old(document: &BasketDocument, now: Timestamp) -> bool {
    document.changed_at.checked_add(basket::LIFETIME).is_ok_and(|until| until < now)
}

async fn remove_if<T: Document>(app: &App, mut goes: impl FnMut(&T) -> bool) -> Result<(), StoreError> {
    for raw in app.store.list_documents(T::KIND, "").await? {
        let Some(body) = raw.body else { continue };
        if goes(&serde_json::from_slice(&body)?) {
            app.store.delete(T::KIND, &raw.id).await?;
        }
    }
    Ok(())
}
