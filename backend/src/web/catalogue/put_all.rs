//! `PUT products`: adds or changes many products, for imports.

use super::change;
use crate::web::caller::Caller;
use crate::web::extract::Json;
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::catalogue::ImportReport;
use shared::api::problem::Problem;
use shared::product::Product;

/// The most products in one request.
pub const MAX_PRODUCTS: usize = 5_000;

/// Adds or changes up to 5,000 products, for all stores. Either all are written or none; others stay as they are.
#[utoipa::path(
    put,
    path = "/products",
    tag = "catalogue",
    request_body = Vec<Product>,
    responses(
        (status = 200, body = ImportReport),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "The detail names a product that cannot be sold like this."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Json(products): Json<Vec<Product>>,
) -> Result<Json<ImportReport>, ApiError> {
    caller.must_manage_chain(&app).await?;
    if products.len() > MAX_PRODUCTS {
        let count = products.len();
        return Err(Kind::TooMany.because(format!("{count} products; at most {MAX_PRODUCTS} go in one request.")));
    }
    Ok(Json(change::write(&app, products, &request).await?))
}
