//! `POST baskets/{id}/lines`: adds a product.

use super::change::change;
use crate::web::cache::Catalogue;
use crate::web::caller::Anyone;
use crate::web::extract::{Json, Path};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::baskets::{BasketView, NewLine};
use shared::api::problem::Problem;
use shared::ids::BasketId;
use shared::product::Product;

/// Adds a product by SKU or barcode. Pieces of one product gather on a line; every weighing is a line of its own.
#[utoipa::path(
    post,
    path = "/baskets/{id}/lines",
    tag = "baskets",
    params(("id" = BasketId, Path, description = "The basket.")),
    request_body = NewLine,
    responses(
        (status = 200, body = BasketView),
        (status = 404, body = Problem, description = "No such basket."),
        (status = 409, body = Problem, description = "It has become a receipt."),
        (status = 422, body = Problem, description = "An unknown product, or a quantity that cannot be sold."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    anyone: Anyone,
    Path(id): Path<BasketId>,
    Json(new): Json<NewLine>,
) -> Result<Json<BasketView>, ApiError> {
    let catalogue = app.catalogue.get().await?;
    let product = named(&new, &catalogue)?;
    change(&app, &anyone, id, |basket| Ok(basket.add(product, new.quantity).map(drop)?)).await
}

fn named<'a>(new: &NewLine, catalogue: &'a Catalogue) -> Result<&'a Product, ApiError> {
    let (found, name) = match (&new.sku, &new.gtin) {
        (Some(sku), None) => (catalogue.by_sku(sku), sku.to_string()),
        (None, Some(gtin)) => (catalogue.by_gtin(gtin), gtin.to_string()),
        _ => return Err(Kind::InvalidContent.because("A line names its product by exactly one of `sku` and `gtin`.")),
    };
    let unknown = || Kind::UnknownProduct.because(format!("The catalogue has no {name}."));
    Ok(&found.ok_or_else(unknown)?.product)
}
