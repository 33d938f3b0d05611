//! `POST stores/{s}/counts`: somebody counted what is there.

use super::booking::{self, Zero};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::publish::Outgoing;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::api::stock::{MovementAccepted, NewMovement};
use shared::event::{Event, StockMovement};
use shared::ids::StoreNo;

/// Books what somebody counted; the levels become just that. Products that are not named stay as they are.
#[utoipa::path(
    post,
    path = "/stores/{store}/counts",
    tag = "stock",
    params(("store" = StoreNo, Path, description = "The store.")),
    request_body = NewMovement,
    responses(
        (status = 202, body = MovementAccepted, description = "It is in the log."),
        (status = 422, body = Problem, description = "An unknown product, or a quantity that cannot be."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path(store): Path<StoreNo>,
    Json(new): Json<NewMovement>,
) -> Result<(StatusCode, Json<MovementAccepted>), ApiError> {
    caller.must_manage(&app.stores.require(store).await?.store)?;
    booking::validate(&new.items, Zero::Allowed, &*app.catalogue.latest().await?)?;
    let at = booking::happened_at(new.id, app.mint.now());
    let id = new.id.unwrap_or_else(|| app.mint.event_id());
    let movement = StockMovement { id, items: new.items, at, by: caller.seller(), counterpart: None };
    app.publish(vec![Outgoing::new(store, Event::StockCount(movement))], &request).await?;
    Ok((StatusCode::ACCEPTED, Json(MovementAccepted { id })))
}
