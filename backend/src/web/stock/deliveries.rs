//! `POST stores/{s}/deliveries`: goods came in.

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

/// Books goods that came in. A level that rises to its threshold clears its alert.
#[utoipa::path(
    post,
    path = "/stores/{store}/deliveries",
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
    booking::validate(&new.items, Zero::Refused, &*app.catalogue.latest().await?)?;
    let at = booking::happened_at(new.id, app.mint.now());
    let id = new.id.unwrap_or_else(|| app.mint.event_id());
    let movement = StockMovement { id, items: new.items, at, by: caller.seller(), counterpart: None };
    app.publish(vec![Outgoing::new(store, Event::Delivery(movement))], &request).await?;
    Ok((StatusCode::ACCEPTED, Json(MovementAccepted { id })))
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn a_delivery_keeps_the_id_that_its_caller_gave_it() {
        let server = Server::with_demo().await;
        let sku = server.some_sku().await;
        let manager = server.sign_in(1, 9).await;
        let id = "0190a0b0-0000-7000-8000-000000000001";
        let body = json!({"id": id, "items": [{"sku": sku, "quantity": 5000}]});
        let reply = server.post("/api/v1/stores/1/deliveries").cookie(&manager).json(&body).send().await;
        assert_eq!((reply.status, reply.json), (StatusCode::ACCEPTED, json!({"id": id})));
    }

    #[tokio::test]
    async fn what_cannot_have_come_in_is_refused() {
        let server = Server::with_demo().await;
        let sku = server.some_sku().await;
        let item = |sku: &str, quantity: i64| json!({"sku": sku, "quantity": quantity});
        for (items, problem) in [
            (json!([]), "invalid-movement"),
            (json!([item(&sku, 0)]), "invalid-movement"),
            (json!([item(&sku, -1000)]), "invalid-movement"),
            (json!([item(&sku, 2_000_000_000_000)]), "invalid-movement"),
            (json!([item(&sku, 1000), item(&sku, 1000)]), "invalid-movement"),
            (json!([item("NO-SUCH", 1000)]), "unknown-product"),
            (json!(vec![item(&sku, 1000); 1001]), "too-many"),
        ] {
            let reply =
                server.post("/api/v1/stores/1/deliveries").operator().json(&json!({"items": items})).send().await;
            reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, problem);
        }
    }

    #[tokio::test]
    async fn sellers_book_no_deliveries() {
        let server = Server::with_demo().await;
        let seller = server.sign_in(1, 1).await;
        let body = json!({"items": [{"sku": "A", "quantity": 1000}]});
        let reply = server.post("/api/v1/stores/1/deliveries").cookie(&seller).json(&body).send().await;
        reply.is_problem(StatusCode::FORBIDDEN, "forbidden");
    }
}
