//! The hub: holds a picture of each store that somebody watches, and passes on every notice.

use super::state::State;
use crate::store::projections::{ProjectionFilter, ProjectionKind};
use crate::store::{Store, StoreError};
use axum::extract::ws::Utf8Bytes;
use shared::api::live::ServerFrame;
use shared::ids::StoreNo;
use shared::mutant::Mutant;
use shared::notice::Notice;
use shared::picture::{Picture, Snapshot};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::{
    self,
    error::{RecvError, TryRecvError},
};
use tokio_util::sync::CancellationToken;

/// How many frames a slow page may fall behind before it gets a fresh snapshot instead.
const FRAMES: usize = 32;

/// How often pictures are read again from the store, turn by turn, so that a missed notice heals.
const REFRESH: Duration = Duration::from_secs(1);

/// What a subscription gives.
#[derive(Debug, Clone)]
pub enum Frame {
    /// To be sent as it is.
    Text(Utf8Bytes),
    /// A store or its staff have changed: to be told unless the page has heard of it already.
    Changed,
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

impl Hub {
    /// A hub that reads snapshots from `store`.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, state: Mutex::default(), everything: broadcast::Sender::new(FRAMES) }
    }

    /// Passes notices on until it is stopped. Subscribe to them before a saver starts, or its first ones are missed.
    pub async fn run(&self, notices: broadcast::Receiver<Arc<Notice>>, stop: CancellationToken) {
        // A store that is asked for a picture may take longer to answer than there is time to stop.
        stop.run_until_cancelled(self.pass_all_on(notices)).await;
    }

    async fn pass_all_on(&self, mut notices: broadcast::Receiver<Arc<Notice>>) {
        let mut refresh = tokio::time::interval(REFRESH);
        loop {
            // What is due now and then comes first: there may always be another notice.
            tokio::select! {
                biased;
                _ = refresh.tick() => warn_of(self.refresh_some(&mut notices).await),
                () = self.end_of_doubt() => warn_of(self.end_doubt(&mut notices).await),
                notice = notices.recv() => match notice {
                    Ok(notice) => self.pass_on(&notice),
                    Err(RecvError::Lagged(missed)) => self.resync(missed),
                    Err(RecvError::Closed) => return,
                },
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

    /// Says to the pages of a store, and to those that watch all of them, that it or its staff have changed.
    pub fn announce_change(&self, store: StoreNo) {
        let state = self.state();
        for pages in state.stores.get(&store).into_iter().chain([&self.everything]) {
            let _ = pages.send(Frame::Changed);
        }
    }

    /// How long before the latest notice the oldest came that it remembers.
    #[cfg(test)]
    pub fn remembers(&self) -> Duration {
        self.state().ring.span()
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
        let written = self.written().await?;
        loop {
            let all = self.state().all(&written);
            match all {
                Ok(stores) => return Ok(Subscription { snapshot: snapshot(stores)?, frames }),
                Err(lacking) => {
                    for store in lacking {
                        self.load(store).await?;
                    }
                }
            }
        }
    }

    /// The stores that something is written of.
    async fn written(&self) -> Result<BTreeSet<StoreNo>, StoreError> {
        let settings = self.store.list(ProjectionKind::Settings, ProjectionFilter::default()).await?;
        Ok(settings.into_iter().map(|document| document.store).collect())
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

    async fn refresh_some(&self, notices: &mut broadcast::Receiver<Arc<Notice>>) -> Result<(), StoreError> {
        let some = self.state().due_at_once();
        for _ in 0..some {
            self.refresh_next(notices).await?;
        }
        Ok(())
    }

    /// Reads the next picture again. Where it shows something else than what the pages hold, they missed a notice, or
    /// one is still on its way; meanwhile nothing else is refreshed.
    async fn refresh_next(&self, notices: &mut broadcast::Receiver<Arc<Notice>>) -> Result<(), StoreError> {
        if Mutant::NeverRefreshed.is_on() {
            return Ok(());
        }
        let all_are_watched = self.everything.receiver_count() > 0;
        let (next, begins_a_round) = {
            let mut state = self.state();
            if state.doubts_until().is_some() {
                return Ok(());
            }
            (state.next_to_refresh(all_are_watched), state.begins_a_round())
        };
        if all_are_watched && begins_a_round {
            self.look_for_stores(notices).await?;
        }
        let Some(store) = next else { return Ok(()) };
        let picture = self.store.picture(store).await?;
        // A notice is published before what it tells is written: most of what the picture reflects has come by now.
        self.catch_up(notices);
        self.state().settle(picture);
        Ok(())
    }

    /// A store of which something is written, though nobody was told: its notices were lost.
    async fn look_for_stores(&self, notices: &mut broadcast::Receiver<Arc<Notice>>) -> Result<(), StoreError> {
        let written = self.written().await?;
        self.catch_up(notices);
        if self.state().misses_any(&written) {
            tracing::warn!("pages that watch all stores lack one; they get a fresh snapshot");
            let _ = self.everything.send(Frame::Resync);
        }
        Ok(())
    }

    async fn end_of_doubt(&self) {
        let until = self.state().doubts_until();
        match until {
            Some(until) => tokio::time::sleep_until(until).await,
            None => std::future::pending().await,
        }
    }

    async fn end_doubt(&self, notices: &mut broadcast::Receiver<Arc<Notice>>) -> Result<(), StoreError> {
        self.catch_up(notices);
        let Some(store) = self.state().end_doubt() else { return Ok(()) };
        let picture = self.store.picture(store).await?;
        self.catch_up(notices);
        let mut state = self.state();
        if !state.put_right(picture) {
            return Ok(());
        }
        tracing::warn!(%store, "pages had missed something; they get a fresh snapshot");
        for pages in state.stores.get(&store).into_iter().chain([&self.everything]) {
            let _ = pages.send(Frame::Resync);
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
        state.take(notice);
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
        state.clear();
        for pages in state.stores.values().chain([&self.everything]) {
            let _ = pages.send(Frame::Resync);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn warn_of(refreshed: Result<(), StoreError>) {
    if let Err(error) = refreshed {
        tracing::warn!(%error, "a picture could not be refreshed");
    }
}

fn snapshot(stores: Vec<Snapshot>) -> Result<Utf8Bytes, StoreError> {
    Ok(serde_json::to_string(&ServerFrame::Snapshot { stores })?.into())
}

fn encode(frame: &ServerFrame) -> Option<Utf8Bytes> {
    let text = serde_json::to_string(frame).inspect_err(|error| tracing::error!(%error, "a frame cannot be written"));
    text.ok().map(Utf8Bytes::from)
}
