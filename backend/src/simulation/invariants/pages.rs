//! What has to hold whenever a page takes a notice, and of what it shows in the end.

use super::super::page::Page;
use super::super::process::Process;
use super::super::world::World;
use super::{Held, Invariant, must};
use shared::ids::{Sku, StoreNo};
use shared::notice::Notice;
use shared::picture::Picture;
use shared::position::Position;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

/// For how long a web tier surely remembers a notice, by the times at which it and the later ones of all stores were written.
const REMEMBERED: jiff::SignedDuration = jiff::SignedDuration::from_secs(3);

impl World {
    /// A page that was at `before` has taken a notice that came over a web tier.
    pub fn folded(&self, page: &Page, before: Position, notice: &Notice, picture: &Picture, tier: &Arc<Process>) {
        if notice.position > before {
            self.hold(check_shown(page, notice, picture));
            self.hold(self.check_whole(&page.name, before, notice, tier));
        }
    }

    /// What the tier was told between the snapshot and the notice is in the one or came before the other, unless so much
    /// came at once that the tier itself has missed something.
    fn check_whole(&self, page: &str, before: Position, notice: &Notice, tier: &Arc<Process>) -> Held {
        let cluster = self.cluster();
        let listener = cluster.listeners.iter().find(|listener| Arc::ptr_eq(&listener.process, tier));
        let Some(listener) = listener.filter(|_| self.plan.has_long_queues()) else { return Ok(()) };
        let Some(latest) = listener.heard.iter().map(|heard| heard.saved_at).max() else { return Ok(()) };
        let of_store = listener.heard.iter().filter(|heard| heard.store == notice.store);
        let missed = of_store.take_while(|heard| heard.position != notice.position).find(|heard| {
            let is_between = before < heard.position && heard.position < notice.position;
            is_between && latest.duration_since(heard.saved_at) < REMEMBERED
        });
        must(Invariant::PagesMissNothingThatTheirTierKnows, missed.is_none(), || {
            format!("{page} went from {before} to {} without {missed:?}", notice.position)
        })
    }
}

/// A notice that is ahead of a page shows, all of it.
fn check_shown(page: &Page, notice: &Notice, picture: &Picture) -> Held {
    let shows = |what: &dyn Debug, is_so: bool| {
        must(Invariant::PagesShowWhatTheyAreTold, is_so, || {
            format!("{} was told {what:?} and does not show it", page.name)
        })
    };
    let alerts = picture.alerts();
    let since = |sku: &Sku| alerts.iter().find(|open| open.sku == *sku).map(|open| open.raised);
    for cleared in &notice.cleared {
        shows(&cleared, since(&cleared.sku).is_none_or(|raised| raised > cleared.raised))?;
    }
    for raised in &notice.raised {
        let is_over =
            notice.cleared.iter().any(|cleared| (&cleared.sku, cleared.raised) == (&raised.sku, raised.raised));
        shows(&raised, is_over || since(&raised.sku).is_some_and(|open| open >= raised.raised))?;
    }
    for told in notice.levels.iter().filter(|_| page.watches.is_some()) {
        shows(&told, picture.level(&told.sku) == Some(&told.level))?;
    }
    for series in &notice.series {
        shows(&series, picture.series().any(|shown| shown == series))?;
    }
    for day in &notice.days {
        shows(&day, picture.days().any(|shown| shown == day))?;
    }
    let fits = notice.saved.len() <= Picture::MEMORY;
    for saved in notice.saved.iter().filter(|saved| fits && !saved.again) {
        shows(&saved, picture.recent().any(|shown| shown.id == saved.id))?;
    }
    let is_full = picture.findings().count() == Picture::MEMORY;
    for finding in notice.findings.iter().filter(|_| !is_full) {
        shows(
            &finding,
            picture.findings().any(|shown| (shown.position, shown.kind) == (finding.position, finding.kind)),
        )?;
    }
    Ok(())
}

/// Every page that is connected shows what the store holds.
pub fn pages_agree(world: &World, stored: &BTreeMap<StoreNo, Picture>) -> Held {
    for page in world.pages() {
        let shown = page.pictures();
        for (store, stored) in stored.iter().filter(|(store, _)| page.watches.is_none_or(|watched| watched == **store))
        {
            let stored = if page.watches.is_some() { stored.clone() } else { stored.without_levels() };
            let Some(shown) = shown.get(store) else {
                return must(Invariant::PagesShowWhatIsStored, false, || {
                    format!("{} shows no store {store}", page.name)
                });
            };
            let is_so = shown.agrees_with(&stored);
            must(Invariant::PagesShowWhatIsStored, is_so, || {
                format!("{}, store {store}: {shown:?} instead of {stored:?}", page.name)
            })?;
        }
    }
    Ok(())
}
