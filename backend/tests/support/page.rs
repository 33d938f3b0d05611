//! A manager's page: connected to one web tier, and folding what it is told as the real one does.

use super::role::Role;
use futures_util::{SinkExt as _, StreamExt as _};
use shared::api::live::{ClientFrame, ServerFrame};
use shared::ids::StoreNo;
use shared::picture::Picture;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// The connection of a page.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long a page waits before it opens a lost connection again.
const RECONNECT: Duration = Duration::from_millis(500);

type Pictures = BTreeMap<StoreNo, Picture>;

#[derive(Default)]
struct Shown {
    pictures: Pictures,
    unplaced: u64,
}

/// An open page, for as long as this lives.
pub struct ManagersPage {
    shown: Arc<Mutex<Shown>>,
    reading: JoinHandle<()>,
}

impl ManagersPage {
    /// Opens one that watches all stores.
    pub async fn open(web: &Role) -> Self {
        let socket = connect(&web.url(), None).await.expect("the web tier takes the connection");
        let shown = Arc::default();
        let reading = tokio::spawn(read(socket, Arc::clone(&shown)));
        Self { shown, reading }
    }

    /// The same, and whenever the connection is lost it is opened again, as a browser does it.
    pub async fn keep_open(web: &Role) -> Self {
        let (url, shown) = (web.url(), Arc::default());
        let mut socket = Some(connect(&url, None).await.expect("the web tier takes the connection"));
        let shared = Arc::clone(&shown);
        let reading = tokio::spawn(async move {
            loop {
                if let Some(socket) = socket {
                    read(socket, Arc::clone(&shared)).await;
                }
                tokio::time::sleep(RECONNECT).await;
                socket = connect(&url, None).await.ok();
            }
        });
        Self { shown, reading }
    }

    /// What it shows.
    pub fn shows(&self) -> Pictures {
        lock(&self.shown).pictures.clone()
    }

    /// How many records it says to name no store.
    pub fn unplaced(&self) -> u64 {
        lock(&self.shown).unplaced
    }

    /// Whether both show the same, and something.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let (mine, others) = (self.shows(), other.shows());
        let same = |(store, picture): (&StoreNo, &Picture)| {
            others.get(store).is_some_and(|other| picture.position() == other.position() && picture.agrees_with(other))
        };
        !mine.is_empty() && mine.len() == others.len() && mine.iter().all(same)
    }
}

impl Drop for ManagersPage {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

/// A socket that has asked for a store, or for all.
pub async fn connect(url: &str, store: Option<StoreNo>) -> Result<Socket, tungstenite::Error> {
    let url = format!("{}/api/v1/live", url.replace("http", "ws"));
    let mut request = url.into_client_request()?;
    request.headers_mut().insert("authorization", "Bearer demo".parse().expect("a header's value"));
    let (mut socket, _) = connect_async(request).await?;
    let subscribe = serde_json::to_string(&ClientFrame::Subscribe { store }).expect("JSON");
    socket.send(Message::text(subscribe)).await?;
    Ok(socket)
}

async fn read(mut socket: Socket, shown: Arc<Mutex<Shown>>) {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        match serde_json::from_str(&text).expect("every frame can be read") {
            ServerFrame::Snapshot { stores } => {
                lock(&shown).pictures = stores.into_iter().map(|store| (store.store, store.into())).collect();
            }
            ServerFrame::Notice(notice) => {
                let opened = || Picture::empty(notice.store).without_levels();
                lock(&shown).pictures.entry(notice.store).or_insert_with(opened).apply(&notice);
            }
            ServerFrame::Heartbeat { unplaced, .. } => lock(&shown).unplaced = unplaced,
            ServerFrame::Catalogue { .. } | ServerFrame::Stores => {}
        }
    }
}

fn lock(shown: &Mutex<Shown>) -> MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}
