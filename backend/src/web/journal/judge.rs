//! Judging an entry of the journal. Pure.

use crate::web::cache::{Catalogue, StoreView};
use crate::web::problem::Kind;
use crate::web::signed::{Signed, Signer, Verdict, signer};
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
        if !entry.body.register.sells() {
            // Nothing was sold that would be lost: only the office's own key says what is decided at the desk.
            let is_own = signer == Signer::Named;
            return if is_own { Verdict::take(entry.own_findings()) } else { Verdict::Unsigned };
        }
        Verdict::take(entry.own_findings().into_iter().chain(signer.flag()).chain(people(&entry.body, view)))
    }

    fn event(sealed: Sealed<Self>) -> Event {
        Event::Journal(Box::new(sealed))
    }
}

/// Who did it has to be of the store's staff at that time; who allowed it, a manager there. Another price is nothing without one.
fn people(body: &JournalEntry, view: &StoreView) -> impl Iterator<Item = FindingKind> {
    let at = body.at.timestamp();
    // A till signs somebody out once it hears that they were dismissed.
    let is_end = body.entry == Act::SignedOut;
    // A till has staff of its own store only.
    let own = body.by.seller();
    let by = own.is_some_and(|by| (is_end && view.sellers.contains_key(&by)) || view.had_seller(by, at));
    let known = by && body.manager.is_none_or(|no| view.had_manager(no, at));
    let needs_manager = matches!(body.entry, Act::PriceOverridden { .. });
    let unapproved = (needs_manager && body.manager.is_none()).then_some(FindingKind::UnapprovedPrice);
    let unknown = (!known).then_some(FindingKind::UnknownSeller);
    let wrong_kind = (body.simulated != view.store.training).then_some(FindingKind::WrongKind);
    unknown.into_iter().chain(unapproved).chain(wrong_kind)
}
