//! `GET /healthz`: the process is up.

/// Answers as long as the process can answer at all; restart it where this fails.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "operations",
    responses((status = 200, body = String, content_type = "text/plain"))
)]
pub async fn handler() -> &'static str {
    "ok\n"
}
