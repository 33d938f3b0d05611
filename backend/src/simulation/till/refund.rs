//! Refunds: what comes back is reserved by the web tier's real handler before the till issues anything.

use super::super::facts::Wrong;
use super::super::world::World;
use super::{SeriesRecord, Till, issuer};
use shared::chain::Sealed;
use shared::finding::FindingKind;
use shared::ids::{LineNo, ReceiptId};
use shared::payment::TenderKind;
use shared::quantity::{Quantity, Unit};
use shared::receipt::{Issue, Receipt};
use shared::refund::{Portion, Returned};

impl Till {
    /// Gives a part of some receipt of the store back: the receipt that follows `before`. Nothing where the web tier does not
    /// reserve it.
    pub(super) async fn give_back(&self, world: &World, before: &SeriesRecord) -> Option<Sealed<Receipt>> {
        let original = self.some_sale(world)?;
        let lines = vec![some_line(world, &original)];
        let (of, id) =
            (original.id, ReceiptId::mint(self.now(world).unix_millis().try_into().unwrap(), &world.chance.bytes()));
        world.trace.note(&self.name, format_args!("reserves {lines:?} of {of} for {id}"));
        let reserved = world.ask(move |tier| tier.reserve(of, id, lines.clone())).await?.ok()?;
        Some(self.refund(world, before, &original, id, &reserved))
    }

    pub(in super::super) fn refund(
        &self,
        world: &World,
        before: &SeriesRecord,
        of: &Receipt,
        id: ReceiptId,
        back: &[Portion],
    ) -> Sealed<Receipt> {
        let now = self.now(world);
        let issue = Issue { id, basket: None, opened_at: now, issued_at: now };
        let kind = if world.chance.one_in(2) { TenderKind::Cash } else { TenderKind::Card };
        let receipt = Receipt::refund(of, back, kind, &issuer(world, before, of.seller), issue).unwrap();
        Sealed::seal(receipt, &self.key)
    }

    fn some_sale(&self, world: &World) -> Option<Receipt> {
        let facts = world.facts();
        let is_sale = |body: &Receipt| body.store == self.store && body.refunds.is_none();
        let sales: Vec<_> = facts.issued.iter().map(|sealed| &sealed.body).filter(|body| is_sale(body)).collect();
        // Few of them, so that several tills often meet at one.
        let few = &sales[sales.len().saturating_sub(4)..];
        world.chance.pick(few).map(|body| Receipt::clone(body))
    }
}

/// Some of one line.
fn some_line(world: &World, of: &Receipt) -> Returned {
    let place = world.chance.between(1, of.lines.len().try_into().unwrap());
    let sold = &of.lines[place as usize - 1];
    let all = u32::try_from(sold.quantity.thousandths()).unwrap();
    let quantity = match sold.unit {
        Unit::Piece => Quantity::pieces(world.chance.between(1, all / 1000)),
        Unit::Kilogram => i64::from(world.chance.between(1, all)).try_into().unwrap(),
    };
    Returned { line: LineNo::try_from(u64::from(place)).unwrap(), quantity }
}

/// What may be wrong with a refund that was reserved: nobody can look while the store is away.
pub fn doubts(world: &World) -> Wrong {
    let mut wrong = Wrong::default();
    if !world.is_store_sound() || world.plan.full_gap > 0 {
        wrong.may.insert(FindingKind::UncheckedRefund);
    }
    wrong
}
