//! TLS by certificate files.

use super::RoleError;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tls_listener::rustls::TlsAcceptor;
use tls_listener::rustls::rustls::pki_types::pem::{self, PemObject};
use tls_listener::rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tls_listener::rustls::rustls::{self, ServerConfig, crypto};

/// Why there is no TLS by these files.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file is not what it should be.
    #[error("{path} holds no {what} in PEM form that can be read: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
        /// What went wrong.
        cause: pem::Error,
    },
    /// Certificate and key are not a pair, or of no kind that is taken.
    #[error("certificate and key cannot be used: {0}; the first certificate of the file has to be the key's own")]
    Unfit(#[from] rustls::Error),
}

/// What accepts connections under a certificate: the server's own comes first in its file, then those that lead from it to
/// a root (RFC 8446 §4.4.2).
///
/// # Errors
///
/// [`TlsError`].
pub fn acceptor(certificates: &Path, key: &Path) -> Result<TlsAcceptor, RoleError> {
    Ok(TlsAcceptor::from(Arc::new(config(certificates, key)?)))
}

fn config(certificates: &Path, key: &Path) -> Result<ServerConfig, TlsError> {
    let file = |path: &Path, what, cause| TlsError::File { path: path.to_owned(), what, cause };
    let chain = CertificateDer::pem_file_iter(certificates).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|cause| file(certificates, "certificate", cause))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(|cause| file(key, "private key", cause))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::https;
    use crate::lifecycle::Lifecycle;
    use crate::roles::front::Front;
    use axum::Router;
    use axum::extract::ConnectInfo;
    use axum::routing::get;
    use rcgen::{CertifiedKey, generate_simple_self_signed};
    use std::net::SocketAddr;

    fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    #[tokio::test]
    async fn a_browser_that_trusts_the_certificate_is_answered_and_knows_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let certificate = written(folder.path(), "cert.pem", &cert.pem());
        let key = written(folder.path(), "key.pem", &signing_key.serialize_pem());
        let (front, life) = (Front::default(), Lifecycle::default());
        let whoever = |ConnectInfo(client): ConnectInfo<SocketAddr>| async move { client.ip().to_string() };
        front.lead_to(Router::new().route("/client", get(whoever)));
        let tls = acceptor(&certificate, &key).unwrap();
        let (address, served) = front.open("127.0.0.1:0".parse().unwrap(), Some(tls), &life).await.unwrap();

        let trusted = reqwest::Certificate::from_pem(cert.pem().as_bytes()).unwrap();
        let browser = https::client().tls_certs_only([trusted]).build().unwrap();
        let url = format!("https://localhost:{}/client", address.port());
        let answer = browser.get(&url).send().await.unwrap();
        assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
        assert_eq!(answer.text().await.unwrap(), "127.0.0.1");
        let stranger = https::client().build().unwrap();
        assert!(stranger.get(&url).send().await.is_err(), "a certificate that nobody vouches for is refused");
        let plain = stranger.get(url.replace("https", "http")).send().await;
        assert!(plain.is_err(), "nothing is said in the clear");
        life.soft.cancel();
        served.await.unwrap().unwrap();
    }

    #[test]
    fn files_that_are_none_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let other = generate_simple_self_signed(["localhost".to_owned()]).unwrap().signing_key;
        let certificate = written(folder.path(), "cert.pem", &cert.pem());
        let key = written(folder.path(), "key.pem", &signing_key.serialize_pem());
        let other = written(folder.path(), "other.pem", &other.serialize_pem());
        let rubbish = written(folder.path(), "rubbish.pem", "rubbish");
        let why = |certificate: &Path, key: &Path| config(certificate, key).err().unwrap().to_string();
        assert!(why(&rubbish, &key).contains("cannot be used"), "{}", why(&rubbish, &key));
        assert!(why(&certificate, &rubbish).contains("rubbish.pem holds no private key"));
        assert!(why(&folder.path().join("absent"), &key).contains("absent holds no certificate"));
        assert!(why(&certificate, &other).contains("cannot be used"));
    }
}
