//! A page that watches: it folds what the hub sends by the code that the real pages use.

use super::invariants::{Invariant, must};
use super::web::Web;
use super::world::World;
use crate::live::Frame;
use shared::api::live::ServerFrame;
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::picture::Picture;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::sleep;

/// Longer than any world lasts.
const NEVER: Duration = Duration::from_hours(1);

/// What a page may want to know at once.
pub enum Heard<'a> {
    /// A fresh snapshot is in place.
    Snapshot,
    /// A notice was folded in.
    Notice(&'a Notice),
}

/// A page.
pub struct Page {
    pub name: String,
    /// One store with its levels, or all of them without.
    pub watches: Option<StoreNo>,
    pictures: Mutex<BTreeMap<StoreNo, Picture>>,
}

impl Page {
    pub fn new(name: String, watches: Option<StoreNo>) -> Arc<Self> {
        Arc::new(Self { name, watches, pictures: Mutex::default() })
    }

    pub fn pictures(&self) -> BTreeMap<StoreNo, Picture> {
        self.pictures.lock().unwrap().clone()
    }

    fn take(&self, world: &World, web: &Web, text: &str, hear: &impl Fn(Heard<'_>)) {
        match serde_json::from_str(text).unwrap() {
            ServerFrame::Snapshot { stores } => {
                world.trace.note(&self.name, format_args!("gets a snapshot of {} stores", stores.len()));
                let pictures = stores.into_iter().map(Picture::from).map(|picture| (picture.store(), picture));
                *self.pictures.lock().unwrap() = pictures.collect();
                hear(Heard::Snapshot);
            }
            ServerFrame::Notice(notice) => {
                self.fold(world, web, &notice);
                hear(Heard::Notice(&notice));
            }
            ServerFrame::Catalogue { .. } | ServerFrame::Stores | ServerFrame::Heartbeat { .. } => {}
        }
    }

    /// A store that was opened after the snapshot is known from its first notice on.
    fn fold(&self, world: &World, web: &Web, notice: &Notice) {
        let mut pictures = self.pictures.lock().unwrap();
        let opened = || Picture::empty(notice.store).without_levels();
        let picture = pictures.entry(notice.store).or_insert_with(opened);
        let before = picture.position();
        picture.apply(notice);
        let is_ahead = picture.position() >= before;
        world.hold(must(Invariant::PagesNeverGoBack, is_ahead, || format!("{} was at {before}", self.name)));
        world.folded(self, before, notice, picture, &web.process);
    }

    async fn converse(&self, world: &World, web: &Web, hear: &impl Fn(Heard<'_>)) {
        loop {
            let (hub, store) = (Arc::clone(&web.hub), self.watches);
            let subscribed = web.process.spawn(async move { hub.subscribe(store).await });
            let Ok(Ok(subscription)) = subscribed.await else { return };
            sleep(world.chance.millis(1, 20)).await;
            self.take(world, web, &subscription.snapshot, hear);
            let mut frames = subscription.frames;
            // Whoever has missed frames subscribes again.
            while let Ok(Frame::Text(text)) = frames.recv().await {
                let slowest = if world.is_calm() { 5 } else { world.plan.page_delay };
                sleep(world.chance.millis(1, slowest)).await;
                self.take(world, web, &text, hear);
            }
        }
    }
}

/// Watches for as long as the world lasts, whatever cuts the line.
pub async fn watch(world: Arc<World>, page: Arc<Page>, hear: impl Fn(Heard<'_>)) {
    loop {
        sleep(world.chance.millis(10, 600)).await;
        let Some(web) = world.some_web() else { continue };
        let gap = world.plan.cut_gap;
        let cut = if gap == 0 || world.is_calm() { NEVER } else { world.chance.millis(gap / 3, gap * 5 / 3) };
        tokio::select! {
            biased;
            () = web.process.death() => {}
            () = sleep(cut) => {}
            () = page.converse(&world, &web, &hear) => {}
        }
        world.trace.note(&page.name, format_args!("is cut off"));
    }
}
