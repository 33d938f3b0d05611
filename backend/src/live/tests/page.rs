//! A page as the browser has it: subscribes, folds what comes, subscribes again where it missed something.

use super::PATIENCE;
use crate::live::hub::Subscription;
use crate::live::{Frame, Hub};
use crate::store::Store;
use shared::api::live::ServerFrame;
use shared::ids::StoreNo;
use shared::picture::Picture;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

/// A page that watches one store, or all.
pub struct Page<'a> {
    hub: &'a Hub,
    store: Option<StoreNo>,
    subscription: Subscription,
    pub pictures: BTreeMap<StoreNo, Picture>,
    /// How often it had to begin afresh.
    pub resyncs: u32,
}

impl<'a> Page<'a> {
    pub async fn open(hub: &'a Hub, store: Option<StoreNo>) -> Self {
        let subscription = hub.subscribe(store).await.unwrap();
        let mut page = Self { hub, store, subscription, pictures: BTreeMap::new(), resyncs: 0 };
        page.take_snapshot();
        page
    }

    fn take_snapshot(&mut self) {
        let ServerFrame::Snapshot { stores } = serde_json::from_str(&self.subscription.snapshot).unwrap() else {
            panic!("the first frame is a snapshot")
        };
        self.pictures = stores.into_iter().map(|snapshot| (snapshot.store, Picture::from(snapshot))).collect();
    }

    async fn take(&mut self, frame: Frame) {
        match frame {
            Frame::Resync => self.begin_afresh().await,
            // No part of a picture.
            Frame::Changed => {}
            Frame::Text(text) => {
                if let ServerFrame::Notice(notice) = serde_json::from_str(&text).unwrap() {
                    let without = || Picture::empty(notice.store).without_levels();
                    self.pictures.entry(notice.store).or_insert_with(without).apply(&notice);
                }
            }
        }
    }

    async fn begin_afresh(&mut self) {
        self.resyncs += 1;
        self.subscription = self.hub.subscribe(self.store).await.unwrap();
        self.take_snapshot();
    }

    /// Takes everything that is there.
    pub async fn catch_up(&mut self) {
        loop {
            match self.subscription.frames.try_recv() {
                Ok(frame) => self.take(frame).await,
                Err(TryRecvError::Lagged(_)) => self.begin_afresh().await,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    /// Takes frames until what it shows is as wanted.
    pub async fn until(&mut self, wanted: impl Fn(&Self) -> bool) {
        while !wanted(self) {
            let next = tokio::time::timeout(PATIENCE, self.subscription.frames.recv()).await;
            match next.expect("it never came to that") {
                Ok(frame) => self.take(frame).await,
                Err(RecvError::Lagged(_)) => self.begin_afresh().await,
                Err(RecvError::Closed) => panic!("the hub has gone"),
            }
        }
    }

    /// Whether it shows what the store has.
    pub async fn is_right(&self, store: &Arc<dyn Store>) -> bool {
        for (&no, picture) in &self.pictures {
            let kept = store.picture(no).await.unwrap();
            let kept = if self.store.is_none() { kept.without_levels() } else { kept };
            if !picture.agrees_with(&kept) {
                return false;
            }
        }
        true
    }
}
