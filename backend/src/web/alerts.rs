//! `GET alerts`: products that run low, or did.

use crate::ledger::changes::read;
use crate::ledger::stock::StockPage;
use crate::store::StoreError;
use crate::store::projections::{ProjectionFilter, ProjectionKind};
use crate::store::search_page::{self, InvalidCursor};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Query};
use crate::web::paging;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::Page;
use shared::api::alerts::AlertQuery;
use shared::api::problem::Problem;
use shared::ids::StoreNo;
use shared::notice::Alert;
use shared::store::Store;
use std::str::FromStr;

/// How many are on a page.
const PAGE: u16 = 200;
/// The most on a page.
const LARGEST_PAGE: u16 = 500;

/// The open alerts, most urgent first; with `all` every alert that ever was, by store, newest first.
#[utoipa::path(
    get,
    path = "/alerts",
    tag = "figures",
    params(AlertQuery),
    responses((status = 200, body = Page<Alert>), (status = "default", body = Problem))
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<AlertQuery>,
) -> Result<Json<Page<Alert>>, ApiError> {
    caller.must_see(&app, query.store).await?;
    paging::check_limit(query.limit, LARGEST_PAGE)?;
    let limit = search_page::limit(query.limit, PAGE);
    let all = query.all.unwrap_or(false);
    Ok(Json(if all { history(&app, &query, limit).await? } else { open(&app, &query, limit).await? }))
}

/// The open ones change while one reads them, so the cursor of their pages is a place in the list.
async fn open(app: &App, query: &AlertQuery, limit: usize) -> Result<Page<Alert>, ApiError> {
    let start: usize = paging::cursor(query.cursor.as_deref())?.unwrap_or(0);
    let mut alerts = Vec::new();
    for store in stores(app, query.store).await? {
        let filter = ProjectionFilter { store: Some(store), ..ProjectionFilter::default() };
        for page in app.store.list(ProjectionKind::Stock, filter).await? {
            let StockPage(entries) = read(&page)?;
            alerts.extend(entries.into_values().filter_map(|entry| entry.alert));
        }
    }
    alerts.sort_by_key(|alert| (alert.urgency(), alert.raised_at));
    let end = start.saturating_add(limit);
    let next = (end < alerts.len()).then(|| end.to_string());
    Ok(Page { items: alerts.into_iter().skip(start).take(limit).collect(), next })
}

async fn stores(app: &App, one: Option<StoreNo>) -> Result<Vec<StoreNo>, StoreError> {
    match one {
        Some(store) => Ok(vec![store]),
        None => Ok(app.store.read_all::<Store>("").await?.into_iter().map(|store| store.value.no).collect()),
    }
}

async fn history(app: &App, query: &AlertQuery, limit: usize) -> Result<Page<Alert>, ApiError> {
    let after = paging::cursor(query.cursor.as_deref())?.map(|Last(store, id)| (store, id));
    let one_more = u32::try_from(limit + 1).ok();
    let filter = ProjectionFilter { store: query.store, after, descending: true, limit: one_more };
    let rows = app.store.list(ProjectionKind::Alert, filter).await?;
    let page = search_page::page(rows, limit, |row| format!("{}/{}", row.store, row.id));
    Ok(Page { items: page.items.iter().map(read).collect::<Result<_, _>>()?, next: page.next })
}

/// The last one on a page: its store, and its name there.
struct Last(StoreNo, String);

impl FromStr for Last {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (store, id) = text.split_once('/').ok_or(InvalidCursor)?;
        Ok(Self(store.parse().map_err(|_| InvalidCursor)?, id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::{Value, json};

    /// Store 1 gets 20 pieces of `A` and of `B`, and sells until `A` is out and `B` is low.
    async fn with_alerts() -> Server {
        let server = Server::with_demo().await;
        let mut till = server.till(1).await;
        server.add_product("B").await;
        let items = json!({"items": [{"sku": "A", "quantity": 20_000}, {"sku": "B", "quantity": 20_000}]});
        let path = "/api/v1/stores/1/deliveries";
        assert_eq!(server.post(path).operator().json(&items).send().await.status, StatusCode::ACCEPTED);
        for sale in [[("B", 19)], [("A", 20)]] {
            let receipt = serde_json::to_value(till.sell(&sale)).unwrap();
            server.post("/api/v1/receipts").json(&receipt).send().await;
        }
        server.save_all().await;
        server
    }

    fn skus(page: &Value) -> Vec<&str> {
        page["items"].as_array().unwrap().iter().map(|alert| alert["sku"].as_str().unwrap()).collect()
    }

    #[tokio::test]
    async fn what_is_out_comes_before_what_is_low_and_pages_go_on_where_they_ended() {
        let server = with_alerts().await;
        let all = server.get("/api/v1/alerts?store=1").operator().send().await;
        assert_eq!(skus(&all.json), ["A", "B"], "{}", all.text);
        let first = server.get("/api/v1/alerts?limit=1").operator().send().await.json;
        assert_eq!(skus(&first), ["A"]);
        let next = format!("/api/v1/alerts?limit=1&cursor={}", first["next"].as_str().unwrap());
        let second = server.get(&next).operator().send().await.json;
        assert_eq!((skus(&second), &second["next"]), (vec!["B"], &Value::Null));
    }

    #[tokio::test]
    async fn a_delivery_clears_an_alert_which_stays_in_the_history() {
        let server = with_alerts().await;
        let items = json!({"items": [{"sku": "A", "quantity": 20_000}]});
        server.post("/api/v1/stores/1/deliveries").operator().json(&items).send().await;
        server.save_all().await;
        let open = server.get("/api/v1/alerts?store=1").operator().send().await;
        assert_eq!(skus(&open.json), ["B"]);
        let first = server.get("/api/v1/alerts?store=1&all=true&limit=1").operator().send().await.json;
        let next = format!("/api/v1/alerts?store=1&all=true&limit=1&cursor={}", first["next"].as_str().unwrap());
        let second = server.get(&next).operator().send().await.json;
        assert_eq!((skus(&first), skus(&second)), (vec!["A"], vec!["B"]), "newest first");
        assert!(first["items"][0]["cleared_at"].is_string());
        server
            .get("/api/v1/alerts?all=true&cursor=x")
            .operator()
            .send()
            .await
            .is_problem(StatusCode::BAD_REQUEST, "bad-query");
    }
}
