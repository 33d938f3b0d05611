//! `GET stores`: every store with its registers and staff, for choosing where to sign in.

use crate::web::extract::Json;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::stores::StoreDetail;
use shared::store::Store;
use std::time::Duration;
use tokio::time::Instant;

/// How old a store may be: every till asks for all of them when its line is up again, and after a restart all tills do so within
/// seconds. What this instance has changed is never old.
const YOUNG: Duration = Duration::from_secs(1);

/// Every store with its registers and staff, by number: what a sign-in page needs.
#[utoipa::path(
    get,
    path = "/stores",
    tag = "stores",
    responses((status = 200, body = Vec<StoreDetail>), (status = "default", body = Problem))
)]
pub async fn handler(State(app): State<App>) -> Result<Json<Vec<StoreDetail>>, ApiError> {
    let now = Instant::now();
    let since = now.checked_sub(YOUNG).unwrap_or(now);
    let mut details = Vec::new();
    for store in app.store.read_all::<Store>("").await? {
        let view = app.stores.since(store.value.no, since).await?;
        details.extend(view.map(|view| StoreDetail::from(&*view)));
    }
    Ok(Json(details))
}
