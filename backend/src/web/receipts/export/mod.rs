//! `GET receipts/export`: a store's receipts and journals with the keys of its series, for whoever verifies them without us.

mod in_order;
mod reading;
mod series;
#[cfg(test)]
mod tests;
mod writing;

use crate::store::StoreError;
use crate::web::caller::Caller;
use crate::web::desk::Desk;
use crate::web::extract::Query;
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, header};
use axum::response::IntoResponse;
use futures_util::stream;
use serde::Serialize;
use shared::api::problem::Problem;
use shared::api::receipts::ExportQuery;
use writing::Writing;

/// A store's receipts and journals as JSON lines: a heading, the key of each series, the receipts of each series in the order
/// of their numbers and then the entries of its journal, whose `body` has the member `kind`, where each chain ends and what is
/// there of it, and the entry of the office's journal that this archive was made, which seals the line before it.
/// `comptoir verify` checks it with nothing else at hand.
#[utoipa::path(
    get,
    path = "/receipts/export",
    tag = "receipts",
    params(ExportQuery),
    responses(
        (status = 200, body = String, content_type = "application/jsonl", description = "One object to a line."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    method: Method,
    caller: Caller,
    request: RequestId,
    Query(query): Query<ExportQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let view = app.stores.require(query.store).await?;
    caller.must_manage(&view.store)?;
    let file = format!("attachment; filename=\"comptoir-store-{}.jsonl\"", query.store);
    let headers = [(header::CONTENT_TYPE, "application/jsonl".to_owned()), (header::CONTENT_DISPOSITION, file)];
    if method == Method::HEAD {
        // A stream, whose length nobody says: that of the archive is not known either (RFC 9110 §8.6).
        return Ok((headers, Body::from_stream(stream::empty::<Result<String, StoreError>>())));
    }
    let desk = Desk::new(&app, &caller, query.store, &request);
    desk.open().await?;
    let series = series::all(&*app.store, query.store).await?;
    Ok((headers, Body::from_stream(Writing::new(&desk, series).pieces())))
}

fn line(value: &impl Serialize) -> Result<String, StoreError> {
    Ok(serde_json::to_string(value)? + "\n")
}
