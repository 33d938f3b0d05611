//! Judging an entry of the journal. Pure.

use crate::web::cache::{Catalogue, StoreView};
use crate::web::problem::Kind;
use crate::web::signed::{Signed, Verdict, signer};
use shared::chain::Sealed;
use shared::event::Event;
use shared::finding::FindingKind;
use shared::ids::{EventId, RegisterNo, SeriesLetter, StoreNo};
use shared::journal::{Act, JournalEntry};
use shared::time::Timestamp;

impl Signed for JournalEntry {
    const NAMES: &'static str = "entries";
    const UNREADABLE: Kind = Kind::UnreadableEntry;

    fn id(&self) -> EventId {
        self.id
    }

    fn store(&self) -> StoreNo {
        self.store
    }

    fn place(&self) -> (RegisterNo, &SeriesLetter) {
        (self.register, &self.series)
    }

    fn signed_at(&self) -> Timestamp {
        self.at.timestamp()
    }

    fn name(&self) -> String {
        format!("Entry {} of the journal of series {}", self.number, self.series_id())
    }

    fn judge(entry: &Sealed<Self>, view: &StoreView, _: &Catalogue) -> Verdict {
        let Some(signer) = signer(entry, view) else { return Verdict::Unsigned };
        Verdict::take(entry.own_findings().into_iter().chain(signer.flag()).chain(people(&entry.body, view)))
    }

    fn event(sealed: Sealed<Self>) -> Event {
        Event::Journal(Box::new(sealed))
    }
}

/// Who did it has to be of the store's staff at that time; who allowed it, a manager there.
fn people(body: &JournalEntry, view: &StoreView) -> impl Iterator<Item = FindingKind> {
    let at = body.at.timestamp();
    let is_manager = |no| view.sellers.get(no).is_some_and(|seller| seller.managed_at(at));
    // A till signs somebody out once it hears that they were dismissed.
    let leaves = body.entry == Act::SignedOut && view.sellers.contains_key(&body.by);
    let known = (leaves || view.had_seller(body.by, at)) && body.manager.as_ref().is_none_or(is_manager);
    let unknown = (!known).then_some(FindingKind::UnknownSeller);
    let wrong_kind = (body.simulated != view.store.training).then_some(FindingKind::WrongKind);
    unknown.into_iter().chain(wrong_kind)
}
