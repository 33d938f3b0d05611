//! Seeing to what is issued but perhaps not yet in the log.

use crate::model::basket::{self, BasketDocument, Stage};
use crate::model::server_series::{self, Issued, ServerSeries};
use crate::model::update::{Change, update};
use crate::store::documents::Versioned;
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::publish::Outgoing;
use crate::web::state::App;
use shared::chain::Sealed;
use shared::event::Event;
use shared::ids::BasketId;
use shared::receipt::Receipt;

/// Publishes what is pending on a series, notes a receipt on its basket, and lets go of it. Doing it twice, or at once
/// with somebody else, makes no difference: the log's readers know receipts and entries by their ids.
///
/// # Errors
///
/// The store's and the log's; it stays pending then.
pub async fn settle(app: &App, series: &Versioned<ServerSeries>, request: &RequestId) -> Result<(), ApiError> {
    let Some(issued) = series.value.pending() else { return Ok(()) };
    let event = match issued {
        Issued::Receipt(receipt) => Event::Receipt(receipt.clone()),
        Issued::Entry(entry) => Event::Journal(entry.clone()),
    };
    app.publish(vec![Outgoing::new(series.value.store, event)], request).await?;
    match issued {
        Issued::Receipt(receipt) => {
            app.metrics.receipts_accepted.inc();
            if let Some(basket) = receipt.body.basket {
                note(app, basket, receipt).await?;
            }
        }
        Issued::Entry(_) => drop(app.metrics.entries_accepted.inc()),
    }
    let settled = series.value.clone().settled();
    let name = server_series::id(series.value.store, series.value.register);
    // A conflict means that somebody else has settled it.
    let _ = app.store.write(&name, Some(series.revision), &settled).await?;
    Ok(())
}

async fn note(app: &App, basket: BasketId, receipt: &Sealed<Receipt>) -> Result<(), ApiError> {
    update(&*app.store, &basket::id(basket), |found: Option<BasketDocument>| match found {
        Some(mut document) if document.receipt().is_none() => {
            document.stage = Stage::CheckedOut { receipt: Box::new(receipt.clone()) };
            Ok::<_, ApiError>(Change::Write(document, ()))
        }
        Some(_) | None => Ok(Change::Keep(())),
    })
    .await
}

/// Settles everything that is pending, such as after a crash.
///
/// # Errors
///
/// The store's and the log's; what is left stays pending.
pub async fn settle_all(app: &App) -> Result<(), ApiError> {
    for series in app.store.read_all::<ServerSeries>("").await? {
        settle(app, &series, &RequestId::default()).await?;
    }
    Ok(())
}
