//! `GET stats`: what each store took on a day.

use crate::ledger::day::DayFigures;
use crate::web::caller::Caller;
use crate::web::extract::{Json, Query};
use crate::web::problem::ApiError;
use crate::web::state::App;
use crate::web::wall::moment;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::stats::{Stats, StatsQuery, StoreDay};
use shared::money::Money;
use shared::store::Store;
use shared::time::Day;

/// What each store took on a day, hour by hour, beside the same weekday a week before.
#[utoipa::path(
    get,
    path = "/stats",
    tag = "figures",
    params(StatsQuery),
    responses((status = 200, body = Stats), (status = "default", body = Problem))
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<StatsQuery>,
) -> Result<Json<Stats>, ApiError> {
    caller.must_see(&app, query.store).await?;
    let stores = match query.store {
        Some(no) => vec![app.stores.require(no).await?.store.clone()],
        None => app.store.read_all::<Store>("").await?.into_iter().map(|store| store.value).collect(),
    };
    let mut days = Vec::with_capacity(stores.len());
    for store in stores {
        days.push(day_of(&app, &store, query.day).await?);
    }
    let backlog = app.backlog.get().await?;
    Ok(Json(Stats { stores: days, backlog }))
}

async fn day_of(app: &App, store: &Store, day: Option<Day>) -> Result<StoreDay, ApiError> {
    let today = || Ok::<_, ApiError>(moment(app.mint.now(), store)?.business_day(store.cut_off));
    let day = day.map_or_else(today, Ok)?;
    let figures = app.store.day_figures(store.no, day).await?.unwrap_or_else(|| DayFigures::new(day));
    let week_before = app.store.day_figures(store.no, day.plus_days(-7)).await?;
    Ok(StoreDay {
        store: store.no,
        day,
        training: store.training,
        receipts: figures.registers.values().map(|register| register.receipts).sum(),
        takings: takings(&figures),
        week_before: week_before.as_ref().map_or(Money::ZERO, takings),
        hours: figures.hours,
    })
}

fn takings(figures: &DayFigures) -> Money {
    figures.registers.values().fold(Money::ZERO, |sum, register| sum.saturating_plus(register.takings))
}
