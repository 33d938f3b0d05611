//! `PUT receipts/{id}/refunds/{refund}`: reserves lines of a receipt for a refund.

use super::original::{check, find};
use crate::model::refund::{self, Asker, RefundDocument, ReservationError};
use crate::model::update::{Change, update};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::refunds::{ReserveRefund, ReservedRefund};
use shared::ids::ReceiptId;
use shared::store::Store;

/// Reserves what comes back of a saved receipt, under the id of the refund that its till is about to issue, and says what
/// money is given back for it. Once this has answered, no other refund gets those goods until they are let go of. The same
/// again is the same answer again, also once the refund is issued.
#[utoipa::path(
    put,
    path = "/receipts/{id}/refunds/{refund}",
    tag = "refunds",
    params(
        ("id" = ReceiptId, Path, description = "The receipt."),
        ("refund" = ReceiptId, Path, description = "The refund's own id, minted at its till."),
    ),
    request_body = ReserveRefund,
    responses(
        (status = 200, body = ReservedRefund),
        (status = 404, body = Problem, description = "No such receipt is saved."),
        (status = 409, body = Problem, description = "Less is left; or other lines are reserved under that id, or it is \
            issued; or the receipt is not refunded here. The problem's type says which."),
        (status = 422, body = Problem, description = "Such lines cannot be refunded."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path((id, refund)): Path<(ReceiptId, ReceiptId)>,
    Json(asked): Json<ReserveRefund>,
) -> Result<Json<ReservedRefund>, ApiError> {
    let (receipt, store) = find(&app, &caller, id).await?;
    check(&receipt, &store)?;
    must_be_at_home(&caller, &store)?;
    let is_saved = app.store.receipt(refund).await?.is_some();
    let (by, session) = (caller.seller(), caller.session().map(str::to_owned));
    let who = Asker { refund, by, session, at: app.mint.now() };
    let reserved = update(&*app.store, &refund::id(id), |found| {
        let mut document = found.unwrap_or_else(|| RefundDocument::new(store.no));
        let (reserved, is_new) = document.reserve(&receipt.body, who.clone(), &asked.lines)?;
        match is_new {
            true if is_saved => Err(ReservationError::Issued(refund).into()),
            true => Ok(Change::Write(document, reserved)),
            false => Ok::<_, ApiError>(Change::Keep(reserved)),
        }
    })
    .await?;
    Ok(Json(reserved))
}

/// A refund is issued in the store of its receipt: also a manager has to be signed in there.
fn must_be_at_home(caller: &Caller, store: &Store) -> Result<(), ApiError> {
    match caller {
        Caller::Staff(staff) if staff.store.no != store.no => {
            let (here, there) = (staff.store.no, store.no);
            Err(Kind::NotRefundable.because(format!("The receipt is of store {there}, and this is store {here}.")))
        }
        Caller::Staff(_) | Caller::Operator => Ok(()),
    }
}
