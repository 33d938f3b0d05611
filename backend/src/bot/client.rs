//! The server's API, typed, as the bots use it.

use crate::https;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::alerts::AlertQuery;
use shared::api::catalogue::CatalogueDelta;
use shared::api::problem::Problem;
use shared::api::receipts::{Outcomes, ReceiptQuery, StoredReceipt};
use shared::api::sessions::{Enrol, Enrolled};
use shared::api::stats::StoreCompleteness;
use shared::api::stock::{NewMovement, StockQuery, StoreStock};
use shared::api::stores::{NewRegister, NewSeller, NewStore};
use shared::api::{BASE, Page};
use shared::ids::{RegisterNo, StoreNo};
use shared::notice::Alert;
use shared::store::Store;
use std::fmt;
use std::time::Duration;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;

/// How long a request may take; a server that is slower is as good as gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which server, and by whose leave.
#[derive(Clone)]
pub struct Target {
    /// Where it listens, such as `http://127.0.0.1:8080`.
    pub base_url: String,
    /// An operator's token.
    pub token: String,
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// Why a request did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address is none that bots can talk to.
    #[error("{0:?} is no address of a server: give one like http://127.0.0.1:8080")]
    Address(String),
    /// The server cannot be reached, or went away before it had answered.
    #[error("the server does not answer: {0}")]
    Unreachable(String),
    /// The server cannot take it at the moment (429, 500, 502, 503, 504).
    #[error("the server is not ready (status {status})")]
    Busy {
        /// The status.
        status: StatusCode,
        /// How long it asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// The server does not do it.
    #[error("the server refuses {what}: {detail} (status {status})")]
    Refused {
        /// The request.
        what: String,
        /// The status.
        status: StatusCode,
        /// What it says about it.
        detail: String,
    },
    /// The answer is not what the API promises.
    #[error("the answer to {what} cannot be read: {source}")]
    Unreadable {
        /// The request.
        what: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl ClientError {
    /// Whether the same request may succeed later.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Busy { .. })
    }

    /// How long the server asks to be left alone.
    pub const fn retry_after(&self) -> Option<Duration> {
        if let Self::Busy { retry_after, .. } = self { *retry_after } else { None }
    }

    /// Whether the server said that it is there already.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Refused { status: StatusCode::CONFLICT, .. })
    }

    /// Whether the token is not good enough.
    pub fn is_denied(&self) -> bool {
        matches!(self, Self::Refused { status: StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, .. })
    }
}

/// A connection to the server; cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    token: String,
}

impl Client {
    /// Prepares to talk to a server; nothing is sent yet.
    pub fn new(target: &Target) -> Result<Self, ClientError> {
        let wrong = || ClientError::Address(target.base_url.clone());
        let base = Url::parse(&target.base_url).map_err(|_| wrong())?;
        if !matches!(base.scheme(), "http" | "https") || !base.has_host() || base.path() != "/" {
            return Err(wrong());
        }
        let http = https::client().timeout(PATIENCE).build().map_err(unreachable)?;
        Ok(Self { http, base, token: target.token.clone() })
    }

    /// `GET catalogue`.
    pub async fn catalogue(&self) -> Result<CatalogueDelta, ClientError> {
        self.get("catalogue", &()).await
    }

    /// `POST stores`.
    pub async fn open_store(&self, store: &NewStore) -> Result<Store, ClientError> {
        self.post("stores", store).await
    }

    /// `POST stores/{s}/registers`.
    pub async fn add_register(&self, store: StoreNo, register: &NewRegister) -> Result<(), ClientError> {
        self.post_blind(&format!("stores/{store}/registers"), register).await
    }

    /// `POST stores/{s}/sellers`.
    pub async fn add_seller(&self, store: StoreNo, seller: &NewSeller) -> Result<(), ClientError> {
        self.post_blind(&format!("stores/{store}/sellers"), seller).await
    }

    /// `POST stores/{s}/deliveries`.
    pub async fn deliver(&self, store: StoreNo, delivery: &NewMovement) -> Result<(), ClientError> {
        self.post_blind(&format!("stores/{store}/deliveries"), delivery).await
    }

