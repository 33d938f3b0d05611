//! `POST baskets/{id}/checkout`: pays a basket, which becomes a receipt.

use super::issuing;
use super::open::{find, reply, unknown};
use crate::model::basket::{self, BasketDocument};
use crate::model::update::{Change, update};
use crate::web::caller::Anyone;
use crate::web::extract::{Json, MaybeJson, Path};
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::server_series::opening;
use crate::web::state::App;
use axum::extract::State;
use shared::api::baskets::{BasketView, Checkout};
use shared::api::problem::Problem;
use shared::coin::SmallestCoin;
use shared::ids::BasketId;
use shared::payment::Tender;

/// What a register's series says of who holds it.
const HOLDER: &str = "consumers' baskets";

/// Pays a basket, which becomes a receipt of the register's self-service series. When this answers, the receipt is in
/// the log. Doing it again gives the same receipt.
#[utoipa::path(
    post,
    path = "/baskets/{id}/checkout",
    tag = "baskets",
    params(("id" = BasketId, Path, description = "The basket.")),
    request_body = Option<Checkout>,
    responses(
        (status = 200, body = BasketView),
        (status = 404, body = Problem, description = "No such basket."),
        (status = 409, body = Problem, description = "A till issues on the register."),
        (status = 422, body = Problem, description = "The basket is empty, or the payment does not fit."),
        (status = 503, body = Problem, description = "The log did not confirm: check out again."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    anyone: Anyone,
    request: RequestId,
    Path(id): Path<BasketId>,
    MaybeJson(checkout): MaybeJson<Checkout>,
) -> Result<Json<BasketView>, ApiError> {
    let (document, view) = find(&app, &anyone, id).await?;
    if document.receipt().is_some() {
        return reply(&document, &view);
    }
    let series = opening::open(&app, &view, document.register, HOLDER, &request).await?;
    pay(&app, id, &checkout.tenders, view.store.smallest_coin).await?;
    let issued = issuing::issue(&app, &view.store, &series, id, &request).await?;
    reply(&issued, &view)
}

/// From here on the basket cannot be changed, so that what is issued is what was paid.
async fn pay(app: &App, id: BasketId, tenders: &[Tender], coin: SmallestCoin) -> Result<(), ApiError> {
    let now = app.mint.now();
    update(&*app.store, &basket::id(id), |found: Option<BasketDocument>| {
        let mut document = found.ok_or_else(|| unknown(id))?;
        let newly = document.pay(tenders, coin)?;
        document.changed_at = now;
        Ok::<_, ApiError>(if newly { Change::Write(document, ()) } else { Change::Keep(()) })
    })
    .await
}
