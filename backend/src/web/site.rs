//! The built page: its HTML, and its assets, whose names carry a hash of their content.

use super::http::unknown_route;
use super::state::App;
use axum::Router;
use axum::extract::Request;
use axum::handler::HandlerWithoutStateExt;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::path::Path;
use tower_http::services::{ServeDir, ServeFile};

/// The pages, by path.
const PAGES: [(&str, &str); 6] = [
    ("/", "index.html"),
    ("/till", "till.html"),
    ("/display", "till.html"),
    ("/manager", "manager.html"),
    ("/setup", "manager.html"),
    ("/verify", "verify.html"),
];

/// The page's routes; whatever else is asked for is looked up among its files.
pub fn routes(site: Option<&Path>) -> Router<App> {
    match site.filter(|site| site.is_dir()) {
        Some(site) => built(site),
        None => PAGES
            .iter()
            .fold(Router::new(), |router, (path, _)| router.route(path, get(not_built)))
            .fallback(unknown_route),
    }
}

fn built(site: &Path) -> Router<App> {
    let file = |name: &str| ServeFile::new(site.join(name)).precompressed_br().precompressed_gzip();
    let files = ServeDir::new(site)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .fallback(unknown_route.into_service());
    let pages = PAGES.iter().fold(Router::new(), |router, (path, name)| router.route_service(path, file(name)));
    pages.fallback_service(files).layer(middleware::from_fn(cached))
}

/// What carries its hash in its name never changes; everything else is asked for again each time.
async fn cached(request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let forever = hashed && response.status().is_success();
    let policy = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(policy));
    response
}

async fn not_built() -> impl IntoResponse {
    (
        StatusCode::NOT_FOUND,
        "The page is not built yet: `cargo xtask build` makes it, `cargo xtask run` makes and serves it.\n",
    )
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;

    #[tokio::test]
    async fn without_a_page_it_is_said_how_to_make_one() {
        let server = Server::empty().await;
        let reply = server.get("/till").send().await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        assert!(reply.text.contains("cargo xtask build"));
    }

    #[tokio::test]
    async fn pages_are_asked_for_again_and_assets_kept_for_good() {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir(site.path().join("assets")).unwrap();
        std::fs::write(site.path().join("till.html"), "<p>till").unwrap();
        std::fs::write(site.path().join("assets/a.1234.css"), "p{}").unwrap();
        let server = Server::with_site(site.path()).await;
        let page = server.get("/till").send().await;
        assert_eq!((page.status, page.text.as_str()), (StatusCode::OK, "<p>till"));
        assert_eq!(page.headers["cache-control"], "no-cache");
        assert!(page.headers["content-security-policy"].to_str().unwrap().contains("'wasm-unsafe-eval'"));
        let asset = server.get("/assets/a.1234.css").send().await;
        assert!(asset.headers["cache-control"].to_str().unwrap().contains("immutable"));
        let missing = server.get("/assets/b.css").send().await;
        missing.is_problem(StatusCode::NOT_FOUND, "unknown-route");
        assert!(!missing.headers["cache-control"].to_str().unwrap().contains("immutable"));
        server.get("/../Cargo.toml").send().await.is_problem(StatusCode::NOT_FOUND, "unknown-route");
    }

    #[tokio::test]
    async fn what_the_build_has_compressed_is_not_compressed_again() {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir(site.path().join("assets")).unwrap();
        for (name, content) in [("till.html", "page"), ("assets/a.css", "style")] {
            std::fs::write(site.path().join(name), content).unwrap();
            for coding in ["br", "gz"] {
                std::fs::write(site.path().join(format!("{name}.{coding}")), format!("{content} as {coding}")).unwrap();
            }
        }
        let server = Server::with_site(site.path()).await;
        for (path, content) in [("/till", "page"), ("/assets/a.css", "style")] {
            for (coding, suffix) in [("br", "br"), ("gzip", "gz")] {
                let sent = server.get(path).header("accept-encoding", coding).send().await;
                assert_eq!(sent.headers["content-encoding"], coding);
                assert_eq!(sent.text, format!("{content} as {suffix}"));
            }
        }
    }
}
