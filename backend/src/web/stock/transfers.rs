//! `POST stores/{s}/transfers`: goods go to another store.

use super::booking::{self, Zero};
use crate::model::derived;
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::publish::Outgoing;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::api::stock::{MovementAccepted, NewTransfer};
use shared::event::{Event, StockMovement};
use shared::ids::StoreNo;

/// Books goods that go to another store: out of the one and into the other, together.
#[utoipa::path(
    post,
    path = "/stores/{store}/transfers",
    tag = "stock",
    params(("store" = StoreNo, Path, description = "The store that the goods leave.")),
    request_body = NewTransfer,
    responses(
        (status = 202, body = MovementAccepted, description = "Both sides are in the log."),
        (status = 422, body = Problem, description = "An unknown product, or a quantity that cannot be."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path(store): Path<StoreNo>,
    Json(new): Json<NewTransfer>,
) -> Result<(StatusCode, Json<MovementAccepted>), ApiError> {
    let (from, to) = (app.stores.require(store).await?, app.stores.require(new.to).await?);
    caller.must_manage(&from.store)?;
    caller.must_manage(&to.store)?;
    if from.store.no == to.store.no || from.store.training != to.store.training {
        return Err(
            Kind::InvalidMovement.because("Goods go to another store, and never between training and real ones.")
        );
    }
    booking::validate(&new.items, Zero::Refused, &*app.catalogue.latest().await?)?;
    let at = booking::happened_at(new.id, app.mint.now());
    let id = new.id.unwrap_or_else(|| app.mint.event_id());
    let by = caller.seller();
    let out = StockMovement { id, items: new.items, at, by, counterpart: Some(new.to) };
    // The other side's id follows from this one's, so that a repeated request counts once on both sides.
    let other = derived::event_id(&["transfer in", &id.to_string()]);
    let into = StockMovement { id: other, counterpart: Some(store), ..out.clone() };
    let events = [(store, Event::TransferOut(out)), (new.to, Event::TransferIn(into))];
    app.publish(events.map(|(store, event)| Outgoing::new(store, event)).into(), &request).await?;
    Ok((StatusCode::ACCEPTED, Json(MovementAccepted { id })))
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn goods_go_to_another_known_store_only() {
        let server = Server::with_demo().await;
        let sku = server.some_sku().await;
        let body = |to: u32| json!({"to": to, "items": [{"sku": sku, "quantity": 1000}]});
        let reply = server.post("/api/v1/stores/1/transfers").operator().json(&body(2)).send().await;
        assert_eq!(reply.status, StatusCode::ACCEPTED);
        let reply = server.post("/api/v1/stores/1/transfers").operator().json(&body(1)).send().await;
        reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-movement");
        let reply = server.post("/api/v1/stores/1/transfers").operator().json(&body(77)).send().await;
        reply.is_problem(StatusCode::NOT_FOUND, "unknown-store");
    }
}
