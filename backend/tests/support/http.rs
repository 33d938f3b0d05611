//! Asking servers.

use std::time::Duration;

/// A client that is so patient.
pub fn client(patience: Duration) -> reqwest::Client {
    // Whoever comes first decides, and everyone decides alike.
    let _ = tls_listener::rustls::rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().timeout(patience).build().expect("a client can be built")
}
