//! `PUT products/{sku}`: adds or changes one product.

use super::change;
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::catalogue::ImportReport;
use shared::api::problem::Problem;
use shared::ids::Sku;
use shared::product::Product;

/// Adds or changes one product, for all stores.
#[utoipa::path(
    put,
    path = "/products/{sku}",
    tag = "catalogue",
    params(("sku" = Sku, Path, description = "The product.")),
    request_body = Product,
    responses(
        (status = 200, body = ImportReport),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "The product cannot be sold like this."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path(sku): Path<Sku>,
    Json(product): Json<Product>,
) -> Result<Json<ImportReport>, ApiError> {
    caller.must_manage_chain(&app).await?;
    if product.sku != sku {
        return Err(Kind::InvalidProduct.because(format!("The path says {sku}, the body {}.", product.sku)));
    }
    Ok(Json(change::write(&app, vec![product], &request).await?))
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    fn product(sku: &str, price: i64) -> serde_json::Value {
        json!({"sku": sku, "name": "Essai", "category": "Test", "price": price, "tax": 550})
    }

    #[tokio::test]
    async fn a_product_is_added_once_and_its_announcement_reaches_the_pages() {
        let server = Server::with_demo().await;
        let mut frames = server.app().hub.subscribe(None).await.unwrap().frames;
        let added = server.put("/api/v1/products/TEST-1").operator().json(&product("TEST-1", 100)).send().await;
        assert_eq!((added.status, &added.json["added"]), (StatusCode::OK, &json!(1)));
        let again = server.put("/api/v1/products/TEST-1").operator().json(&product("TEST-1", 100)).send().await;
        assert_eq!(again.json["unchanged"], 1);
        let frame = tokio::time::timeout(std::time::Duration::from_secs(20), frames.recv()).await.unwrap().unwrap();
        assert!(format!("{frame:?}").contains("catalogue"), "{frame:?}");
    }

    #[tokio::test]
    async fn what_cannot_be_sold_is_refused() {
        let server = Server::with_demo().await;
        let known = server.get("/api/v1/catalogue").operator().send().await;
        let known =
            known.json["products"].as_array().unwrap().iter().find(|product| product["gtin"].is_string()).cloned();
        let mut stolen_barcode = product("TEST-1", 100);
        stolen_barcode["gtin"] = known.unwrap()["gtin"].clone();
        for wrong in [product("TEST-1", -1), product("TEST-1", 100_000_001), product("TEST-2", 100), stolen_barcode] {
            let reply = server.put("/api/v1/products/TEST-1").operator().json(&wrong).send().await;
            reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-product");
        }
        let seller = server.sign_in(1, 1).await;
        let reply = server.put("/api/v1/products/TEST-1").cookie(&seller).json(&product("TEST-1", 100)).send().await;
        reply.is_problem(StatusCode::FORBIDDEN, "forbidden");
    }
}
