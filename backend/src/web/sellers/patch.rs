//! `PATCH stores/{s}/sellers/{n}`: changes somebody of a store's staff.

use super::change::change;
use super::{validate_name, validate_pin};
use crate::model::attempts::Attempts;
use crate::model::seller::StaffChange;
use crate::web::caller::Caller;
use crate::web::desk::Desk;
use crate::web::extract::{Json, Path};
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::sessions;
use crate::web::state::App;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse};
use shared::api::problem::Problem;
use shared::api::stores::SellerChange;
use shared::ids::{SellerNo, StoreNo};
use shared::store::Seller;

/// Changes the name, the role or the PIN of somebody who works in a store. Another role or PIN ends their sessions at once,
/// and no till lets them in by the PIN of before once it has heard of it. Whoever changes their own stays signed in by the
/// cookie that comes with the answer.
#[utoipa::path(
    patch,
    path = "/stores/{store}/sellers/{seller}",
    tag = "stores",
    params(
        ("store" = StoreNo, Path, description = "The store."),
        ("seller" = SellerNo, Path, description = "Who."),
    ),
    request_body = SellerChange,
    responses(
        (status = 200, body = Seller),
        (status = 403, body = Problem, description = "This takes a manager."),
        (status = 404, body = Problem, description = "No such store, or nobody who works there has that number."),
        (status = 409, body = Problem, description = "They are the store's last manager."),
        (status = 422, body = Problem, description = "Nobody can be like this."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path((store, no)): Path<(StoreNo, SellerNo)>,
    Json(SellerChange { name, role, pin }): Json<SellerChange>,
) -> Result<impl IntoResponse, ApiError> {
    caller.must_manage(&app.stores.require(store).await?.store)?;
    name.as_deref().map(validate_name).transpose()?;
    let pin_hash = match pin {
        Some(pin) => {
            validate_pin(&pin)?;
            Some(app.pins.hash(pin).await?)
        }
        None => None,
    };
    let has_pin = pin_hash.is_some();
    let desk = Desk::new(&app, &caller, store, &request);
    let seller = change(&desk, no, &StaffChange::Particulars { name, role, pin_hash }).await?.seller;
    tracing::info!(%store, seller = %no, by = %caller, name = seller.name, role = ?seller.role, has_pin, "staff was changed");
    if has_pin {
        // Wrong ones of before say nothing of the new one.
        app.store.remove::<Attempts>(&Attempts::id(store, no)).await?;
    }
    let cookies = match &caller {
        Caller::Staff(own) if (own.store.no, own.seller.no) == (store, no) && own.seller.renewed != seller.renewed => {
            sessions::opened(&app, store, &seller).await?.0
        }
        Caller::Staff(_) | Caller::Operator => AppendHeaders(None),
    };
    Ok((cookies, Json(seller)))
}
