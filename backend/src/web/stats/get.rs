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
    let backlog = app.backlog().await?;
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

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;

    #[tokio::test]
    async fn a_day_shows_its_takings_by_the_hour_on_the_wall() {
        let server = Server::with_demo().await;
        let receipt = server.till(1).await.sell_at(0, &[("A", 2)]);
        server.post("/api/v1/receipts").json(&serde_json::to_value(&receipt).unwrap()).send().await;
        server.save_all().await;
        let day = server.get("/api/v1/stats?store=1&day=2026-11-23").operator().send().await;
        let figures = &day.json["stores"][0];
        assert_eq!((&figures["receipts"], &figures["takings"]), (&1.into(), &500.into()), "{}", day.text);
        assert_eq!(figures["hours"][13], 500, "noon in UTC is one o'clock in Paris: {}", day.text);
        let week_later = server.get("/api/v1/stats?day=2026-11-30").operator().send().await;
        assert_eq!(week_later.json["stores"][0]["week_before"], 500, "{}", week_later.text);
        assert_eq!(week_later.json["stores"].as_array().unwrap().len(), 3);
    }

    #[tokio::test]
    async fn sellers_see_their_own_store_only() {
        let server = Server::with_demo().await;
        let seller = server.sign_in(1, 1).await;
        assert_eq!(server.get("/api/v1/stats?store=1").cookie(&seller).send().await.status, StatusCode::OK);
        server.get("/api/v1/stats").cookie(&seller).send().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
    }
}
