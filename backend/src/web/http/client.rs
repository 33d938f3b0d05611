//! Which client a request comes from.

use crate::web::state::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The address of the client: the socket's, or what the proxy in front says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        Ok(Self(address(&parts.headers, socket, app.settings.behind_proxy)))
    }
}

fn address(headers: &HeaderMap, socket: Option<IpAddr>, behind_proxy: bool) -> IpAddr {
    let named = || client_ip::rightmost_x_forwarded_for(headers).ok();
    let named = behind_proxy.then(named).flatten();
    // What comes by no socket is asked within this process.
    named.or(socket).unwrap_or(Ipv4Addr::UNSPECIFIED.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_what_the_own_proxy_says_counts() {
        let socket = IpAddr::from([192, 0, 2, 1]);
        let said = HeaderValue::from_static("198.51.100.1, 198.51.100.2");
        let headers = HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), said)]);
        assert_eq!(address(&headers, Some(socket), false), socket);
        assert_eq!(address(&headers, Some(socket), true), IpAddr::from([198, 51, 100, 2]));
        assert_eq!(address(&HeaderMap::new(), Some(socket), true), socket);
    }
}
