//! Where pages and API are reached.

use super::RoleError;
use super::front::Front;
use super::tls;
use crate::config::WebOptions;
use crate::lifecycle::Lifecycle;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use tokio::task::JoinHandle;

/// Any port that only this machine reaches.
const OWN: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0));

/// The doors of a process that serves pages.
pub struct Doors {
    /// Where others reach it.
    pub address: SocketAddr,
    /// Where its own bots reach it: the same, or, since no certificate names an address of this machine, one without TLS.
    pub own: SocketAddr,
    /// Ends once nobody is answered any more.
    pub served: JoinHandle<io::Result<()>>,
    is_secure: bool,
    /// What the operator says that addresses start with.
    public: Option<String>,
}

impl Doors {
    /// Opens them.
    ///
    /// # Errors
    ///
    /// The address is taken or cannot be listened on, or the certificate cannot be used.
    pub async fn open(front: &Front, options: &WebOptions, life: &Lifecycle) -> Result<Self, RoleError> {
        let public = options.public_url.clone();
        let Some((certificates, key)) = options.tls() else {
            let (address, served) = front.open(options.listen, None, life).await?;
            return Ok(Self { address, own: address, served, is_secure: false, public });
        };
        let tls = tls::acceptor(certificates, key)?;
        let (address, served) = front.open(options.listen, Some(tls), life).await?;
        let (own, served_here) = front.open(OWN, None, life).await?;
        let served = tokio::spawn(both(served, served_here));
        Ok(Self { address, own, served, is_secure: true, public })
    }

    /// What addresses of pages start with: as the operator says, else on this machine.
    pub fn url(&self) -> String {
        if let Some(public) = &self.public {
            return public.trim_end_matches('/').to_owned();
        }
        let scheme = if self.is_secure { "https" } else { "http" };
        if self.address.ip().is_unspecified() {
            return format!("{scheme}://localhost:{}", self.address.port());
        }
        format!("{scheme}://{}", self.address)
    }
}

/// Waits until nobody is answered at either door; one that breaks is told at once.
async fn both(one: JoinHandle<io::Result<()>>, other: JoinHandle<io::Result<()>>) -> io::Result<()> {
    let answered = async |door: JoinHandle<_>| door.await.map_err(io::Error::other)?;
    tokio::try_join!(answered(one), answered(other)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::https;
    use axum::Router;
    use axum::routing::get;
    use futures_util::FutureExt;
    use rcgen::{CertifiedKey, generate_simple_self_signed};
    use std::pin::pin;
    use tokio_util::sync::CancellationToken;

    fn options(listen: &str, public: Option<&str>) -> WebOptions {
        WebOptions {
            listen: listen.parse().unwrap(),
            site: None,
            demo: false,
            token: None,
            secure_cookies: false,
            public_url: public.map(ToOwned::to_owned),
            tls_cert: None,
            tls_key: None,
            behind_proxy: false,
        }
    }

    async fn url(listen: &str, public: Option<&str>) -> String {
        let options = options(listen, public);
        Doors::open(&Front::default(), &options, &Lifecycle::default()).await.unwrap().url()
    }

    #[tokio::test]
    async fn addresses_are_those_of_this_machine_unless_the_operator_knows_better() {
        assert!(url("127.0.0.1:0", None).await.starts_with("http://127.0.0.1:"));
        assert!(url("0.0.0.0:0", None).await.starts_with("http://localhost:"));
        assert_eq!(url("0.0.0.0:0", Some("https://tills.example.com/")).await, "https://tills.example.com");
    }

    #[tokio::test]
    async fn where_there_are_a_certificate_and_its_key_only_this_machine_is_answered_in_the_clear() {
        let folder = tempfile::tempdir().unwrap();
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let (tls_cert, tls_key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        std::fs::write(&tls_cert, cert.pem()).unwrap();
        std::fs::write(&tls_key, signing_key.serialize_pem()).unwrap();
        let options = WebOptions { tls_cert: Some(tls_cert), tls_key: Some(tls_key), ..options("127.0.0.1:0", None) };
        let (front, life) = (Front::default(), Lifecycle::default());
        front.lead_to(Router::new().route("/who", get(async || "Comptoir")));
        let doors = Doors::open(&front, &options, &life).await.unwrap();
        assert!(doors.url().starts_with("https://"));
        let trusted = reqwest::Certificate::from_pem(cert.pem().as_bytes()).unwrap();
        let browser = https::client().tls_certs_only([trusted]).build().unwrap();
        let ask = async |url: String| browser.get(url).send().await?.text().await;
        assert_eq!(ask(format!("https://localhost:{}/who", doors.address.port())).await.unwrap(), "Comptoir");
        assert!(ask(format!("http://localhost:{}/who", doors.address.port())).await.is_err());
        assert_eq!(ask(format!("http://{}/who", doors.own)).await.unwrap(), "Comptoir");
        assert!(doors.own.ip().is_loopback() && doors.own != doors.address);
        life.soft.cancel();
        doors.served.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn two_doors_are_waited_for_until_nobody_is_answered_at_either() {
        let (first, second) = (CancellationToken::new(), CancellationToken::new());
        let door = |open: &CancellationToken| {
            let closed = open.clone().cancelled_owned();
            tokio::spawn(async {
                closed.await;
                Ok(())
            })
        };
        let mut waiting = pin!(both(door(&first), door(&second)));
        first.cancel();
        tokio::task::yield_now().await;
        assert!(waiting.as_mut().now_or_never().is_none());
        second.cancel();
        assert!(waiting.await.is_ok());
    }

    #[tokio::test]
    async fn a_door_that_breaks_is_told_while_the_other_is_open() {
        let broken = tokio::spawn(async { Err(io::ErrorKind::ConnectionAborted.into()) });
        let open = tokio::spawn(std::future::pending());
        assert_eq!(both(open, broken).await.map_err(|error| error.kind()), Err(io::ErrorKind::ConnectionAborted));
    }
}
