//! A web tier on the embedded engine in a folder of its own, asked without a network.

use super::router::router;
use super::state::{App, AppState, Parts, Settings};
use crate::clock::Mint;
use crate::live::Hub;
use crate::metrics::Metrics;
use crate::model::session::{self, SessionDocument};
use crate::saver::Saver;
use crate::store::documents::Swap;
use crate::testing::faulty::Script;
use crate::testing::{Embedded, Engine, Till};
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use shared::event::Event;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// The token that the test server takes as the operator's.
pub const TOKEN: &str = "test-operator";

const ANY_PORT: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0));

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// A web tier.
pub struct Server {
    app: App,
    _folder: Embedded,
}

impl Server {
    /// Without any data.
    pub async fn empty() -> Self {
        Self::new(None, false, ANY_PORT).await
    }

    /// With the demo's data.
    pub async fn with_demo() -> Self {
        Self::new(None, true, ANY_PORT).await
    }

    /// With the demo's data, in a store and over a log that do as a script says.
    pub async fn with_script(script: &Arc<Script>) -> Self {
        Self::over(Some(script), None, true, ANY_PORT).await
    }

    /// With a built page, and no data.
    pub async fn with_site(site: &Path) -> Self {
        Self::new(Some(site), false, ANY_PORT).await
    }

    /// With the demo's data, a saver and a hub, and listening where it believes to listen.
    pub async fn at_work() -> Self {
        let listener = TcpListener::bind(ANY_PORT).await.unwrap();
        let server = Self::new(None, true, listener.local_addr().unwrap()).await;
        server.serve(listener);
        server.start_hub();
        tokio::spawn(server.saver(server.app.stopping.clone()).run());
        server
    }

    async fn new(site: Option<&Path>, demo: bool, own_address: SocketAddr) -> Self {
        Self::over(None, site, demo, own_address).await
    }

    async fn over(script: Option<&Arc<Script>>, site: Option<&Path>, demo: bool, own_address: SocketAddr) -> Self {
        let folder = Embedded::new();
        let opened = folder.open().await;
        let store = script.map_or_else(|| Arc::clone(&opened.store), |script| script.store(&opened.store));
        let log = script.map_or_else(|| Arc::clone(&opened.log), |script| script.log(&opened.log));
        if demo {
            crate::demo::seed(&store, &*log, &Mint::system()).await.unwrap();
        }
        let settings = Settings {
            operator_token: Some(TOKEN.to_owned()),
            demo: false,
            site: site.map(Path::to_owned),
            secure_cookies: false,
            behind_proxy: true,
            key: [7; 32],
            own_address,
        };
        let app = AppState::new(Parts {
            log,
            hub: Arc::new(Hub::new(Arc::clone(&store))),
            store,
            mint: Mint::system(),
            metrics: Arc::new(Metrics::new()),
            settings: Arc::new(settings),
            saver: None,
            shortcomings: Vec::new(),
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        Self { app, _folder: folder }
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    pub fn get(&self, path: &str) -> Ask<'_> {
        self.ask(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> Ask<'_> {
        self.ask(Method::POST, path)
    }

    pub fn put(&self, path: &str) -> Ask<'_> {
        self.ask(Method::PUT, path)
    }

    pub fn patch(&self, path: &str) -> Ask<'_> {
        self.ask(Method::PATCH, path)
    }

    pub fn delete(&self, path: &str) -> Ask<'_> {
        self.ask(Method::DELETE, path)
    }

