//! The hub: holds a picture of each store that somebody watches, and passes on every notice.

use super::ring::Ring;
use crate::store::projections::{ProjectionFilter, ProjectionKind};
use crate::store::{Store, StoreError};
use axum::extract::ws::Utf8Bytes;
use shared::api::live::ServerFrame;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::picture::{Picture, Snapshot};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::{
    self,
    error::{RecvError, TryRecvError},
};
use tokio_util::sync::CancellationToken;

/// How many frames a slow page may fall behind before it gets a fresh snapshot instead.
const FRAMES: usize = 32;

/// How often one store's picture is read again from the store, turn by turn, so that a missed notice heals.
const REFRESH: Duration = Duration::from_secs(1);

/// What a subscription gives.
#[derive(Debug, Clone)]
pub enum Frame {
    /// To be sent as it is.
    Text(Utf8Bytes),
    /// Notices were missed: subscribe again for a fresh snapshot.
    Resync,
}

/// A page's view of the hub: everything as of the snapshot, then every frame after it.
pub struct Subscription {
    /// The first frame to send.
    pub snapshot: Utf8Bytes,
    /// The frames after it. Where it lags, subscribe again.
    pub frames: broadcast::Receiver<Frame>,
}

/// Fans notices out. Any number of instances may run; each holds what its own pages need.
pub struct Hub {
    store: Arc<dyn Store>,
    state: Mutex<State>,
    everything: broadcast::Sender<Frame>,
}

#[derive(Default)]
struct State {
    pictures: BTreeMap<StoreNo, Picture>,
    ring: Ring,
    stores: BTreeMap<StoreNo, broadcast::Sender<Frame>>,
    refreshed: Option<StoreNo>,
}

