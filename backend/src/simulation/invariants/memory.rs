//! What nobody may hold for ever.

use super::super::world::World;
use super::{Held, Invariant, must};
use crate::saver::watched;
use shared::picture::Picture;
use std::time::Duration;

/// How long before its latest notice the oldest came that a web tier remembers.
const REMEMBERED: Duration = Duration::from_secs(10);

/// Once everything has settled: ledgers have let go of what is written, tills of what is saved, web tiers of old notices and
/// of requests, and pages hold so much and no more.
pub fn is_bounded(world: &World) -> Held {
    let surplus = watched::surplus();
    bounded(surplus == 0, || format!("a ledger has held {surplus} things too many after a checkpoint"))?;
    for till in world.tills() {
        let (held, kept) = (till.waiting(), till.disk().outbox.len());
        bounded(held <= kept, || format!("{} holds {held} receipts, its disk {kept}", till.name))?;
    }
    for web in world.webs().iter() {
        let (name, span) = (web.process.name(), web.hub.remembers());
        bounded(span <= REMEMBERED, || format!("{name} remembers notices of {span:?}"))?;
        bounded(web.tier.is_idle(), || format!("{name} still works on what a till has posted"))?;
    }
    for page in world.pages() {
        let fits =
            |shown: &Picture| shown.recent().count() <= Picture::MEMORY && shown.findings().count() <= Picture::MEMORY;
        bounded(page.pictures().values().all(fits), || page.name.clone())?;
    }
    Ok(())
}

fn bounded(holds: bool, detail: impl FnOnce() -> String) -> Held {
    must(Invariant::MemoryIsBounded, holds, detail)
}
