//! `GET receipts`: finds receipts.

use crate::store::search_page::ReceiptCursor;
use crate::web::caller::Caller;
use crate::web::extract::{Json, Query};
use crate::web::paging;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::Page;
use shared::api::problem::Problem;
use shared::api::receipts::{ReceiptQuery, StoredReceipt};

/// The most on a page.
const LARGEST_PAGE: u16 = 500;

/// Finds receipts, newest saved first, one page at a time.
#[utoipa::path(
    get,
    path = "/receipts",
    tag = "receipts",
    params(ReceiptQuery),
    responses((status = 200, body = Page<StoredReceipt>), (status = "default", body = Problem))
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ReceiptQuery>,
) -> Result<Json<Page<StoredReceipt>>, ApiError> {
    caller.must_see(&app, query.store).await?;
    paging::check_limit(query.limit, LARGEST_PAGE)?;
    paging::cursor::<ReceiptCursor>(query.cursor.as_deref())?;
    Ok(Json(app.store.search(&query).await?))
}
