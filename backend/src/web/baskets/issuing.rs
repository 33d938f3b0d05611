//! Issuing a receipt for a basket, so that a crash leaves neither a gap nor a second sale.
//!
//! The series goes on with what its journal has to say first, such as that yesterday is closed, and then with the receipt.
//! Whoever settles a receipt publishes it, notes it on its basket, and lets go of it, in that order. The series is read
//! before the basket: had the basket's receipt been issued and settled in between, the series would have changed, and the
//! compare-and-swap would fail.

use super::open::unknown;
use crate::model::basket::{self, BasketDocument};
use crate::model::server_series::ServerSeries;
use crate::store::documents::Versioned;
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::server_series::books;
use crate::web::server_series::going_on::{TRIES, go_on, settled};
use crate::web::server_series::opening::OpenSeries;
use crate::web::state::App;
use crate::web::wall::moment;
use jiff::Timestamp;
use shared::chain::{Head, Sealed};
use shared::ids::{BasketId, ReceiptId};
use shared::receipt::{Issue, IssueError, Issuer, Receipt};
use shared::store::Store;

/// Issues the receipt of a paid basket and gives the basket with it; the log has it when this answers.
///
/// # Errors
///
/// [`Kind::UnknownBasket`], [`Kind::SeriesUsedUp`], [`Kind::Busy`], and the store's and the log's. Trying again is
/// safe.
pub async fn issue(
    app: &App,
    store: &Store,
    series: &OpenSeries,
    id: BasketId,
    request: &RequestId,
) -> Result<BasketDocument, ApiError> {
    for _ in 0..TRIES {
        // The day that is closed and the one that is sold on go by one look at the clock.
        let now = app.mint.now();
        let Some(held) = settled(app, store.no, series.id.register, request).await? else { continue };
        let document = app.store.read::<BasketDocument>(&basket::id(id)).await?;
        let document = document.ok_or_else(|| unknown(id))?.value;
        if document.receipt().is_some() {
            return Ok(document);
        }
        let Versioned { revision, value: held } = held;
        let next = if let Some(entry) = books::due(app, store, &series.id, &held, document.seller.into(), now)? {
            held.with_entry(entry)
        } else {
            let receipt = sign(app, store, series, &held, &document, now)?;
            held.with_receipt(receipt, store.cut_off)
        };
        go_on(app, revision, next, request).await?;
    }
    Err(Kind::Busy.because("Too many check out on this register at once."))
}

/// The receipt of a paid basket, as the next of its series.
fn sign(
    app: &App,
    store: &Store,
    series: &OpenSeries,
    held: &ServerSeries,
    document: &BasketDocument,
    now: Timestamp,
) -> Result<Sealed<Receipt>, ApiError> {
    let payment = document
        .payment_due(store.smallest_coin)?
        .ok_or_else(|| Kind::BasketClosed.because("The basket is not paid."))?;
    let issuer = Issuer {
        series: series.id.clone(),
        head: held.head().unwrap_or(Head { number: 0, hash: series.prev }),
        seller: document.seller,
        siret: store.siret.clone(),
        currency: store.currency,
        simulated: store.training,
        smallest_coin: store.smallest_coin,
    };
    let receipt = Receipt::issue(&document.basket, &payment, &issuer, when(now, store, document)?)?;
    let receipt = receipt.in_period(held.book().period());
    Ok(Sealed::seal(receipt, &held.open(&app.settings.key)?))
}

fn when(now: Timestamp, store: &Store, document: &BasketDocument) -> Result<Issue, ApiError> {
    let issued_at = moment(now, store)?;
    Ok(Issue {
        id: ReceiptId::of_basket(document.id),
        basket: Some(document.id),
        opened_at: document.opened_at.unwrap_or(issued_at),
        issued_at,
    })
}

impl From<IssueError> for ApiError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Basket(error) => error.into(),
            IssueError::Empty => Kind::EmptyBasket.because(error),
            IssueError::Unpaid => Kind::InvalidPayment.because(error),
            IssueError::SeriesFull => Kind::SeriesUsedUp.because(error),
        }
    }
}
