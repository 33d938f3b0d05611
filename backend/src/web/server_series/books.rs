//! The journal of a series that the server issues on: that its key was made, and that days are closed.

use super::going_on::go_on;
use crate::model::register::KeyHolder;
use crate::model::server_series::ServerSeries;
use crate::store::documents::Versioned;
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::state::App;
use crate::web::wall::moment;
use jiff::Timestamp;
use shared::author::Author;
use shared::chain::{Head, Sealed};
use shared::ids::SeriesId;
use shared::journal::{Deed, JournalEntry};
use shared::store::Store;

/// What its journal has to say at a time, before the series goes on, signed; nothing where it has nothing to say. It is by the
/// seller of the last receipt, or `by` where there is none.
///
/// # Errors
///
/// [`Kind::Internal`](crate::web::problem::Kind::Internal) where the key or the store's clock cannot be read.
pub fn due(
    app: &App,
    store: &Store,
    id: &SeriesId,
    series: &ServerSeries,
    by: Author,
    now: Timestamp,
) -> Result<Option<Sealed<JournalEntry>>, ApiError> {
    let (at, book) = (moment(now, store)?, series.book());
    let head = series.head().unwrap_or(Head::GENESIS);
    let Some(act) = book.due(series.public_key, head, at.business_day(store.cut_off)) else { return Ok(None) };
    let deed = Deed { act, at, by: book.seller().map_or(by, Author::from), manager: None };
    // A journal that is full says nothing any more; what is sold counts on in the period that runs.
    let Ok(entry) = JournalEntry::next(id, book.journal(), store.training, app.mint.event_id(), deed) else {
        return Ok(None);
    };
    Ok(Some(Sealed::seal(entry, &series.open(&app.settings.key)?)))
}

/// Closes the days that are over on every series that the server issues on. What one of them cannot do does not keep the
/// others from it.
///
/// # Errors
///
/// The store's, where the series cannot be read.
pub async fn close_days(app: &App) -> Result<(), ApiError> {
    for held in app.store.read_all::<ServerSeries>("").await? {
        let (store, register) = (held.value.store, held.value.register);
        if let Err(error) = close_day(app, held).await {
            tracing::warn!(%store, %register, %error, "a self-service day could not be closed; it is tried again");
        }
    }
    Ok(())
}

async fn close_day(app: &App, held: Versioned<ServerSeries>) -> Result<(), ApiError> {
    let (Some(by), None) = (held.value.book().seller(), held.value.pending()) else { return Ok(()) };
    let view = app.stores.require(held.value.store).await?;
    let register = view.register(held.value.register)?;
    let current = register.current().filter(|entry| entry.held_by == KeyHolder::Server);
    let Some(id) = current.map(|entry| register.series_id(entry)) else { return Ok(()) };
    let Some(entry) = due(app, &view.store, &id, &held.value, by.into(), app.mint.now())? else { return Ok(()) };
    // Where it does not go on, somebody has issued, or closed, meanwhile.
    go_on(app, held.revision, held.value.with_entry(entry), &RequestId::default()).await?;
    Ok(())
}
