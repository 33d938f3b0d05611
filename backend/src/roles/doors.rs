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
}

impl Doors {
    /// Opens them.
    ///
    /// # Errors
    ///
    /// The address is taken or cannot be listened on, or the certificate cannot be used.
    pub async fn open(front: &Front, options: &WebOptions, life: &Lifecycle) -> Result<Self, RoleError> {
        let Some((certificates, key)) = options.tls() else {
            let (address, served) = front.open(options.listen, None, life).await?;
            return Ok(Self { address, own: address, served, is_secure: false });
        };
        let tls = tls::acceptor(certificates, key)?;
        let (address, served) = front.open(options.listen, Some(tls), life).await?;
        let (own, _) = front.open(OWN, None, life).await?;
        Ok(Self { address, own, served, is_secure: true })
    }

    /// What addresses of pages start with, on this machine.
    pub fn url(&self) -> String {
        let scheme = if self.is_secure { "https" } else { "http" };
        if self.address.ip().is_unspecified() {
            return format!("{scheme}://localhost:{}", self.address.port());
        }
        format!("{scheme}://{}", self.address)
    }
}
