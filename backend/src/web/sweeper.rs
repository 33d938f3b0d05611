//! Seeing to what requests leave behind: receipts of baskets that a crash kept from the log, days of self-service registers
//! that nobody closes, findings that belong into the journal, counts of what was refused, baskets that nobody came back for,
//! sessions that have ended, simulations that are long over, stores whose opening broke off before the ledger heard of it.

use super::desk::Failures;
use super::http::RequestId;
use super::problem::ApiError;
use super::publish::Outgoing;
use super::refusals;
use super::server_series::books::close_days;
use super::server_series::pending::settle_all;
use super::state::App;
use crate::model::basket::{self, BasketDocument};
use crate::model::session::SessionDocument;
use crate::model::simulation::SimulationDocument;
use crate::model::store::settings_event;
use crate::store::StoreError;
use crate::store::documents::{Document, Versioned};
use jiff::Timestamp;
use shared::store::Store;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How often receipts that are pending are looked for.
const SETTLE: Duration = Duration::from_secs(10);
/// How long the savers have to catch up before the first look at what is old or broke off.
const FIRST_TIDY: Duration = Duration::from_mins(1);
/// How often it is looked for from then on.
const TIDY: Duration = Duration::from_mins(10);
/// How many simulations that are over are remembered.
const SIMULATIONS: usize = 50;

/// Runs until it is stopped. Any number of instances may run it at once.
pub async fn run(app: App, stop: CancellationToken) {
    let sweeping = async { tokio::join!(sweep(&app), note_failures(&app), refusals::keep(&app)) };
    tokio::select! {
        () = stop.cancelled() => {}
        _ = sweeping => {}
    }
}

async fn sweep(app: &App) {
    let mut settle = tokio::time::interval(SETTLE);
    let mut tidy_up = tokio::time::interval_at(Instant::now() + FIRST_TIDY, TIDY);
    loop {
        let done = tokio::select! {
            _ = settle.tick() => settle_all(app).await,
            _ = tidy_up.tick() => tidy(app).await,
        };
        if let Err(error) = done {
            tracing::warn!(%error, "sweeping broke off; it goes on in a while");
        }
    }
}

/// Beside the sweeping, which does not wait for however many failures are noted.
async fn note_failures(app: &App) {
    let mut look = tokio::time::interval_at(Instant::now() + FIRST_TIDY, TIDY);
    let mut failures = Failures::default();
    loop {
        look.tick().await;
        if let Err(error) = failures.note(app).await {
            tracing::warn!(%error, "what was found is not in the journals yet; it is tried again in a while");
        }
    }
}

/// Removes what is old, closes days that are over, and tells the ledger of stores whose opening broke off.
///
/// # Errors
///
/// The store's and the log's.
pub async fn tidy(app: &App) -> Result<(), ApiError> {
    remove_old(app).await?;
    for Versioned { value: store, .. } in app.store.read_all::<Store>("").await? {
        if app.store.store_settings(store.no).await?.training.is_none() {
            let told = Outgoing::new(store.no, settings_event(&store));
            app.publish(vec![told], &RequestId::default()).await?;
        }
    }
    close_days(app).await
}

async fn remove_old(app: &App) -> Result<(), StoreError> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::store;
    use crate::web::testing::Server;
    use axum::http::StatusCode;

    #[tokio::test]
    async fn a_store_whose_opening_broke_off_is_told_to_the_ledger_once() {
        let server = Server::with_demo().await;
        server.save_all().await;
        let stores = &server.app().store;
        let first = stores.read::<Store>(&store::id(shared::ids::StoreNo::FIRST)).await.unwrap().unwrap().value;
        let orphan = Store { no: 50_u64.try_into().unwrap(), ..first };
        let _ = stores.write(&store::id(orphan.no), None, &orphan).await.unwrap();
        tidy(server.app()).await.unwrap();
        server.save_all().await;
        assert_eq!(stores.store_settings(orphan.no).await.unwrap().training, Some(true));
        tidy(server.app()).await.unwrap();
        assert_eq!(server.app().log.backlog().await.unwrap(), 0, "nothing is told again");
    }

    #[tokio::test]
    async fn sessions_that_have_ended_are_removed_and_others_stay() {
        let server = Server::with_demo().await;
        let live = server.sign_in(1, 1).await;
        let stores = &server.app().store;
        let sessions = stores.list_documents(SessionDocument::KIND, "").await.unwrap();
        let ended = SessionDocument {
            expires_at: Timestamp::UNIX_EPOCH,
            ..serde_json::from_slice(sessions[0].body.as_ref().unwrap()).unwrap()
        };
        let _ = stores.write("ended", None, &ended).await.unwrap();
        tidy(server.app()).await.unwrap();
        assert_eq!(stores.list_documents(SessionDocument::KIND, "").await.unwrap().len(), 1);
        let current = server.get("/api/v1/sessions/current").cookie(&live).send().await;
        assert_eq!(current.status, StatusCode::OK);
    }
}
