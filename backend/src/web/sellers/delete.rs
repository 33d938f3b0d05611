//! `DELETE stores/{s}/sellers/{n}`: dismisses somebody.

use super::change::change;
use crate::model::seller::{self, SellerDocument, StaffChange};
use crate::web::caller::Caller;
use crate::web::desk::Desk;
use crate::web::extract::Path;
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::ids::{SellerNo, StoreNo};

/// Dismisses somebody of a store's staff: their sessions end at once, they sign in no more, and tills let them in no more
/// once they have heard of it. What they sold stays valid, and their number is never somebody else's. Doing it again changes
/// nothing.
#[utoipa::path(
    delete,
    path = "/stores/{store}/sellers/{seller}",
    tag = "stores",
    params(
        ("store" = StoreNo, Path, description = "The store."),
        ("seller" = SellerNo, Path, description = "Who."),
    ),
    responses(
        (status = 204, description = "They do not work there any more."),
        (status = 403, body = Problem, description = "This takes a manager."),
        (status = 404, body = Problem, description = "No such store, or nobody had that number."),
        (status = 409, body = Problem, description = "They are the store's last manager."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path((store, no)): Path<(StoreNo, SellerNo)>,
) -> Result<StatusCode, ApiError> {
    caller.must_manage(&app.stores.require(store).await?.store)?;
    let found = app.store.read::<SellerDocument>(&seller::id(store, no)).await?;
    if found.is_none_or(|found| found.value.works()) {
        let desk = Desk::new(&app, &caller, store, &request);
        change(&desk, no, &StaffChange::Dismissal).await?;
        tracing::info!(%store, seller = %no, by = %caller, "somebody was dismissed");
    }
    Ok(StatusCode::NO_CONTENT)
}
