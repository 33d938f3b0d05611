//! The server's API, typed: what goes there and comes back is what `shared::api` says.

mod error;
mod letters;
mod query;
mod receipts;
mod refunds;
mod registers;
mod sessions;
mod setup;
mod stock;
mod stores;
mod watch;

pub use error::ApiError;
pub use letters::{letter, letters, publish_letter};
pub use query::Query;
pub use receipts::{are_saved, find_entries, find_receipts, note_reprint, post_entries, post_receipts, receipt};
pub use refunds::{let_go_of_refund, refundable, reserve_refund};
pub use registers::{registers, revoke};
pub use sessions::{
    approve, current_session, end_left_session, enrol, leave, remember_sign_in, sign_in, sign_out, stores,
};
pub use setup::{is_set_up, set_up};
pub use stock::{catalogue, count, deliver, transfer};
pub use stores::{change_seller, change_store, dismiss, hire, staff};
pub use watch::{calendar, closings, simulations, start_simulation, stats, stop_simulation, x_report};

use gloo_net::http::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::BASE;
use web_sys::AbortSignal;

/// How long a request may take, in milliseconds. A till that hears nothing for so long is offline.
const PATIENCE_MS: u32 = 15_000;

async fn get<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    read(&send(Method::GET, path, None).await?)
}

/// What the server says, and its very words: to be kept, where writing them anew would cost the program kilobytes.
#[derive(Debug, Clone)]
pub struct Told<T> {
    /// The words.
    pub text: String,
    /// What they say.
    pub value: T,
}

async fn told<T: DeserializeOwned>(path: &str) -> Result<Told<T>, ApiError> {
    heard(send(Method::GET, path, None).await?)
}

fn heard<T: DeserializeOwned>(text: String) -> Result<Told<T>, ApiError> {
    Ok(Told { value: read(&text)?, text })
}

async fn post<B: Serialize, T: DeserializeOwned>(path: &str, body: &B) -> Result<T, ApiError> {
    read(&send(Method::POST, path, Some(written(body)?)).await?)
}

async fn put<B: Serialize, T: DeserializeOwned>(path: &str, body: &B) -> Result<T, ApiError> {
    read(&send(Method::PUT, path, Some(written(body)?)).await?)
}

async fn patch<B: Serialize, T: DeserializeOwned>(path: &str, body: &B) -> Result<T, ApiError> {
    read(&send(Method::PATCH, path, Some(written(body)?)).await?)
}

fn written(body: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(body).map_err(|_| ApiError::Unreadable)
}

async fn delete(path: &str) -> Result<(), ApiError> {
    send(Method::DELETE, path, None).await.map(|_| ())
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|_| ApiError::Unreadable)
}

/// Sends a request and gives the body of a good answer. Not generic, so that the program holds it once.
async fn send(method: Method, path: &str, body: Option<String>) -> Result<String, ApiError> {
    let (response, text) = exchange(method, path, body).await?;
    if response.ok() { Ok(text) } else { Err(refusal(&response, &text)) }
}

/// Sends a request and gives the answer, whatever it is, with its body.
async fn exchange(method: Method, path: &str, body: Option<String>) -> Result<(Response, String), ApiError> {
    let request = RequestBuilder::new(&format!("{BASE}{path}"))
        .method(method)
        .header("Accept", "application/json")
        .abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let request = match body {
        Some(body) => request.header("Content-Type", "application/json").body(body),
        None => request.build(),
    };
    let response = request.map_err(|_| ApiError::Unreachable)?.send().await.map_err(|_| ApiError::Unreachable)?;
    let text = response.text().await.map_err(|_| ApiError::Unreachable)?;
    Ok((response, text))
}

fn refusal(response: &Response, text: &str) -> ApiError {
    let retry_after = response.headers().get("retry-after").and_then(|seconds| seconds.parse().ok());
    match serde_json::from_str(text) {
        Ok(problem) => ApiError::Problem { problem: Box::new(problem), retry_after },
        // A proxy in between that is not up knows nothing of problem documents.
        Err(_) if response.status() >= 500 => ApiError::Unreachable,
        Err(_) => ApiError::Unreadable,
    }
}
