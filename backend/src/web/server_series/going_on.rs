//! Going on with a series, so that a crash leaves neither a gap nor the same thing twice.
//!
//! The series' next number, its head and the whole record go into one document by compare-and-swap before anything is
//! published. Whoever comes next settles what is pending first.

use super::pending::settle;
use crate::model::server_series::{self, ServerSeries};
use crate::store::documents::{Revision, Swap, Versioned};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use shared::ids::{RegisterNo, StoreNo};

/// How often it is tried while others issue on the same series.
pub const TRIES: usize = 100;

/// The register's series, if nothing is pending on it; what is pending is settled, and it has to be asked for again.
///
/// # Errors
///
/// [`Kind::Internal`] where the register has none, and the store's and the log's.
pub async fn settled(
    app: &App,
    store: StoreNo,
    register: RegisterNo,
    request: &RequestId,
) -> Result<Option<Versioned<ServerSeries>>, ApiError> {
    let held = app.store.read::<ServerSeries>(&server_series::id(store, register)).await?;
    let held = held.ok_or_else(|| Kind::Internal.because("The series has no key."))?;
    if held.value.pending().is_some() {
        settle(app, &held, request).await?;
        return Ok(None);
    }
    Ok(Some(held))
}

/// Writes what a series goes on with in the place of `revision`; nothing where somebody else was ahead. It is pending then.
///
/// # Errors
///
/// The store's.
pub async fn put(
    app: &App,
    revision: Revision,
    next: ServerSeries,
) -> Result<Option<Versioned<ServerSeries>>, ApiError> {
    let name = server_series::id(next.store, next.register);
    Ok(match app.store.write(&name, Some(revision), &next).await? {
        Swap::Done(revision) => Some(Versioned { revision, value: next }),
        Swap::Conflict => None,
    })
}

/// Writes what a series goes on with in the place of `revision`, and publishes it; `false` where somebody else was ahead.
///
/// # Errors
///
/// The store's and the log's. What was written stays pending then.
pub async fn go_on(app: &App, revision: Revision, next: ServerSeries, request: &RequestId) -> Result<bool, ApiError> {
    let Some(written) = put(app, revision, next).await? else { return Ok(false) };
    settle(app, &written, request).await?;
    Ok(true)
}
