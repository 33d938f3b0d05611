//! A register's series that the server issues on: opened once, its key made here and sealed before anything is signed.

use super::pending::settle;
use crate::model::register::KeyHolder;
use crate::model::server_series::{self, ServerSeries, WrongKey};
use crate::web::cache::StoreView;
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::registers::enrol::{Ask, claim};
use crate::web::state::App;
use shared::chain::Hash;
use shared::ids::{RegisterNo, SeriesId};

/// A series that the server may issue on.
#[derive(Debug, Clone)]
pub struct OpenSeries {
    /// Which.
    pub id: SeriesId,
    /// What its first receipt names as its predecessor.
    pub prev: Hash,
}

/// The series of a register that the server issues on, opened for `holder` if it has none; the log knows of it when this
/// answers.
///
/// # Errors
///
/// [`Kind::UnknownRegister`], [`Kind::RegisterHasTill`], and the store's and the log's.
pub async fn open(
    app: &App,
    view: &StoreView,
    register: RegisterNo,
    holder: &str,
    request: &RequestId,
) -> Result<OpenSeries, ApiError> {
    let unknown = || Kind::UnknownRegister.because(format!("Store {} has no register {register}.", view.store.no));
    let known = view.registers.get(&register).ok_or_else(unknown)?;
    if let Some(entry) = known.current().filter(|entry| entry.held_by == KeyHolder::Server && entry.announced) {
        return Ok(OpenSeries { id: known.series_id(entry), prev: entry.prev });
    }
    if let Some(entry) = known.latest().filter(|entry| entry.held_by == KeyHolder::Till) {
        return Err(Kind::RegisterHasTill.because(format!("It is held by {}.", entry.holder)));
    }
    let key = key(app, view, register).await?.public_key;
    let ask = Ask { key, held_by: KeyHolder::Server, holder: holder.to_owned(), take_over: false };
    let enrolled = claim(app, &view.store, register, ask, request).await?;
    let view = app.stores.require(view.store.no).await?;
    let entry = view.registers.get(&register).and_then(|known| known.series(&enrolled.series.letter));
    let prev = entry.map(|entry| entry.prev).ok_or_else(|| Kind::Busy.because("The series is being opened."))?;
    Ok(OpenSeries { id: enrolled.series, prev })
}

/// The series of a register as [`open`] gives it, by a key that can be opened: where `COMPTOIR_KEY` was lost, a further series
/// takes the place of the one whose key only that one opened.
///
/// # Errors
///
/// Those of [`open`].
pub async fn open_anew(
    app: &App,
    view: &StoreView,
    register: RegisterNo,
    holder: &str,
    request: &RequestId,
) -> Result<OpenSeries, ApiError> {
    let series = open(app, view, register, holder, request).await?;
    let store = view.store.no;
    let name = server_series::id(store, register);
    let held = app.store.read::<ServerSeries>(&name).await?;
    let held = held.ok_or_else(|| Kind::Busy.because("The series is being opened."))?;
    let held = if held.value.open(&app.settings.key).is_ok() {
        held.value
    } else {
        tracing::error!(%store, %register, "the key of the series cannot be opened: another series takes its place");
        settle(app, &held, request).await?;
        let settled = app.store.read::<ServerSeries>(&name).await?.map(|settled| settled.revision);
        let fresh = ServerSeries::seal(store, register, &app.mint.random(), &app.settings.key, app.mint.random())?;
        // A conflict means that somebody else was ahead, with a key that can be opened.
        let _ = app.store.write(&name, settled, &fresh.in_place_of(&held.value)).await?;
        key(app, view, register).await?
    };
    let known = app.stores.require(store).await?;
    let current = known.registers.get(&register).and_then(|known| known.current());
    if current.is_some_and(|current| current.public_key == held.public_key) {
        return Ok(series);
    }
    // Also where a process died between the two.
    let ask = Ask { key: held.public_key, held_by: KeyHolder::Server, holder: holder.to_owned(), take_over: true };
    let enrolled = claim(app, &view.store, register, ask, request).await?;
    Ok(OpenSeries { id: enrolled.series, prev: enrolled.head.hash })
}

/// The series' document; whoever is first makes the key, and everybody else reads it.
async fn key(app: &App, view: &StoreView, register: RegisterNo) -> Result<ServerSeries, ApiError> {
    let store = view.store.no;
    let id = server_series::id(store, register);
    let fresh = ServerSeries::seal(store, register, &app.mint.random(), &app.settings.key, app.mint.random())?;
    // A conflict means that the key is there.
    let _ = app.store.write(&id, None, &fresh).await?;
    let found = app.store.read::<ServerSeries>(&id).await?;
    found.map(|found| found.value).ok_or_else(|| Kind::Busy.because("The series is being opened."))
}

impl From<WrongKey> for ApiError {
    fn from(error: WrongKey) -> Self {
        tracing::error!(%error, "the server cannot issue");
        Kind::Internal.because("The key of a series that the server issues on cannot be opened.")
    }
}
