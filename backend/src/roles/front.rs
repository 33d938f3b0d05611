//! The front door: it is open from the first moment, and says what the process waits for until there is something
//! behind it.

use super::RoleError;
use crate::lifecycle::Lifecycle;
use crate::web::starting;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::serve::{Listener, ListenerExt};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tls_listener::TlsListener;
use tls_listener::rustls::TlsAcceptor;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower::ServiceExt;

/// For a year a browser that has come by TLS comes by nothing else (RFC 6797).
const BY_TLS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// What stands behind the door. Cloning shares it.
#[derive(Clone, Default)]
pub struct Front(Arc<Behind>);

#[derive(Default)]
struct Behind {
    router: OnceLock<Router>,
    waits_for: Mutex<String>,
}

impl Front {
    /// Listens, under a certificate where there is one, and answers until a soft stop, and what is under way until a hard
    /// one.
    ///
    /// # Errors
    ///
    /// The address is taken, or cannot be listened on.
    pub async fn open(
        &self,
        listen: SocketAddr,
        tls: Option<TlsAcceptor>,
        life: &Lifecycle,
    ) -> Result<(SocketAddr, JoinHandle<io::Result<()>>), RoleError> {
        let listener = bind(listen).await?;
        let address = listener.local_addr()?;
        let router = Router::new().fallback(answer).with_state(self.clone());
        let served = match tls {
            Some(tls) => {
                let router = router.layer(map_response(insist_on_tls));
                tokio::spawn(serve(TlsListener::new(tls, listener), router, life.clone()))
            }
            None => tokio::spawn(serve(listener, router, life.clone())),
        };
        Ok((address, served))
    }

    /// The same where the operator has named an address; else at the usual one, or at any other port of this machine where
    /// that is taken: several processes of a role run on one machine without a word about ports.
    ///
    /// # Errors
    ///
    /// The named address is taken, or none can be listened on.
    pub async fn open_somewhere(
        &self,
        named: Option<SocketAddr>,
        usual: SocketAddr,
        life: &Lifecycle,
    ) -> Result<(SocketAddr, JoinHandle<io::Result<()>>), RoleError> {
        match self.open(named.unwrap_or(usual), None, life).await {
            Err(RoleError::Taken(_)) if named.is_none() => self.open(SocketAddr::new(usual.ip(), 0), None, life).await,
            opened => opened,
        }
    }

    /// Puts something behind the door; the first stays.
    pub fn lead_to(&self, router: Router) {
        let _ = self.0.router.set(router);
    }

    /// Says what the process waits for.
    pub fn wait_for(&self, what: String) {
        *self.0.waits_for.lock().unwrap_or_else(PoisonError::into_inner) = what;
    }
}

async fn answer(State(front): State<Front>, request: Request) -> Response {
    if let Some(router) = front.0.router.get() {
        // A router does not fail: it answers, if only that it has failed.
        return router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
    }
    let what = front.0.waits_for.lock().unwrap_or_else(PoisonError::into_inner).clone();
    starting::answer(request.uri().path(), what)
}

async fn insist_on_tls(mut response: Response) -> Response {
    response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, BY_TLS_ONLY);
    response
}

async fn bind(address: SocketAddr) -> Result<TcpListener, RoleError> {
    TcpListener::bind(address).await.map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => RoleError::Taken(address),
        _ => RoleError::Listen { address, cause },
    })
}

async fn serve<L>(listener: L, router: Router, life: Lifecycle) -> io::Result<()>
where
    L: Listener<Addr = SocketAddr>,
{
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    // Connections tell their address only where they are tapped.
    let server =
        axum::serve(listener.tap_io(|_| {}), service).with_graceful_shutdown(life.soft.clone().cancelled_owned());
    tokio::select! {
        outcome = server => outcome,
        () = life.hard.cancelled() => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::https;
    use axum::http::StatusCode;
    use axum::routing::get;

    #[tokio::test]
    async fn says_what_it_waits_for_and_then_leads_on() {
        let (front, life) = (Front::default(), Lifecycle::default());
        front.wait_for("the log does not answer".into());
        let (address, served) = front.open("127.0.0.1:0".parse().unwrap(), None, &life).await.unwrap();
        let browser = https::client().build().unwrap();
        let ask = async |path: &str| browser.get(format!("http://{address}{path}")).send().await.unwrap();
        assert_eq!(ask("/healthz").await.status(), StatusCode::OK);
        let ready = ask("/readyz").await;
        assert!(!ready.headers().contains_key("strict-transport-security"), "it is not there by TLS");
        assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(ready.text().await.unwrap().contains("the log does not answer"));
        let other = ask("/api/v1/stores").await;
        assert_eq!(other.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(other.headers().contains_key("retry-after"));
        assert!(matches!(Front::default().open(address, None, &life).await, Err(RoleError::Taken(_))));
        let named = Front::default().open_somewhere(Some(address), address, &life).await;
        assert!(matches!(named, Err(RoleError::Taken(_))));
        let (elsewhere, _) = Front::default().open_somewhere(None, address, &life).await.unwrap();
        assert!(elsewhere.port() != address.port() && elsewhere.ip() == address.ip());
        front.lead_to(Router::new().route("/readyz", get(|| async { "yes" })));
        assert_eq!(ask("/readyz").await.text().await.unwrap(), "yes");
        life.soft.cancel();
        served.await.unwrap().unwrap();
    }
}
