//! `POST stores/{s}/registers/{r}/baskets`: opens a basket.

use super::open::{must_serve, reply};
use crate::model::basket::{self, BasketDocument, Stage};
use crate::model::register::{KeyHolder, RegisterDocument};
use crate::web::caller::Anyone;
use crate::web::extract::{Json, MaybeJson, Path};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::baskets::{BasketView, NewBasket};
use shared::api::problem::Problem;
use shared::basket::Basket;
use shared::ids::{BasketId, RegisterNo, SellerNo, StoreNo};

/// Opens a consumer's basket on a register that no till is enrolled on. It is kept for a day after its last change.
#[utoipa::path(
    post,
    path = "/stores/{store}/registers/{register}/baskets",
    tag = "baskets",
    params(
        ("store" = StoreNo, Path, description = "The store."),
        ("register" = RegisterNo, Path, description = "The register."),
    ),
    request_body = Option<NewBasket>,
    responses(
        (status = 201, body = BasketView),
        (status = 404, body = Problem, description = "No such store or register."),
        (status = 409, body = Problem, description = "A till issues on the register."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    anyone: Anyone,
    Path((store, register)): Path<(StoreNo, RegisterNo)>,
    MaybeJson(new): MaybeJson<NewBasket>,
) -> Result<(StatusCode, Json<BasketView>), ApiError> {
    let view = app.stores.require(store).await?;
    must_serve(&anyone, &view.store)?;
    must_be_free(view.register(register)?)?;
    let seller = new.seller.unwrap_or(SellerNo::SELF_SERVICE);
    if seller != SellerNo::SELF_SERVICE && !view.employs(seller) {
        return Err(Kind::UnknownSeller.because(format!("Store {store} has no seller {seller}.")));
    }
    let (millis, random) = app.mint.id_parts();
    let id = BasketId::mint(millis, &random);
    let changed_at = app.mint.now();
    let empty = Basket::default();
    let document =
        BasketDocument { id, store, register, seller, basket: empty, opened_at: None, changed_at, stage: Stage::Open };
    // A fresh random id names no basket yet, so there is nothing that could be ahead.
    let _ = app.store.write(&basket::id(id), None, &document).await?;
    Ok((StatusCode::CREATED, reply(&document, &view)?))
}

/// Says early what checking out would say.
fn must_be_free(register: &RegisterDocument) -> Result<(), ApiError> {
    match register.latest().filter(|series| series.held_by == KeyHolder::Till) {
        Some(series) => Err(Kind::RegisterHasTill.because(format!("It is held by {}.", series.holder))),
        None => Ok(()),
    }
}
