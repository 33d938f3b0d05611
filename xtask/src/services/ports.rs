//! Ports of this machine: whether one is free, and what to say when it is not.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::kind::Kind;

/// Where ports for Kafka's own use are looked for: below those that systems give to outgoing connections, which could
/// otherwise be using one when a killed Kafka wants it back.
const PRIVATE: std::ops::Range<u16> = 20_000..30_000;

/// This machine's address with a port.
pub fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// Whether nobody listens on a port of this machine.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind(local(port)).is_ok()
}

/// Says in one sentence that a service cannot have its port.
pub fn check(kind: Kind, port: u16) -> Result<()> {
    match TcpListener::bind(local(port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "{} is taken by another program; stop that one, or choose another port: \
             cargo xtask services up {kind} --{kind}-port {}",
            local(port),
            port.saturating_add(1)
        ),
        Err(error) => bail!("{kind} cannot listen on {}: {error}", local(port)),
    }
}

/// A free port other than `taken`, the same for a folder each time if it can be.
pub fn private(folder: &Path, taken: u16) -> Result<u16> {
    let seed = folder.to_string_lossy().bytes().fold(0_u16, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let start = PRIVATE.start + seed % (PRIVATE.end - PRIVATE.start);
    let mut candidates = (start..PRIVATE.end).chain(PRIVATE.start..start);
    candidates.find(|&port| port != taken && is_free(port)).context("no port is free for Kafka's controller")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_one_sentence() {
        let taken = TcpListener::bind(local(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let said = check(Kind::Mongodb, port).unwrap_err().to_string();
        assert!(said.starts_with(&format!("127.0.0.1:{port} is taken by another program")), "{said}");
        assert!(said.contains("up mongodb --mongodb-port"), "{said}");
        assert_eq!(said.lines().count(), 1);
        assert!(!is_free(port));
    }

    #[test]
    fn a_private_port_is_free_and_another() {
        let first = private(Path::new("a"), 0).unwrap();
        let second = private(Path::new("a"), first).unwrap();
        assert_ne!(first, second);
        assert!(PRIVATE.contains(&first) && PRIVATE.contains(&second));
    }
}
