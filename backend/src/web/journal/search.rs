//! `GET journal`: finds entries of the journal.

use crate::store::search_page::PositionCursor;
use crate::web::caller::Caller;
use crate::web::extract::{Json, Query};
use crate::web::paging;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::Page;
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::api::problem::Problem;

/// The most on a page.
const LARGEST_PAGE: u16 = 500;

/// Finds entries of a store's journal, newest saved first, one page at a time: for managers.
#[utoipa::path(
    get,
    path = "/journal",
    tag = "journal",
    params(JournalQuery),
    responses((status = 200, body = Page<StoredEntry>), (status = "default", body = Problem))
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<JournalQuery>,
) -> Result<Json<Page<StoredEntry>>, ApiError> {
    caller.must_manage(&app.stores.require(query.store).await?.store)?;
    paging::check_limit(query.limit, LARGEST_PAGE)?;
    paging::cursor::<PositionCursor>(query.cursor.as_deref())?;
    Ok(Json(app.store.journal(&query).await?))
}
