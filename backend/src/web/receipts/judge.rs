//! Judging a receipt: whether an enrolled key has signed it, and what else is wrong with it. Pure.

use crate::web::cache::{Catalogue, StoreView};
use crate::web::problem::Kind;
use crate::web::signed::{Signed, Verdict, signer};
use shared::chain::Sealed;
use shared::event::Event;
use shared::finding::FindingKind;
use shared::ids::{EventId, ReceiptId, RegisterNo, SellerNo, SeriesLetter, StoreNo};
use shared::receipt::Receipt;
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
        let goods = goods(&receipt.body, catalogue);
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

/// A price that a manager allowed says which one of the catalogue's it stands for; that one is held to it. A refund is of
/// what was sold once, at the price of then: it is held to its receipt, and not to the catalogue.
fn goods<'a>(body: &'a Receipt, catalogue: &'a Catalogue) -> impl Iterator<Item = FindingKind> {
    let sold: &[_] = if body.refunds.is_some() { &[] } else { &body.lines };
    sold.iter().filter_map(|line| match catalogue.by_sku(&line.sku) {
        None => Some(FindingKind::UnknownProduct),
        Some(product) => (!product.had_price(line.list_price.unwrap_or(line.price))).then_some(FindingKind::WrongPrice),
    })
}

fn place(body: &Receipt, view: &StoreView) -> impl Iterator<Item = FindingKind> {
    let known = body.seller == SellerNo::SELF_SERVICE || view.had_seller(body.seller, body.signed_at());
    let unknown = (!known).then_some(FindingKind::UnknownSeller);
    let wrong_kind = (body.simulated != view.store.training).then_some(FindingKind::WrongKind);
    unknown.into_iter().chain(wrong_kind)
}
