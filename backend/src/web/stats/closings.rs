//! `GET stores/{s}/closings`: the closings of a store.

use crate::store::search_page::PositionCursor;
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path, Query};
use crate::web::paging;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::Page;
use shared::api::closings::{ClosingQuery, StoredClosing};
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::api::problem::Problem;
use shared::closing::{Periods, State as ClosingState};
use shared::ids::StoreNo;
use shared::journal::{Act, ActKind};

/// The most on a page.
const LARGEST_PAGE: u16 = 500;

/// The closings of a store, newest saved first, one page at a time, and whether each is complete: everything that it covers
/// is saved, and its figures are those of the receipts. It reads the entries of the page and one document for each series,
/// however many receipts were closed.
#[utoipa::path(
    get,
    path = "/stores/{store}/closings",
    tag = "figures",
    params(("store" = StoreNo, Path, description = "The store."), ClosingQuery),
    responses(
        (status = 200, body = Page<StoredClosing>),
        (status = 403, body = Problem),
        (status = 404, body = Problem, description = "No such store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path(store): Path<StoreNo>,
    Query(query): Query<ClosingQuery>,
) -> Result<Json<Page<StoredClosing>>, ApiError> {
    caller.must_work_in(&app.stores.require(store).await?.store)?;
    paging::check_limit(query.limit, LARGEST_PAGE)?;
    paging::cursor::<PositionCursor>(query.cursor.as_deref())?;
    let ClosingQuery { register, from, to, cursor, limit } = query;
    let act = Some(ActKind::DayClosed);
    let query = JournalQuery { register, act, from, to, cursor, limit, ..JournalQuery::of(store) };
    let found = app.store.journal(&query).await?;
    let periods = app.store.all_periods(store).await?;
    let closing = |entry: StoredEntry| {
        let body = &entry.sealed.body;
        let of_series = periods.get(&(body.register, body.series.clone()));
        StoredClosing { state: state(of_series, &body.entry), entry }
    };
    Ok(Json(Page { items: found.items.into_iter().map(closing).collect(), next: found.next }))
}

/// The ledger follows the journal by a checkpoint: what it has not seen waits.
pub(super) fn state(periods: Option<&Periods>, act: &Act) -> ClosingState {
    match (periods, act) {
        (Some(periods), Act::DayClosed(closing)) => periods.state(closing.number),
        _ => ClosingState::Waiting,
    }
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::{Value, json};

    const PATH: &str = "/api/v1/stores/1/closings";

    async fn listed(server: &Server, query: &str) -> Vec<Value> {
        let seller = server.sign_in(1, 1).await;
        let reply = server.get(&format!("{PATH}{query}")).cookie(&seller).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.json["items"].as_array().unwrap().clone()
    }

    #[tokio::test]
    async fn a_closing_waits_until_all_of_its_receipts_are_saved_and_is_complete_then() {
        let server = Server::with_demo().await;
        let mut till = server.till(1).await;
        let receipts = [till.sell_at(0, &[("A", 1)]), till.sell_at(60, &[("A", 2)])];
        server.post("/api/v1/journal").json(&json!([till.close_day(120)])).send().await;
        server.post("/api/v1/receipts").json(&json!([receipts[1]])).send().await;
        server.save_all().await;
        let waiting = listed(&server, "").await;
        assert_eq!((waiting.len(), &waiting[0]["state"]), (1, &json!("waiting")));
        server.post("/api/v1/receipts").json(&json!([receipts[0]])).send().await;
        server.save_all().await;
        let complete = listed(&server, "?register=1&from=2026-11-23&to=2026-11-23").await;
        assert_eq!(complete[0]["state"], "complete");
        let closing = &complete[0]["body"]["entry"];
        assert_eq!(
            (&closing["first"], &closing["last"], &closing["period"]["total"]),
            (&json!(1), &json!(2), &json!(750))
        );
        assert_eq!(closing["perpetual"], json!({"absolute": 750, "algebraic": 750}));
        assert_eq!(listed(&server, "?register=2").await, [] as [Value; 0]);
    }

    #[tokio::test]
    async fn sellers_get_those_of_their_own_store_only() {
        let server = Server::with_demo().await;
        let seller = server.sign_in(1, 1).await;
        let other = server.get("/api/v1/stores/2/closings").cookie(&seller).send().await;
        other.is_problem(StatusCode::FORBIDDEN, "forbidden");
        server.get(PATH).send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
        let unread = server.get(&format!("{PATH}?cursor=x")).cookie(&seller).send().await;
        unread.is_problem(StatusCode::BAD_REQUEST, "bad-query");
    }
}