    pub fn head(&self, path: &str) -> Ask<'_> {
        self.ask(Method::HEAD, path)
    }

    fn ask(&self, method: Method, path: &str) -> Ask<'_> {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().unwrap();
        Ask { app: &self.app, request }
    }

    /// Signs in with the demo's PIN and gives the cookie.
    pub async fn sign_in(&self, store: u32, seller: u32) -> String {
        let body = json!({"store": store, "seller": seller, "pin": seller.to_string().repeat(4)});
        let reply = self.post("/api/v1/sessions").json(&body).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    /// Has a session, given by its cookie, end then.
    pub async fn end_session(&self, cookie: &str, expires_at: jiff::Timestamp) {
        let id = session::id(cookie.split_once('=').unwrap().1);
        let read = self.app.store.read::<SessionDocument>(&id).await.unwrap().unwrap();
        let ending = SessionDocument { expires_at, ..read.value };
        assert!(matches!(self.app.store.write(&id, Some(read.revision), &ending).await.unwrap(), Swap::Done(_)));
    }

    /// A product of the demo that is sold by the piece.
    pub async fn some_sku(&self) -> String {
        let catalogue = self.app.catalogue.latest().await.unwrap();
        let mut pieces = catalogue.products().filter(|it| it.product.unit == shared::quantity::Unit::Piece);
        pieces.next().unwrap().product.sku.to_string()
    }

    /// Adds a product that sells at the price of [`crate::testing::product`].
    pub async fn add_product(&self, sku: &str) {
        let product = serde_json::to_value(crate::testing::product(sku)).unwrap();
        let reply = self.put(&format!("/api/v1/products/{sku}")).operator().json(&product).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    }

    /// A till on register `register` of store 1, which sells product `A`.
    pub async fn till(&self, register: u64) -> Till {
        self.add_product("A").await;
        let till = Till::new(1, register);
        let path = format!("/api/v1/stores/1/registers/{register}/series");
        let reply = self.post(&path).operator().json(&enrol(&till, false)).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        till
    }

    /// Saves everything that is in the log.
    pub async fn save_all(&self) {
        let stop = CancellationToken::new();
        let saving = tokio::spawn(self.saver(stop.clone()).run());
        let all_saved = async {
            while self.app.log.backlog().await.unwrap() > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, all_saved).await.unwrap();
        stop.cancel();
        saving.await.unwrap().unwrap();
    }

    fn saver(&self, stop: CancellationToken) -> Saver {
        Saver {
            log: Arc::clone(&self.app.log),
            store: Arc::clone(&self.app.store),
            clock: Arc::clone(&self.app.mint.clock),
            metrics: Arc::clone(&self.app.metrics),
            health: Arc::default(),
            rate: None,
            stop,
        }
    }

    /// Passes notices on until the server is stopped.
    pub fn start_hub(&self) {
        let (hub, notices, stop) = (Arc::clone(&self.app.hub), self.app.log.notices(), self.app.stopping.clone());
        tokio::spawn(async move { hub.run(notices, stop).await });
    }

    /// Listens on a free port of this machine until the server is stopped.
    pub async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind(ANY_PORT).await.unwrap();
        let address = listener.local_addr().unwrap();
        self.serve(listener);
        address
    }

    fn serve(&self, listener: TcpListener) {
        let stopping = self.app.stopping.clone().cancelled_owned();
        let served = axum::serve(listener, router(Arc::clone(&self.app))).with_graceful_shutdown(stopping);
        tokio::spawn(served.into_future());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.app.stopping.cancel();
    }
}

/// A request on its way.
#[must_use]
pub struct Ask<'a> {
    app: &'a App,
    request: Request<Body>,
}

impl Ask<'_> {
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.request.headers_mut().insert(name, value.parse().unwrap());
        self
    }

    pub fn operator(self) -> Self {
        self.header("authorization", &format!("Bearer {TOKEN}"))
    }

    pub fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
    }

    pub fn json(self, body: &Value) -> Self {
        self.body(&body.to_string())
    }

    pub fn body(self, body: &str) -> Self {
        let mut ask = self.header("content-type", "application/json");
        *ask.request.body_mut() = Body::from(body.to_owned());
        ask
    }

    /// The answer, with a body that is still to be read.
    pub async fn begin(self) -> Response {
        router(Arc::clone(self.app)).oneshot(self.request).await.unwrap()
    }

    pub async fn send(self) -> Reply {
        let (parts, body) = self.begin().await.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Reply { status: parts.status, headers: parts.headers, json, text }
    }
}

/// An answer, read to its end.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
    pub text: String,
}

impl Reply {
    /// Checks that it is a whole problem document of that kind.
    pub fn is_problem(&self, status: StatusCode, slug: &str) {
        assert_eq!((self.status, &self.json["type"]), (status, &json!(format!("/problems/{slug}"))), "{}", self.text);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        for field in ["title", "detail", "safe", "remedy"] {
            assert!(self.json[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {}", self.text);
        }
    }
}

/// Asks for a register with a till's key.
pub fn enrol(till: &Till, take_over: bool) -> Value {
    let Event::Enrolment(enrolment) = till.enrolment(1) else { unreachable!("an enrolment is an enrolment") };
    let holder = format!("till {}", till.series().register);
    json!({"public_key": enrolment.public_key, "holder": holder, "take_over": take_over})
}
