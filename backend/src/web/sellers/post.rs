//! `POST stores/{s}/sellers`: adds somebody to a store's staff.

use super::{tell, validate_name, validate_pin};
use crate::model::create::Added;
use crate::model::seller::{self, SellerDocument};
use crate::web::caller::Caller;
use crate::web::desk::Desk;
use crate::web::extract::{Json, Path};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use shared::api::problem::Problem;
use shared::api::stores::NewSeller;
use shared::ids::{SellerNo, StoreNo};
use shared::journal::Act;
use shared::store::Seller;

/// Adds somebody to a store's staff. Asking again with the same particulars gives the same seller.
#[utoipa::path(
    post,
    path = "/stores/{store}/sellers",
    tag = "stores",
    params(("store" = StoreNo, Path, description = "The store.")),
    request_body = NewSeller,
    responses(
        (status = 201, body = Seller),
        (status = 404, body = Problem, description = "No such store."),
        (status = 409, body = Problem, description = "The number is somebody else's."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path(store): Path<StoreNo>,
    Json(new): Json<NewSeller>,
) -> Result<(StatusCode, Json<Seller>), ApiError> {
    caller.must_manage(&app.stores.require(store).await?.store)?;
    validate(&new)?;
    let seller = hire(&Desk::new(&app, &caller, store, &request), &new).await?;
    tracing::info!(%store, seller = %seller.no, by = %caller, name = seller.name, role = ?seller.role, "somebody was hired");
    Ok((StatusCode::CREATED, Json(seller)))
}

/// Adds somebody whose particulars are valid to a store's staff.
///
/// # Errors
///
/// [`Kind::NumberTaken`], [`Kind::NumbersUsedUp`], [`Kind::Busy`], and the store's.
pub async fn hire(desk: &Desk<'_>, new: &NewSeller) -> Result<Seller, ApiError> {
    let pin_hash = desk.app.pins.hash(new.pin.clone()).await?;
    let seller = add(desk, new, pin_hash).await?;
    tell(desk.app, desk.store).await;
    Ok(seller)
}

/// Sees that somebody can be added to the staff like this.
///
/// # Errors
///
/// [`Kind::InvalidSeller`].
pub fn validate(new: &NewSeller) -> Result<(), ApiError> {
    if new.no == Some(SellerNo::SELF_SERVICE) {
        return Err(Kind::InvalidSeller.because("Number 99999 stands for consumers who serve themselves."));
    }
    validate_name(&new.name)?;
    validate_pin(&new.pin)
}

async fn add(desk: &Desk<'_>, new: &NewSeller, pin_hash: String) -> Result<Seller, ApiError> {
    let (app, store) = (desk.app, desk.store);
    let act = |seller| Act::StaffAdded { role: new.role, seller };
    let seller = |no| Seller { no, name: new.name.clone(), role: new.role, renewed: 0 };
    let document = |no| SellerDocument::hired(store, seller(no), pin_hash.clone());
    match desk.add(&seller::prefix(store), new.no, document, act).await? {
        Added::Created(created) => Ok(created.seller),
        Added::Taken(there) => same_again(app, there, new).await,
        Added::UsedUp => Err(Kind::NumbersUsedUp.because("Seller numbers end at 99999.")),
    }
}

async fn same_again(app: &App, there: SellerDocument, new: &NewSeller) -> Result<Seller, ApiError> {
    let (no, store) = (there.seller.no, there.store);
    if !there.works() {
        let why = format!("Seller {no} of store {store} was dismissed; receipts go on naming them by that number.");
        return Err(Kind::NumberTaken.because(why));
    }
    let same_pin = app.pins.turn().await?.verify(new.pin.clone(), Some(there.pin_hash)).await?;
    if same_pin && there.seller.name == new.name && there.seller.role == new.role {
        return Ok(there.seller);
    }
    Err(Kind::NumberTaken.because(format!("Seller {no} of store {store} is somebody else.")))
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn who_is_added_can_sign_in_and_is_added_once() {
        let server = Server::with_demo().await;
        let body = json!({"no": 40, "name": "Nora T.", "role": "seller", "pin": "4040"});
        for _ in 0..2 {
            let reply = server.post("/api/v1/stores/1/sellers").operator().json(&body).send().await;
            assert_eq!((reply.status, &reply.json["no"]), (StatusCode::CREATED, &json!(40)));
        }
        let sign_in = json!({"store": 1, "seller": 40, "pin": "4040"});
        assert_eq!(server.post("/api/v1/sessions").json(&sign_in).send().await.status, StatusCode::OK);
        let other = json!({"no": 40, "name": "Nora T.", "role": "manager", "pin": "4040"});
        let reply = server.post("/api/v1/stores/1/sellers").operator().json(&other).send().await;
        reply.is_problem(StatusCode::CONFLICT, "number-taken");
    }

    #[tokio::test]
    async fn names_and_pins_that_cannot_be_are_refused() {
        let server = Server::with_demo().await;
        for wrong in [
            json!({"name": "", "role": "seller", "pin": "4040"}),
            json!({"name": "Nora", "role": "seller", "pin": "40"}),
            json!({"name": "Nora", "role": "seller", "pin": "abcd"}),
            json!({"no": 99999, "name": "Nora", "role": "seller", "pin": "4040"}),
        ] {
            let reply = server.post("/api/v1/stores/1/sellers").operator().json(&wrong).send().await;
            reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-seller");
        }
    }
}