    /// `POST stores/{s}/registers/{r}/series`.
    pub async fn enrol(&self, store: StoreNo, register: RegisterNo, enrol: &Enrol) -> Result<Enrolled, ClientError> {
        self.post(&format!("stores/{store}/registers/{register}/series"), enrol).await
    }

    /// `POST receipts`, with a JSON array of sealed receipts.
    pub async fn post_receipts(&self, json: Vec<u8>) -> Result<Outcomes, ClientError> {
        let request = self.request(Method::POST, "receipts").header(CONTENT_TYPE, "application/json").body(json);
        read("POST receipts", &answer("POST receipts", request).await?)
    }

    /// `GET receipts`.
    pub async fn receipts(&self, query: &ReceiptQuery) -> Result<Page<StoredReceipt>, ClientError> {
        self.get("receipts", query).await
    }

    /// `GET stock`.
    pub async fn stock(&self, store: StoreNo) -> Result<StoreStock, ClientError> {
        self.get("stock", &StockQuery { store, sku: None }).await
    }

    /// `GET alerts`.
    pub async fn alerts(&self, query: &AlertQuery) -> Result<Page<Alert>, ClientError> {
        self.get("alerts", query).await
    }

    /// `GET completeness`.
    pub async fn completeness(&self, store: StoreNo) -> Result<Vec<StoreCompleteness>, ClientError> {
        self.get("completeness", &[("store", store)]).await
    }

    /// What opens the WebSocket `GET live`.
    pub fn live(&self) -> Result<Request, ClientError> {
        let mut url = self.url("live");
        let wrong = || ClientError::Address(self.base.to_string());
        url.set_scheme(if self.base.scheme() == "https" { "wss" } else { "ws" }).map_err(|()| wrong())?;
        let mut request = url.as_str().into_client_request().map_err(|_| wrong())?;
        let token = format!("Bearer {}", self.token).parse().map_err(|_| wrong())?;
        request.headers_mut().insert(AUTHORIZATION, token);
        Ok(request)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, query: &(impl Serialize + ?Sized)) -> Result<T, ClientError> {
        let what = format!("GET {path}");
        read(&what, &answer(&what, self.request(Method::GET, path).query(query)).await?)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ClientError> {
        let what = format!("POST {path}");
        read(&what, &answer(&what, self.request(Method::POST, path).json(body)).await?)
    }

    async fn post_blind(&self, path: &str, body: &impl Serialize) -> Result<(), ClientError> {
        answer(&format!("POST {path}"), self.request(Method::POST, path).json(body)).await.map(drop)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url(path)).bearer_auth(&self.token)
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{BASE}/{path}"));
        url
    }
}

async fn answer(what: &str, request: RequestBuilder) -> Result<Vec<u8>, ClientError> {
    let response = request.send().await.map_err(unreachable)?;
    let status = response.status();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let body = response.bytes().await.map_err(unreachable)?;
    match status {
        _ if status.is_success() => Ok(body.into()),
        StatusCode::TOO_MANY_REQUESTS => Err(busy(status, retry_after)),
        _ if status.is_server_error() => Err(busy(status, retry_after)),
        _ => Err(ClientError::Refused { what: what.to_owned(), status, detail: detail(&body) }),
    }
}

fn busy(status: StatusCode, retry_after: Option<u64>) -> ClientError {
    ClientError::Busy { status, retry_after: retry_after.map(Duration::from_secs) }
}

/// What a problem document says, or else the first words of whatever came.
fn detail(body: &[u8]) -> String {
    serde_json::from_slice::<Problem>(body).map_or_else(
        |_| String::from_utf8_lossy(body).chars().take(200).collect(),
        |problem| format!("{}: {}", problem.title, problem.detail),
    )
}

fn read<T: DeserializeOwned>(what: &str, body: &[u8]) -> Result<T, ClientError> {
    serde_json::from_slice(body).map_err(|source| ClientError::Unreadable { what: what.to_owned(), source })
}

/// Says why with all causes: reqwest's own words stop at "error sending request".
#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands the error over")]
fn unreachable(error: reqwest::Error) -> ClientError {
    let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
    let words = causes.fold(error.to_string(), |words, cause| format!("{words}: {cause}"));
    ClientError::Unreachable(words)
}
