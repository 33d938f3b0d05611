//! Counting what is asked and answered.

use super::super::state::App;
use crate::metrics::{Answered, Asked};
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::metrics::gauge::Gauge;

/// A request that is under way, for as long as this lives: whoever asked may go before there is an answer.
struct InFlight(Gauge);

impl InFlight {
    fn count(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Counts every request while it is under way, and every answer by its status.
pub async fn count(State(app): State<App>, route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let method = known(request.method());
    let route = route.map_or_else(|| "none".to_owned(), |route| route.as_str().to_owned());
    let asked = Asked { method, route: route.clone() };
    let under_way = InFlight::count(&app.metrics.requests_in_flight.get_or_create(&asked));
    let response = next.run(request).await;
    drop(under_way);
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
