//! Finding a basket, and who may touch it.

use crate::model::basket::{self, BasketDocument, Stage, StageError};
use crate::web::cache::StoreView;
use crate::web::caller::Anyone;
use crate::web::extract::Json;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use shared::api::baskets::BasketView;
use shared::basket::BasketError;
use shared::ids::BasketId;
use shared::store::Store;
use std::sync::Arc;

/// Checks that the caller may serve in a store: anyone in a training store, its staff and the operator in a real one.
///
/// # Errors
///
/// [`Kind::NotSignedIn`] and [`Kind::Forbidden`].
pub fn must_serve(anyone: &Anyone, store: &Store) -> Result<(), ApiError> {
    match &anyone.0 {
        Some(caller) => {
            if store.training {
                Ok(())
            } else {
                caller.must_work_in(store)
            }
        }
        None if store.training => Ok(()),
        None => Err(Kind::NotSignedIn.because(format!("In store {} this takes a session or the token.", store.no))),
    }
}

/// The problem that a missing basket is.
pub fn unknown(id: BasketId) -> ApiError {
    Kind::UnknownBasket.because(format!("There is no basket {id}, or no longer."))
}

/// Reads a basket that the caller may touch, with its store.
///
/// # Errors
///
/// [`Kind::UnknownBasket`], those of [`must_serve`], and the store's.
pub async fn find(app: &App, anyone: &Anyone, id: BasketId) -> Result<(BasketDocument, Arc<StoreView>), ApiError> {
    let found = app.store.read::<BasketDocument>(&basket::id(id)).await?.map(|found| found.value);
    let document = found.filter(|document| document.stage != Stage::Dropped).ok_or_else(|| unknown(id))?;
    let view = app.stores.require(document.store).await?;
    must_serve(anyone, &view.store)?;
    Ok((document, view))
}

/// What the consumer sees of a basket.
///
/// # Errors
///
/// [`Kind::InvalidQuantity`] where its sums are out of range, which no change leaves it in.
pub fn reply(document: &BasketDocument, view: &StoreView) -> Result<Json<BasketView>, ApiError> {
    Ok(Json(document.view(view.store.currency)?))
}

impl From<BasketError> for ApiError {
    fn from(error: BasketError) -> Self {
        let kind = match error {
            BasketError::Quantity { .. }
            | BasketError::OutOfRange(_)
            | BasketError::Discount(_)
            | BasketError::Price(_) => Kind::InvalidQuantity,
            BasketError::NoSuchLine(_) => Kind::UnknownLine,
            BasketError::Full => Kind::FullBasket,
        };
        kind.because(error)
    }
}

impl From<StageError> for ApiError {
    fn from(error: StageError) -> Self {
        match error {
            StageError::Basket(error) => error.into(),
            StageError::Paid => Kind::BasketClosed.because(error),
            StageError::Dropped => Kind::UnknownBasket.because(error),
            StageError::Empty => Kind::EmptyBasket.because(error),
            StageError::Payment(_) | StageError::Unpaid { .. } => Kind::InvalidPayment.because(error),
        }
    }
}
