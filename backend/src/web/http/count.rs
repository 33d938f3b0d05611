//! Counting what is answered.

use super::super::state::App;
use crate::metrics::Answered;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

/// Counts every answer by method, route and status.
pub async fn count(State(app): State<App>, route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let method = known(request.method());
    let route = route.map_or_else(|| "none".to_owned(), |route| route.as_str().to_owned());
    let response = next.run(request).await;
    let answered = Answered { method, route, status: response.status().as_u16() };
    app.metrics.requests.get_or_create(&answered).inc();
    response
}

/// Callers may invent methods without end; counters may not.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "other",
    }
}
