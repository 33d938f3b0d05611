//! Posting receipts and entries of the journal, and finding them again.

use super::query::shown;
use super::{ApiError, Patience, Query, exchange, get, post, read, refusal, send, written};
use gloo_net::http::Method;
use shared::api::Page;
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::api::receipts::{AreSaved, Named, Outcomes, ReceiptQuery, StoredReceipt, WhichSaved};
use shared::chain::Sealed;
use shared::ids::ReceiptId;
use shared::journal::ActKind;
use shared::receipt::Receipt;

/// The status by which the server says that it took none of the receipts; the body says why, receipt by receipt.
const NONE_TAKEN: u16 = 422;

/// Posts receipts, at most `shared::api::receipts::MAX_BATCH`. The same receipt twice is the same answer twice.
pub async fn post_receipts(receipts: &[Sealed<Receipt>]) -> Result<Outcomes, ApiError> {
    post_signed("/receipts", written(&receipts)?).await
}

/// Posts entries of the journal as they were written down, at most as many. The same entry twice is the same answer twice.
pub async fn post_entries(texts: &[&str]) -> Result<Outcomes, ApiError> {
    post_signed("/journal", format!("[{}]", texts.join(","))).await
}

async fn post_signed(path: &str, body: String) -> Result<Outcomes, ApiError> {
    let (response, text) = exchange(Patience::Full, Method::POST, path, Some(body)).await?;
    match read(&text) {
        Ok(outcomes) if response.ok() || response.status() == NONE_TAKEN => Ok(outcomes),
        unreadable if response.ok() => unreadable,
        _ => Err(refusal(&response, &text)),
    }
}

/// Which of these receipts, at most `shared::api::receipts::MAX_ASKED`, are saved.
pub async fn are_saved(receipts: Vec<Named>) -> Result<AreSaved, ApiError> {
    post("/receipts/saved", &WhichSaved { receipts }).await
}

/// One page of the entries of the journal that meet all criteria.
pub async fn find_entries(query: &JournalQuery) -> Result<Page<StoredEntry>, ApiError> {
    let query = Query::of("/journal")
        .with("store", shown(Some(&query.store)))
        .with("register", shown(query.register.as_ref()))
        .with("seller", shown(query.seller.as_ref()))
        .with("act", shown(query.act.map(ActKind::as_str).as_ref()))
        .with("from", shown(query.from.as_ref()))
        .with("to", shown(query.to.as_ref()))
        .with("cursor", shown(query.cursor.as_ref()))
        .with("limit", shown(query.limit.as_ref()));
    get(query.as_str()).await
}

/// One page of the receipts that meet all criteria.
pub async fn find_receipts(query: &ReceiptQuery) -> Result<Page<StoredReceipt>, ApiError> {
    get(path(query).as_str()).await
}

/// One receipt.
pub async fn receipt(id: ReceiptId) -> Result<StoredReceipt, ApiError> {
    get(&format!("/receipts/{id}")).await
}

/// Notes that a copy of a receipt is printed at the desk.
pub async fn note_reprint(id: ReceiptId) -> Result<(), ApiError> {
    send(Method::POST, &format!("/receipts/{id}/reprints"), None).await.map(|_| ())
}

fn path(query: &ReceiptQuery) -> Query {
    Query::of("/receipts")
        .with("store", shown(query.store.as_ref()))
        .with("register", shown(query.register.as_ref()))
        .with("series", shown(query.series.as_ref()))
        .with("seller", shown(query.seller.as_ref()))
        .with("number", shown(query.number.as_ref()))
        .with("product", shown(query.product.as_ref()))
        .with("amount", shown(query.amount.map(shared::money::Money::minor).as_ref()))
        .with("from", shown(query.from.as_ref()))
        .with("to", shown(query.to.as_ref()))
        .with("cursor", shown(query.cursor.as_ref()))
        .with("limit", shown(query.limit.as_ref()))
        .with("oldest_first", shown(query.oldest_first.as_ref()))
}
