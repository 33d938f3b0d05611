//! A run: the world opens, lives through its misfortunes, calms down, settles, and is judged.

use super::Report;
use super::chaos::unleash;
use super::crew::Crew;
use super::forger::forge;
use super::invariants::{Held, Invariant, judge, must, pages_agree, pictures_are_true};
use super::log::{LogClient, coordinate};
use super::manager::manage;
use super::page::{Page, watch};
use super::process::{Process, panics, watch_for_panics};
use super::store::StoreClient;
use super::world::World;
use crate::saver::watched;
use crate::store::Store;
use shared::ids::StoreNo;
use shared::picture::Picture;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long everything may take to settle once nothing goes wrong any more.
const SETTLING: Duration = Duration::from_mins(2);

/// Within what time everything arrives that is still on its way when all has settled.
const ARRIVING: Duration = Duration::from_secs(4);

/// How long pages that missed something may take from then on to be put right.
const HEALING: Duration = Duration::from_secs(8);

/// How often to look whether it is so.
const LOOK: Duration = Duration::from_millis(250);

/// Lives through the world of a seed.
pub async fn live(seed: u64, is_told: bool) -> Report {
    watch_for_panics();
    // Of the world before, on this thread.
    let _ = watched::surplus();
    let world = Arc::new(World::new(seed, is_told));
    world.trace.note("world", format_args!("{:?}", world.plan));
    tokio::select! {
        biased;
        _ = world.violated() => {}
        held = tell(&world) => world.hold(held),
    }
    world.hold(nothing_panics());
    let (violation, fingerprint) = (world.violation(), world.trace.fingerprint());
    let receipts = world.facts().issued.len();
    world.dissolve();
    Report { seed, fingerprint, violation, receipts }
}

async fn tell(world: &Arc<World>) -> Held {
    let process = Arc::new(Process::new("opening".to_owned()));
    world.open(&LogClient { world: Arc::clone(world), process }).await;
    let crew = Crew::new(world);
    crew.start();
    tokio::spawn(coordinate(Arc::clone(world)));
    tokio::spawn(manage(Arc::clone(world)));
    if world.plan.forgery_gap > 0 {
        tokio::spawn(forge(Arc::clone(world)));
    }
    open_desks(world);
    unleash(&crew);
    sleep(Duration::from_millis(world.plan.length.into())).await;
    world.trace.note("world", format_args!("calms down"));
    world.calm_down();
    settle(world).await?;
    sleep(ARRIVING).await;
    judge(world)?;
    heal(world).await
}

/// Pages at which nothing is sold: some watch one store, some all of them.
fn open_desks(world: &Arc<World>) {
    for (no, store) in (1..=world.plan.desks).zip(world.stores().into_iter().map(Some).chain([None]).cycle()) {
        let watches = if world.chance.one_in(2) { None } else { store };
        let page = Page::new(format!("desk-{no}"), watches);
        world.add_page(&page);
        tokio::spawn(watch(Arc::clone(world), page, |_| ()));
    }
}

async fn settle(world: &World) -> Held {
    let began = Instant::now();
    while !world.is_settled() {
        nothing_panics()?;
        let is_patient = began.elapsed() < SETTLING;
        must(Invariant::EverythingSettles, is_patient, || {
            let waiting = world.tills().into_iter().map(|till| (till.name.clone(), world.owed(&till)));
            format!("backlog {}, outboxes {:?}", world.cluster().backlog(), waiting.collect::<Vec<_>>())
        })?;
        sleep(LOOK).await;
    }
    Ok(())
}

fn nothing_panics() -> Held {
    let panics = panics();
    must(Invariant::NothingPanics, panics == 0, || format!("{panics} times"))
}

async fn heal(world: &Arc<World>) -> Held {
    let (began, stored) = (Instant::now(), stored(world).await);
    pictures_are_true(world, &stored)?;
    loop {
        let held = pages_agree(world, &stored);
        if held.is_ok() || began.elapsed() >= HEALING {
            return held;
        }
        sleep(LOOK).await;
    }
}

/// What the store shows, read when nothing is written any more.
async fn stored(world: &Arc<World>) -> BTreeMap<StoreNo, Picture> {
    let process = Arc::new(Process::new("judge".to_owned()));
    let store: Arc<dyn Store> = Arc::new(StoreClient { world: Arc::clone(world), process });
    let mut pictures = BTreeMap::new();
    for no in world.stores() {
        pictures.insert(no, store.picture(no).await.unwrap());
    }
    pictures
}
