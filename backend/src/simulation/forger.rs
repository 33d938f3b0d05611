//! Somebody who means ill: strangers' receipts, altered ones, replayed ones, and ones that a key of the house has signed but
//! should not have.

use super::facts::Wrong;
use super::till::{SeriesRecord, Till, doubts};
use super::world::World;
use ed25519_dalek::SigningKey;
use shared::chain::{Head, Sealed};
use shared::finding::FindingKind;
use shared::ids::{LineNo, ReceiptId};
use shared::receipt::Receipt;
use shared::refund::Portion;
use std::sync::Arc;
use tokio::time::sleep;

/// Forges something now and then, until the world calms down.
pub async fn forge(world: Arc<World>) {
    loop {
        let gap = world.plan.forgery_gap;
        sleep(world.chance.millis(gap / 3, gap * 5 / 3)).await;
        if world.is_calm() {
            return;
        }
        if let Some(forged) = draw(&world) {
            world.trace.note("forger", format_args!("posts {} no. {}", forged.body.id, forged.body.number));
            drop(world.ask(move |tier| tier.post_receipts(vec![forged.clone()])).await);
        }
    }
}

/// One of the receipts that were issued, made into something else.
fn draw(world: &World) -> Option<Sealed<Receipt>> {
    let mut issued = world.facts().issued.clone();
    // What is wrong with a refund depends on all others of its receipt.
    issued.retain(|sealed| sealed.body.refunds.is_none());
    let real = world.chance.pick(&issued)?.clone();
    let tills = world.tills();
    let own = tills.iter().find(|till| real.is_signed_by(&till.public_key()))?;
    let (forged, wrong) = match world.chance.between(1, 8) {
        1 => return Some(Sealed::seal(again(world, &real.body), &SigningKey::from_bytes(&world.chance.bytes()))),
        2 => return Some(real),
        3 => (altered_total(real), Wrong::surely([FindingKind::AlteredContent, FindingKind::WrongSum])),
        4 => (other_seller(real), Wrong::surely([FindingKind::AlteredContent])),
        5 => {
            let body = Receipt { simulated: false, ..again(world, &real.body) };
            (Sealed::seal(body, &own.key), Wrong::surely([FindingKind::WrongKind]))
        }
        6 => {
            let body = Receipt { seller: 77_u64.try_into().unwrap(), ..again(world, &real.body) };
            (Sealed::seal(body, &own.key), perhaps(world, FindingKind::UnknownSeller))
        }
        7 => {
            // Of what the store does not have yet, more is wrong.
            world.tables().receipt_of(real.body.store, real.body.id)?;
            (unreserved_refund(world, own, &real.body), unreserved(world))
        }
        _ => {
            let other = neighbour(&tills, own)?;
            (Sealed::seal(again(world, &real.body), &other.key), perhaps(world, FindingKind::ForeignKey))
        }
    };
    world.facts().make(&forged, wrong);
    Some(forged)
}

/// A refund for which nobody has asked, under the number of what it refunds.
fn unreserved_refund(world: &World, own: &Till, sold: &Receipt) -> Sealed<Receipt> {
    let head = Head { number: sold.number.get() - 1, hash: sold.prev };
    let before = SeriesRecord { series: sold.series_id(), head };
    let id = again(world, sold).id;
    own.refund(world, &before, sold, id, &all_of_the_first_line(sold))
}

fn all_of_the_first_line(sold: &Receipt) -> Vec<Portion> {
    let line = &sold.lines[0];
    vec![Portion { line: LineNo::try_from(1_u64).unwrap(), quantity: line.quantity, amount: line.total }]
}

/// What others have left of the receipt decides whether it is too much as well.
fn unreserved(world: &World) -> Wrong {
    let (kind, mut wrong) = (FindingKind::UnreservedRefund, doubts(world));
    if wrong.may.is_empty() {
        wrong.must.insert(kind)
    } else {
        wrong.may.insert(kind)
    };
    wrong.may.insert(FindingKind::ExcessRefund);
    wrong
}

/// What only the store can tell is let pass while the store is away.
fn perhaps(world: &World, kind: FindingKind) -> Wrong {
    let surely = Wrong::surely([kind]);
    if world.is_store_sound() { surely } else { Wrong { may: surely.must, ..Wrong::default() } }
}

/// The same sale under another id, and so a second one under its number.
fn again(world: &World, body: &Receipt) -> Receipt {
    let millis = u64::try_from(world.wall.millis()).unwrap();
    Receipt { id: ReceiptId::mint(millis, &world.chance.bytes()), ..body.clone() }
}

fn altered_total(real: Sealed<Receipt>) -> Sealed<Receipt> {
    let total = real.body.total.saturating_plus(100.into());
    Sealed { body: Receipt { total, ..real.body }, ..real }
}

fn other_seller(real: Sealed<Receipt>) -> Sealed<Receipt> {
    let seller = super::world::sellers().into_iter().find(|seller| *seller != real.body.seller);
    Sealed { body: Receipt { seller: seller.unwrap_or(real.body.seller), ..real.body }, ..real }
}

/// Another till of the same store that the server knows.
fn neighbour<'a>(tills: &'a [Arc<Till>], own: &Arc<Till>) -> Option<&'a Arc<Till>> {
    let is_other = |till: &&Arc<Till>| till.store == own.store && till.name != own.name;
    tills.iter().filter(is_other).find(|till| till.disk().series.is_some())
}
