//! `GET /healthz`: the process is up.

/// What is answered.
pub const ALIVE: &str = "ok\n";

/// Answers as long as the process can answer at all; restart it where this fails.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "operations",
    responses((status = 200, body = String, content_type = "text/plain"))
)]
pub async fn handler() -> &'static str {
    ALIVE
}
