//! Keeping other sites' pages from acting with a visitor's cookie.
//!
//! The cookie is `SameSite=Strict` already and bodies must be declared as JSON, which a form cannot do. This is the
//! third fence, for browsers that say where a request comes from.

use super::super::problem::Kind;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses requests that change something and that a browser sends on behalf of another site.
pub async fn refuse_cross_site(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !safe && !is_from_here(request.headers()) {
        return Kind::CrossSite.because("`Sec-Fetch-Site` names another site.").into_response();
    }
    next.run(request).await
}

fn is_from_here(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none")
}

/// Whether a request's `Origin`, where there is one, is the host that it was sent to. Browsers let any page open a
/// WebSocket to anywhere and send `Origin` for the server to judge (RFC 6455 §10.2).
pub fn is_same_host(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    matches!((origin, host), (Some((_, origin)), Some(host)) if origin.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|&(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn other_sites_are_told_by_what_the_browser_says() {
        assert!(is_from_here(&headers(&[])));
        assert!(is_from_here(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_from_here(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_from_here(&headers(&[("sec-fetch-site", "same-site")])));
    }

    #[test]
    fn sockets_are_opened_from_the_same_host() {
        assert!(is_same_host(&headers(&[("host", "till.example:8080")])));
        assert!(is_same_host(&headers(&[("host", "till.example:8080"), ("origin", "https://till.example:8080")])));
        assert!(!is_same_host(&headers(&[("host", "till.example"), ("origin", "https://evil.example")])));
        assert!(!is_same_host(&headers(&[("host", "till.example"), ("origin", "null")])));
    }
}
