//! Headers that make browsers careful.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use shared::api::BASE;

/// What the page may load and do: its own files, its own Wasm, its own server.
const PAGE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// The API's browsable description has one style of its own in the page, that of its logo, which the hash names; all else is
/// files.
const DOCS: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; \
    img-src 'self' data:; connect-src 'self'; font-src 'self' data:; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// Adds the headers to every answer.
pub async fn secure(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let policy = if path.starts_with("/api/docs") { DOCS } else { PAGE };
    let private = path.starts_with(BASE);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if private {
        // Figures and receipts are nobody's business but the caller's.
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::DOCS;
    use crate::web::testing::{Reply, Server};
    use data_encoding::BASE64;
    use sha2::{Digest, Sha256};
    use std::collections::BTreeSet;

    const PRESET: &str = "/api/docs/swagger-ui-standalone-preset.js";

    /// The directives of an answer's policy.
    fn policy(reply: &Reply) -> BTreeSet<&str> {
        reply.headers["content-security-policy"].to_str().unwrap().split("; ").collect()
    }

    #[tokio::test]
    async fn a_page_may_load_and_do_what_is_said_here_and_nothing_else() {
        let server = Server::empty().await;
        let common = ["default-src 'none'", "connect-src 'self'", "base-uri 'none'", "form-action 'self'"];
        let common = common.into_iter().chain(["frame-ancestors 'none'"]).collect::<BTreeSet<_>>();
        let page = ["script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data:"];
        let page = page.into_iter().chain(["manifest-src 'self'", "worker-src 'self'", "font-src 'self'"]);
        let expected = &common | &page.collect();
        for path in ["/till", "/api/v1/stores", "/hat"] {
            assert_eq!(policy(&server.get(path).send().await), expected, "{path}");
        }
        let style = "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";
        let docs = ["script-src 'self'", style, "img-src 'self' data:", "font-src 'self' data:"];
        assert_eq!(policy(&server.get("/api/docs/").send().await), &common | &docs.into_iter().collect());
    }

    #[tokio::test]
    async fn answers_are_taken_for_what_they_say_and_kept_from_other_sites() {
        let server = Server::empty().await;
        let reply = server.get("/till").send().await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(reply.headers[name], value, "{name}");
        }
    }

    /// The only style that the description's scripts put into the page is the one that the policy lets in.
    #[tokio::test]
    async fn the_descriptions_own_style_is_the_one_that_is_let_in() {
        let server = Server::empty().await;
        let script = server.get(PRESET).send().await.text;
        let styles: Vec<_> = script.split(r#"createElement("style",null,""#).skip(1).collect();
        assert_eq!(styles.len(), 1, "{PRESET}");
        let text = styles[0].split('"').next().unwrap();
        let hash = BASE64.encode(&Sha256::digest(text.as_bytes()));
        assert!(DOCS.contains(&format!("'sha256-{hash}'")), "{text}: sha256-{hash}");
    }
}