impl Hub {
    /// A hub that reads snapshots from `store`.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, state: Mutex::default(), everything: broadcast::Sender::new(FRAMES) }
    }

    /// Passes notices on until it is stopped. Subscribe to them before a saver starts, or its first ones are missed.
    pub async fn run(&self, mut notices: broadcast::Receiver<Arc<Notice>>, stop: CancellationToken) {
        let mut refresh = tokio::time::interval(REFRESH);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                notice = notices.recv() => match notice {
                    Ok(notice) => self.pass_on(&notice),
                    Err(RecvError::Lagged(missed)) => self.resync(missed),
                    Err(RecvError::Closed) => return,
                },
                _ = refresh.tick() => {
                    if let Err(error) = self.refresh_next(&mut notices).await {
                        tracing::warn!(%error, "a picture could not be refreshed");
                    }
                }
            }
        }
    }

    /// Watches one store with its levels, or all stores without.
    pub async fn subscribe(&self, store: Option<StoreNo>) -> Result<Subscription, StoreError> {
        match store {
            Some(store) => self.subscribe_one(store).await,
            None => self.subscribe_all().await,
        }
    }

    /// Tells every page.
    pub fn announce(&self, frame: &ServerFrame) {
        let Some(text) = encode(frame) else { return };
        let state = self.state();
        for pages in state.stores.values().chain([&self.everything]) {
            let _ = pages.send(Frame::Text(text.clone()));
        }
    }

    /// The receiver comes first: a picture that is dropped or reloaded meanwhile is then made good by a frame.
    async fn subscribe_one(&self, store: StoreNo) -> Result<Subscription, StoreError> {
        let frames = self.state().stores.entry(store).or_insert_with(|| broadcast::Sender::new(FRAMES)).subscribe();
        self.ensure(store).await?;
        let picture = self.state().pictures.get(&store).cloned().unwrap_or_else(|| Picture::empty(store));
        Ok(Subscription { snapshot: snapshot(vec![picture.into()])?, frames })
    }

    async fn subscribe_all(&self) -> Result<Subscription, StoreError> {
        let frames = self.everything.subscribe();
        let known = self.store.list(ProjectionKind::Settings, ProjectionFilter::default()).await?;
        let written = known.into_iter().map(|document| document.store);
        let mut stores = self.state().ring.stores();
        stores.extend(written);
        for store in stores {
            self.ensure(store).await?;
        }
        let stores: Vec<Snapshot> = self.state().pictures.values().map(|p| p.without_levels().into()).collect();
        Ok(Subscription { snapshot: snapshot(stores)?, frames })
    }

    async fn ensure(&self, store: StoreNo) -> Result<(), StoreError> {
        let known = self.state().pictures.contains_key(&store);
        if known { Ok(()) } else { self.load(store).await }
    }

    async fn load(&self, store: StoreNo) -> Result<(), StoreError> {
        let picture = self.store.picture(store).await?;
        self.state().settle(picture);
        Ok(())
    }

    /// Reads the next picture again. Where it shows something else than what the pages hold, they missed a notice.
    async fn refresh_next(&self, notices: &mut broadcast::Receiver<Arc<Notice>>) -> Result<(), StoreError> {
        let Some(store) = self.state().next_to_refresh(self.everything.receiver_count() > 0) else { return Ok(()) };
        let picture = self.store.picture(store).await?;
        // A notice is published before what it tells is written: by now, all that the picture reflects has come.
        self.catch_up(notices);
        let mut state = self.state();
        if state.settle(picture) == Settled::Mended {
            tracing::warn!(%store, "pages had missed a notice; they get a fresh snapshot");
            for pages in state.stores.get(&store).into_iter().chain([&self.everything]) {
                let _ = pages.send(Frame::Resync);
            }
        }
        Ok(())
    }

    fn catch_up(&self, notices: &mut broadcast::Receiver<Arc<Notice>>) {
        loop {
            match notices.try_recv() {
                Ok(notice) => self.pass_on(&notice),
                Err(TryRecvError::Lagged(missed)) => self.resync(missed),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn pass_on(&self, notice: &Arc<Notice>) {
        let mut state = self.state();
        state.ring.push(Arc::clone(notice));
        if let Some(picture) = state.pictures.get_mut(&notice.store) {
            picture.apply(notice);
        }
        let pages = state.stores.get(&notice.store).into_iter().chain([&self.everything]);
        let listening: Vec<_> = pages.filter(|pages| pages.receiver_count() > 0).cloned().collect();
        drop(state);
        if listening.is_empty() {
            return;
        }
        let Some(text) = encode(&ServerFrame::Notice(Box::new(Notice::clone(notice)))) else { return };
        for pages in listening {
            let _ = pages.send(Frame::Text(text.clone()));
        }
    }

    fn resync(&self, missed: u64) {
        tracing::warn!(missed, "the hub fell behind the notices; every page gets a fresh snapshot");
        let mut state = self.state();
        state.pictures.clear();
        // What it remembers has a hole now.
        state.ring.clear();
        for pages in state.stores.values().chain([&self.everything]) {
            let _ = pages.send(Frame::Resync);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a picture from the store did to the one that is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    /// The pages need not know.
    Quiet,
    /// The one that was held, and the pages', had missed something.
    Mended,
}

impl State {
    /// Folds what the store may not reflect yet into a picture that was read from it, and holds it unless the one that
    /// is held is better.
    fn settle(&mut self, mut picture: Picture) -> Settled {
        let is_whole = self.ring.fold(&mut picture);
        let mended = match self.pictures.get(&picture.store()) {
            Some(held) if !is_whole || held.position() > picture.position() => return Settled::Quiet,
            Some(held) => !held.agrees_with(&picture),
            None => false,
        };
        self.pictures.insert(picture.store(), picture);
        if mended { Settled::Mended } else { Settled::Quiet }
    }

    /// Lets go of the pictures that nobody watches, and names the next one of the others, in turn.
    fn next_to_refresh(&mut self, all_are_watched: bool) -> Option<StoreNo> {
        if !all_are_watched {
            self.stores.retain(|_, pages| pages.receiver_count() > 0);
            let watched = &self.stores;
            self.pictures.retain(|store, _| watched.contains_key(store));
        }
        let after = self.pictures.keys().copied().find(|store| self.refreshed.is_none_or(|last| *store > last));
        self.refreshed = after.or_else(|| self.pictures.keys().next().copied());
        self.refreshed
    }
}

fn snapshot(stores: Vec<Snapshot>) -> Result<Utf8Bytes, StoreError> {
    Ok(serde_json::to_string(&ServerFrame::Snapshot { stores })?.into())
}

fn encode(frame: &ServerFrame) -> Option<Utf8Bytes> {
    let text = serde_json::to_string(frame).inspect_err(|error| tracing::error!(%error, "a frame cannot be written"));
    text.ok().map(Utf8Bytes::from)
}
