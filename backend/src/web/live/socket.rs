//! An open socket: what the page says, what the hub says, and signs of life.

use crate::live::Frame;
use crate::metrics::Closed;
use crate::web::cache::StoreView;
use crate::web::caller::{Caller, Staff};
use crate::web::state::App;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use jiff::Timestamp;
use shared::api::live::{ClientFrame, ServerFrame, close};
use shared::ids::StoreNo;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, Interval, MissedTickBehavior};

/// How often the server gives a sign of life, asks for one, and looks whether the store is still what the page knows.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How long a page may take to make room for one frame.
const SEND_LIMIT: Duration = Duration::from_secs(10);
/// How long a page may be silent: several unanswered pings.
const SILENCE_LIMIT: Duration = Duration::from_secs(30);
/// How long saying goodbye may take.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);

/// A page on an open socket.
pub struct Session {
    app: App,
    caller: Caller,
    socket: WebSocket,
    watched: Option<Watched>,
    heard_at: Instant,
}

/// What a page has subscribed to.
struct Watched {
    store: Option<StoreNo>,
    frames: broadcast::Receiver<Frame>,
    /// The version of the store's particulars, registers and staff that the page can have fetched; nothing where it is not known.
    version: Option<u64>,
}

/// Why a session ends; `None` where the page is gone already.
type End = Option<CloseFrame>;

fn close_with(code: u16, reason: &str) -> CloseFrame {
    // A close frame has room for 123 bytes of reason (RFC 6455 §5.5).
    let mut cut = reason.len().min(123);
    while !reason.is_char_boundary(cut) {
        cut -= 1;
    }
    CloseFrame { code, reason: reason.split_at(cut).0.into() }
}

impl Session {
    /// A page that has not subscribed yet.
    pub fn new(app: App, caller: Caller, socket: WebSocket) -> Self {
        app.metrics.sockets.inc();
        Self { app, caller, socket, watched: None, heard_at: Instant::now() }
    }

    /// Serves the page until it goes, misbehaves, or the process stops.
    pub async fn run(mut self) {
        let stopping = self.app.stopping.clone();
        // Whatever it waits for: log and store may take longer to answer than there is time to stop.
        let goodbye = match stopping.run_until_cancelled(self.serve()).await {
            Some(Err(goodbye)) => goodbye,
            None => Some(close_with(close::GOING_AWAY, "the server stops")),
        };
        if let Some(frame) = goodbye {
            self.app.metrics.sockets_closed.get_or_create(&Closed { code: frame.code }).inc();
            tracing::debug!(code = frame.code, reason = %frame.reason, "closing a socket");
            let _ = tokio::time::timeout(CLOSE_LIMIT, self.socket.send(Message::Close(Some(frame)))).await;
        }
    }

    async fn serve(&mut self) -> Result<std::convert::Infallible, End> {
        let mut beat = heartbeat();
        loop {
            tokio::select! {
                message = self.socket.recv() => self.heard(message).await?,
                frame = next_frame(&mut self.watched) => self.pass_on(frame).await?,
                _ = beat.tick() => self.beat().await?,
            }
        }
    }

