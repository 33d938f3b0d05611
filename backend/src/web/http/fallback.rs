//! Answers where no handler gives one.

use super::super::problem::{ApiError, Kind};
use axum::http::{Method, Uri};
use axum::response::{IntoResponse, Response};
use std::any::Any;

/// No route has that path.
pub async fn unknown_route(uri: Uri) -> ApiError {
    Kind::UnknownRoute.because(format!("No route has the path {}.", shortened(uri.path())))
}

/// The route takes other methods.
pub async fn wrong_method(method: Method, uri: Uri) -> ApiError {
    Kind::WrongMethod.because(format!("{} does not take {method}.", shortened(uri.path())))
}

/// A handler panicked: the process goes on, and the panic is in its log.
#[expect(clippy::needless_pass_by_value, reason = "what a panic is handed over as")]
pub fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(said = said.unwrap_or("nothing"), "a handler panicked");
    Kind::Internal.because("The request could not be handled.").into_response()
}

fn shortened(path: &str) -> String {
    path.chars().take(200).collect()
}
