//! `GET dead-letters`: those that wait for somebody.

use super::shown;
use crate::store::dead_letters::{LetterFilter, LetterId};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Query};
use crate::web::paging;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use shared::api::Page;
use shared::api::dead_letters::{Letter, LetterQuery};
use shared::api::problem::Problem;

/// How many are on a page, and at most.
const PAGE: u16 = 50;
const LARGEST_PAGE: u16 = 100;

/// How much of each is shown.
const START: usize = 2_000;

/// Records that could not be read, oldest first by their places: the open ones, or with `all` the mended ones too. Those
/// of one store for its managers, those of all stores, and those that name none, for the chain's.
#[utoipa::path(
    get,
    path = "/dead-letters",
    tag = "dead letters",
    params(LetterQuery),
    responses((status = 200, body = Page<Letter>), (status = "default", body = Problem))
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<LetterQuery>,
) -> Result<Json<Page<Letter>>, ApiError> {
    match query.store {
        Some(store) => caller.must_manage(&app.stores.require(store).await?.store)?,
        None => caller.must_manage_chain(&app).await?,
    }
    paging::check_limit(query.limit, LARGEST_PAGE)?;
    let after = paging::cursor::<LetterId>(query.cursor.as_deref())?;
    let filter = LetterFilter { open_only: !query.all.unwrap_or(false), store: query.store };
    let page = app.store.letters(filter, after, query.limit.unwrap_or(PAGE).into()).await?;
    Ok(Json(Page { items: page.items.into_iter().map(|letter| shown(letter, START)).collect(), next: page.next }))
}
