//! Judging a receipt: whether an enrolled key has signed it, and what else is wrong with it. Pure.

use crate::web::cache::{Catalogue, StoreView};
use crate::web::problem::Kind;
use crate::web::signed::{Signed, Verdict, signer};
use shared::chain::Sealed;
use shared::event::Event;
use shared::finding::FindingKind;
use shared::ids::{EventId, ReceiptId, RegisterNo, SellerNo, SeriesLetter, StoreNo};
use shared::mutant::Mutant;
use shared::receipt::{Line, Receipt};
use shared::time::Timestamp;

impl Signed for Receipt {
    const NAMES: &'static str = "receipts";
    const UNREADABLE: Kind = Kind::UnreadableReceipt;

    fn id(&self) -> EventId {
        self.id.into()
    }

    fn store(&self) -> StoreNo {
        self.store
    }

    fn place(&self) -> (RegisterNo, &SeriesLetter) {
        (self.register, &self.series)
    }

    fn signed_at(&self) -> Timestamp {
        self.issued_at.timestamp()
    }

    fn name(&self) -> String {
        format!("Receipt {} of series {}", self.number, self.series_id())
    }

    fn judge(receipt: &Sealed<Self>, view: &StoreView, catalogue: &Catalogue) -> Verdict {
        let Some(signer) = signer(receipt, view) else { return Verdict::Unsigned };
        let goods = goods(&receipt.body, view, catalogue);
        Verdict::take(
            receipt.own_findings().into_iter().chain(signer.flag()).chain(goods).chain(place(&receipt.body, view)),
        )
    }

    fn refund(&self) -> Option<(ReceiptId, &Self)> {
        Some((self.refunds.as_ref()?.receipt, self))
    }

    fn event(sealed: Sealed<Self>) -> Event {
        Event::Receipt(Box::new(sealed))
    }
}

/// A refund is of what was sold once, at the price of then: it is held to its receipt, and not to the catalogue.
fn goods<'a>(
    body: &'a Receipt,
    view: &'a StoreView,
    catalogue: &'a Catalogue,
) -> impl Iterator<Item = FindingKind> + use<'a> {
    let sold: &[_] = if body.refunds.is_some() { &[] } else { &body.lines };
    let is_manager = |no| view.had_manager(no, body.signed_at());
    sold.iter().flat_map(move |line| product(line, catalogue).into_iter().chain(price(line, is_manager)))
}

/// A price that a manager allowed says which one of the catalogue's it stands for; that one is held to it.
fn product(line: &Line, catalogue: &Catalogue) -> Option<FindingKind> {
    match catalogue.by_sku(&line.sku) {
        None => Some(FindingKind::UnknownProduct),
        Some(product) => (!product.had_price(line.list_price.unwrap_or(line.price))).then_some(FindingKind::WrongPrice),
    }
}

/// Another price than the catalogue's names who allowed it: a manager of the store at that time.
fn price(line: &Line, is_manager: impl Fn(SellerNo) -> bool) -> Option<FindingKind> {
    let is_allowed = line.list_price.is_none() || line.manager.is_some_and(is_manager);
    (!is_allowed).then_some(FindingKind::UnapprovedPrice)
}

fn place(body: &Receipt, view: &StoreView) -> impl Iterator<Item = FindingKind> {
    let known = body.seller == SellerNo::SELF_SERVICE
        || view.had_seller(body.seller, body.signed_at())
        || Mutant::StrangersSell.is_on();
    let unknown = (!known).then_some(FindingKind::UnknownSeller);
    let other_coin = (!body.is_rounded_to(view.store.smallest_coin)).then_some(FindingKind::WrongSum);
    let wrong_kind = (body.simulated != view.store.training).then_some(FindingKind::WrongKind);
    unknown.into_iter().chain(wrong_kind).chain(other_coin)
}
