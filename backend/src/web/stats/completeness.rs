//! `GET completeness`: which receipts of each series have arrived.

use crate::web::caller::Caller;
use crate::web::extract::{Json, Query};
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::stats::{CompletenessQuery, StoreCompleteness};
use shared::store::Store;

/// Which receipts of each series have arrived, and where each chain ends.
#[utoipa::path(
    get,
    path = "/completeness",
    tag = "figures",
    params(CompletenessQuery),
    responses((status = 200, body = Vec<StoreCompleteness>), (status = "default", body = Problem))
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<CompletenessQuery>,
) -> Result<Json<Vec<StoreCompleteness>>, ApiError> {
    caller.must_see(&app, query.store).await?;
    let stores = match query.store {
        Some(store) => vec![store],
        None => app.store.read_all::<Store>("").await?.into_iter().map(|store| store.value.no).collect(),
    };
    let mut reply = Vec::with_capacity(stores.len());
    for store in stores {
        reply.push(StoreCompleteness { store, series: app.store.all_series(store).await? });
    }
    Ok(Json(reply))
}
