//! Saving records once, and putting aside what cannot be read.

use crate::store::receipts::SaveOutcome;
use crate::testing::{StoreEngine, Till, at, count, delivery, event_id, in_order, movement, recorded, sale, store};
use shared::api::receipts::ReceiptQuery;
use shared::event::Event;
use shared::ids::ReceiptId;

const SAME: SaveOutcome = SaveOutcome::Copy { identical: true };
const OTHER: SaveOutcome = SaveOutcome::Copy { identical: false };

/// A receipt and another one under the same id.
fn twins() -> (Event, Event) {
    let id = ReceiptId::mint(1, &[1; 10]);
    let mut till = Till::new(1, 1);
    let first = till.issue(id, 0, &[("A", 1)]);
    (sale(&first), sale(&till.issue(id, 60, &[("A", 2)])))
}

async fn a_record_is_saved_once(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let (receipt, twin) = twins();
    let first = [recorded(1, receipt.clone()), recorded(2, delivery(1, &[("A", 9)]))];
    assert_eq!(opened.save(&first).await.unwrap(), [SaveOutcome::First; 2]);
    assert_eq!(opened.save(&first).await.unwrap(), [SaveOutcome::Redelivered; 2]);
    let again = [
        recorded(3, receipt),
        recorded(4, delivery(1, &[("A", 9)])),
        recorded(5, twin),
        recorded(6, delivery(1, &[("A", 8)])),
    ];
    assert_eq!(opened.save(&again).await.unwrap(), [SAME, SAME, OTHER, OTHER]);
    assert_eq!(opened.save(&again).await.unwrap(), [SAME, SAME, OTHER, OTHER]);
    assert_eq!(opened.search(&ReceiptQuery::default()).await.unwrap().items.len(), 1);
}

async fn within_a_batch_the_first_of_an_id_counts(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let (receipt, twin) = twins();
    let batch = in_order([
        receipt.clone(),
        receipt,
        twin,
        delivery(1, &[("A", 9)]),
        delivery(1, &[("A", 9)]),
        delivery(1, &[("A", 8)]),
    ]);
    let first = SaveOutcome::First;
    assert_eq!(opened.save(&batch).await.unwrap(), [first, SAME, OTHER, first, SAME, OTHER]);
    let again = SaveOutcome::Redelivered;
    assert_eq!(opened.save(&batch).await.unwrap(), [again, SAME, OTHER, again, SAME, OTHER]);
}

async fn another_kind_of_event_under_the_same_id_is_another_content(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let batch = in_order([delivery(1, &[("A", 9)]), count(1, 0, &[("A", 9)])]);
    assert_eq!(opened.save(&batch).await.unwrap(), [SaveOutcome::First, OTHER]);
}

async fn two_stores_may_use_one_id(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let mut elsewhere = recorded(2, Event::TransferIn(movement(1, 0, &[("A", 1)])));
    elsewhere.store = store(2);
    let batch = [recorded(1, Event::TransferOut(movement(1, 0, &[("A", 1)]))), elsewhere];
    assert_eq!(opened.save(&batch).await.unwrap(), [SaveOutcome::First; 2]);
}

async fn a_receipt_comes_back_to_the_last_byte(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let receipt = Till::new(3, 2).sell(&[("creme-1", 3)]);
    let record = recorded(41, sale(&receipt));
    opened.save(std::slice::from_ref(&record)).await.unwrap();
    drop(opened);
    let opened = engine.open_store().await;
    let found = opened.receipt(receipt.body.id).await.unwrap().unwrap();
    assert_eq!((found.position, found.accepted_at), (at(41), record.accepted_at));
    assert_eq!(sale(&found.sealed).encode().unwrap(), record.event.encode().unwrap());
    assert!(found.sealed.is_intact());
    assert_eq!(opened.receipt(ReceiptId::mint(9, &[9; 10])).await.unwrap(), None);
    assert_eq!(opened.save(&[record]).await.unwrap(), [SaveOutcome::Redelivered]);
}

async fn saving_nothing_is_fine(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    assert!(opened.save(&[]).await.unwrap().is_empty());
    assert_ne!(event_id(1), event_id(2));
}

super::on_every_engine!(
    a_record_is_saved_once,
    within_a_batch_the_first_of_an_id_counts,
    another_kind_of_event_under_the_same_id_is_another_content,
    two_stores_may_use_one_id,
    a_receipt_comes_back_to_the_last_byte,
    saving_nothing_is_fine,
);
