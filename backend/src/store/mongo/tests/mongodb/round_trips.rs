//! How often the server is asked.

use crate::store::documents::Documents;
use crate::store::mongo::tests::Watched;
use crate::store::projections::{Projected, ProjectionKind, Projections};
use crate::store::receipts::{Receipts, SaveOutcome};
use crate::testing::{Till, at, delivery, in_order, sale, store};
use shared::event::Recorded;

fn receipts(count: usize) -> Vec<Recorded> {
    let mut till = Till::new(1, 1);
    in_order((0..count).map(|_| sale(&till.sell(&[("A", 1), ("B", 2)]))))
}

fn documents(count: u32, offset: u64) -> Vec<Projected> {
    let document = |id| Projected {
        store: store(1),
        kind: ProjectionKind::Stock,
        id: format!("{id:04}"),
        position: at(offset),
        body: vec![b'1'; 2000],
    };
    (0..count).map(document).collect()
}

#[tokio::test]
async fn a_thousand_new_receipts_are_one_command() {
    let watched = Watched::open().await;
    let batch = receipts(1000);
    assert_eq!(watched.mongo.save(&batch).await.unwrap(), [SaveOutcome::First; 1000]);
    assert_eq!(watched.sent(), ["insert"]);
    assert_eq!(watched.mongo.save(&batch).await.unwrap(), [SaveOutcome::Redelivered; 1000]);
    assert_eq!(watched.sent(), ["find", "insert"]);
}

#[tokio::test]
async fn receipts_and_movements_are_a_command_each() {
    let watched = Watched::open().await;
    let batch = in_order([sale(&Till::new(1, 1).sell(&[("A", 1)])), delivery(1, &[("A", 9)])]);
    watched.mongo.save(&batch).await.unwrap();
    assert_eq!(watched.sent(), ["insert", "insert"]);
    watched.mongo.save(&[]).await.unwrap();
    assert_eq!(watched.sent(), [""; 0]);
}

#[tokio::test]
async fn a_checkpoint_is_one_command() {
    let watched = Watched::open().await;
    for offset in [1, 2] {
        watched.mongo.advance(documents(1000, offset)).await.unwrap();
        assert_eq!(watched.sent(), ["update"]);
    }
    watched.mongo.advance(documents(2500, 3)).await.unwrap();
    assert_eq!(watched.sent(), ["update"; 3]);
}

#[tokio::test]
async fn documents_that_are_ahead_cost_two_commands_however_many_they_are() {
    let watched = Watched::open().await;
    watched.mongo.advance(documents(700, 9)).await.unwrap();
    watched.sent();
    let mut late = documents(900, 5);
    late.reverse();
    watched.mongo.advance(late).await.unwrap();
    assert_eq!(watched.sent(), ["find", "update"]);
    let ahead = watched.mongo.projection(ProjectionKind::Stock, store(1), "0699").await.unwrap().unwrap();
    let new = watched.mongo.projection(ProjectionKind::Stock, store(1), "0899").await.unwrap().unwrap();
    assert_eq!((ahead.position, new.position), (at(9), at(5)));
}

#[tokio::test]
async fn what_stands_behind_documents_that_are_ahead_is_written_all_the_same() {
    let watched = Watched::open().await;
    watched.mongo.advance(documents(3, 9)).await.unwrap();
    watched.sent();
    watched.mongo.advance(documents(5, 5)).await.unwrap();
    // MongoDB stops at the first document that is ahead; servers that go on have written the rest already.
    let sent = watched.sent();
    assert!(sent == ["find", "update", "update"] || sent == ["find", "update"], "{sent:?}");
    let new = watched.mongo.projection(ProjectionKind::Stock, store(1), "0004").await.unwrap().unwrap();
    assert_eq!(new.position, at(5));
}

#[tokio::test]
async fn a_bulk_of_documents_costs_the_same_however_many_they_are() {
    let watched = Watched::open().await;
    let bulk = |body: &str| (0..900).map(|id| (format!("{id}"), body.as_bytes().to_vec())).collect::<Vec<_>>();
    watched.mongo.put_all("product", bulk("1")).await.unwrap();
    assert_eq!(watched.sent(), ["find", "find", "find", "findAndModify", "update"]);
    watched.mongo.put_all("product", bulk("1")).await.unwrap();
    assert_eq!(watched.sent(), ["find", "find"]);
}

#[tokio::test]
async fn a_swap_is_three_commands() {
    let watched = Watched::open().await;
    let _ = watched.mongo.swap("product", "a", None, b"1".into()).await.unwrap();
    assert_eq!(watched.sent(), ["find", "findAndModify", "update"]);
}