    async fn heard(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        self.heard_at = Instant::now();
        match message {
            Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                Ok(ClientFrame::Subscribe { store }) => self.subscribe(store).await,
                Err(error) => Err(Some(close_with(close::RUBBISH, &format!("not a frame: {error}")))),
            },
            Some(Ok(Message::Binary(_))) => Err(Some(close_with(close::RUBBISH, "frames are text"))),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Close(_))) | None => Err(None),
            Some(Err(error)) => Err(Some(close_with(close::RUBBISH, &error.to_string()))),
        }
    }

    async fn subscribe(&mut self, store: Option<StoreNo>) -> Result<(), End> {
        if let Err(error) = self.caller.must_see(&self.app, store).await {
            return Err(Some(close_with(close::RUBBISH, &error.problem().detail)));
        }
        let version = self.version(store).await;
        let subscription = self.app.hub.subscribe(store).await.map_err(|error| {
            tracing::error!(%error, "a page could not subscribe");
            Some(close_with(close::GOING_AWAY, "the store does not answer"))
        })?;
        self.watched = Some(Watched { store, frames: subscription.frames, version });
        self.send(subscription.snapshot).await
    }

    /// Whoever missed frames gets everything afresh.
    async fn pass_on(&mut self, frame: Result<Frame, RecvError>) -> Result<(), End> {
        match frame {
            Ok(Frame::Text(text)) => self.send(text).await,
            Ok(Frame::Changed) if self.watches_all() => self.tell_change().await,
            Ok(Frame::Changed) => self.tell_unheard_change().await,
            Ok(Frame::Resync) | Err(RecvError::Lagged(_) | RecvError::Closed) => {
                let store = self.watched.as_ref().and_then(|watched| watched.store);
                self.subscribe(store).await
            }
        }
    }

    async fn beat(&mut self) -> Result<(), End> {
        if self.heard_at.elapsed() > SILENCE_LIMIT {
            return Err(Some(close_with(close::TOO_SLOW, "nothing was heard for too long")));
        }
        let now = self.app.mint.now();
        if self.is_turned_out(now).await {
            return Err(Some(close_with(close::GOING_AWAY, "the session has ended")));
        }
        self.tell_unheard_change().await?;
        // Where the log does not answer there is no sign of life from it to pass on.
        if let Ok(backlog) = self.app.backlog().await {
            // What concerns all stores at once is told to whoever watches all of them.
            let (unplaced, refused) = if self.watches_all() { of_all_stores(&self.app).await } else { (0, 0) };
            let frame = serde_json::to_string(&ServerFrame::Heartbeat { at: now, backlog, unplaced, refused });
            self.send(frame.unwrap_or_default().into()).await?;
        }
        self.transmit(Message::Ping(axum::body::Bytes::new())).await
    }

    /// Says that the store, its registers or its staff have changed: another instance may have done it, and only its own pages heard.
    async fn tell_unheard_change(&mut self) -> Result<(), End> {
        let store = self.watched.as_ref().and_then(|watched| watched.store);
        let Some(version) = self.version(store).await else { return Ok(()) };
        let before = self.watched.as_mut().and_then(|watched| watched.version.replace(version));
        if before == Some(version) {
            return Ok(());
        }
        self.tell_change().await
    }

    async fn tell_change(&mut self) -> Result<(), End> {
        let frame = serde_json::to_string(&ServerFrame::Stores);
        self.send(frame.unwrap_or_default().into()).await
    }

    /// Whether what is watched is all stores.
    const fn watches_all(&self) -> bool {
        matches!(self.watched, Some(Watched { store: None, .. }))
    }

    /// The version of a store's particulars, registers and staff; nothing where no store is watched, or none can be read for now.
    async fn version(&mut self, store: Option<StoreNo>) -> Option<u64> {
        Some(self.view(store?).await?.version)
    }

    /// Whether whoever has opened the socket may see no more. While nobody can be asked, nobody is turned out.
    async fn is_turned_out(&mut self, now: Timestamp) -> bool {
        let Caller::Staff(Staff { seller, store, expires_at, .. }) = self.caller.clone() else { return false };
        expires_at <= now || self.view(store.no).await.is_some_and(|view| !view.lets_in(&seller))
    }

    async fn view(&mut self, store: StoreNo) -> Option<Arc<StoreView>> {
        self.app.outage.ask(true, self.app.stores.get(store)).await.ok()?
    }

    async fn send(&mut self, text: Utf8Bytes) -> Result<(), End> {
        self.transmit(Message::Text(text)).await
    }

    async fn transmit(&mut self, message: Message) -> Result<(), End> {
        match tokio::time::timeout(SEND_LIMIT, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(None),
            Err(_) => Err(Some(close_with(close::TOO_SLOW, "the page does not read"))),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.app.metrics.sockets.dec();
    }
}

/// How many records name no store, and how often something was refused.
async fn of_all_stores(app: &App) -> (u64, u64) {
    let (unplaced, refused) = tokio::join!(app.unplaced(), app.refusals());
    (unplaced.unwrap_or(0), refused.unwrap_or(0))
}

fn heartbeat() -> Interval {
    let mut beat = tokio::time::interval(HEARTBEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat
}

/// The next frame of what is watched; never, where nothing is.
async fn next_frame(watched: &mut Option<Watched>) -> Result<Frame, RecvError> {
    match watched {
        Some(watched) => watched.frames.recv().await,
        None => std::future::pending().await,
    }
}
