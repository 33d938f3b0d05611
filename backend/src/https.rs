//! Clients of servers that may speak TLS, which trust what this machine trusts.

use tls_listener::rustls::rustls::crypto::ring;

/// A client that is yet to be told how patient it is.
pub fn client() -> reqwest::ClientBuilder {
    // Whoever comes first decides, and everyone decides alike.
    let _ = ring::default_provider().install_default();
    reqwest::Client::builder()
}
