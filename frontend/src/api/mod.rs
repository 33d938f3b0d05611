//! The server's API, typed: what goes there and comes back is what `shared::api` says.

mod error;
mod letters;
mod patience;
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
pub use patience::Patience;
pub use query::Query;
pub use receipts::{are_saved, find_entries, find_receipts, note_reprint, post_entries, post_receipts, receipt};
pub use refunds::{let_go_of_refund, refundable, release_refund, reserve_refund};
pub use registers::{registers, revoke};
pub use sessions::{
    approve, current_session, end_left_session, enrol, leave, remember_sign_in, sign_in, sign_out, stores,
};
pub use setup::{is_set_up, set_up};
pub use stock::{catalogue, count, deliver, transfer};
pub use stores::{change_seller, change_store, dismiss, hire, staff};
pub use watch::{calendar, closings, refusals, simulations, start_simulation, stats, stop_simulation, x_report};

use gloo_net::http::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::BASE;
use web_sys::AbortSignal;

/// The status of an answer without a body.
const NO_CONTENT: u16 = 204;

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

async fn told<T: DeserializeOwned>(path: &str, patience: Patience) -> Result<Told<T>, ApiError> {
    heard(send_within(patience, Method::GET, path, None).await?)
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
fn send(method: Method, path: &str, body: Option<String>) -> impl Future<Output = Result<String, ApiError>> {
    send_within(Patience::Full, method, path, body)
}

async fn send_within(patience: Patience, method: Method, path: &str, body: Option<String>) -> Result<String, ApiError> {
    let (response, text) = exchange(patience, method, path, body).await?;
    if response.ok() { Ok(text) } else { Err(refusal(&response, &text)) }
}

/// Sends a request and gives the server's answer, whatever it is, with its body.
async fn exchange(
    patience: Patience,
    method: Method,
    path: &str,
    body: Option<String>,
) -> Result<(Response, String), ApiError> {
    let away = |_| {
        patience::note(false);
        ApiError::Unreachable
    };
    let request = RequestBuilder::new(&format!("{BASE}{path}"))
        .method(method)
        .header("Accept", "application/json")
        .abort_signal(Some(&AbortSignal::timeout_with_u32(patience.millis())));
    let request = match body {
        Some(body) => request.header("Content-Type", "application/json").body(body),
        None => request.build(),
    };
    let response = request.map_err(away)?.send().await.map_err(away)?;
    let text = response.text().await.map_err(away)?;
    let is_ours = is_ours(response.status(), content_type(&response).as_deref());
    patience::note(is_ours);
    if is_ours { Ok((response, text)) } else { Err(ApiError::Unreachable) }
}

fn content_type(response: &Response) -> Option<String> {
    response.headers().get("content-type")
}

/// Whether an answer is the server's. The sign-in page of a network that is not open, or a proxy's own page, is none, with
/// whatever status it comes.
fn is_ours(status: u16, content_type: Option<&str>) -> bool {
    status == NO_CONTENT || content_type.is_some_and(|kind| kind.contains("json"))
}

fn refusal(response: &Response, text: &str) -> ApiError {
    let retry_after = response.headers().get("retry-after").and_then(|seconds| seconds.parse().ok());
    refused(text, retry_after)
}

/// What a refusal says. One that is no problem document is that of something in between.
fn refused(text: &str, retry_after: Option<u32>) -> ApiError {
    match serde_json::from_str(text) {
        Ok(problem) => ApiError::Problem { problem: Box::new(problem), retry_after },
        Err(_) => ApiError::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_of_the_server_is_away() {
        let json = Some("application/json");
        for (status, kind) in [(200, json), (422, Some("application/problem+json")), (204, None)] {
            assert!(is_ours(status, kind), "{status} {kind:?}");
        }
        for (status, kind) in [(200, Some("text/html; charset=utf-8")), (200, None), (403, Some("text/html"))] {
            assert!(!is_ours(status, kind), "{status} {kind:?}");
        }
        for text in ["<html>", r#"{"error":"sign in to the network"}"#, ""] {
            assert!(refused(text, None).is_away(), "{text}");
        }
        let problem = r#"{"type":"/p","title":"","status":422,"detail":"","safe":"","remedy":""}"#;
        assert_eq!(refused(problem, None).status(), Some(422));
        assert!(!refused(problem, None).is_away());
    }
}
