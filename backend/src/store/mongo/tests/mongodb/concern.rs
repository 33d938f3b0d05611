//! How much of a replica set has what was written.

use crate::store::dead_letters::{DeadLetter, DeadLetters as _, LetterId};
use crate::store::documents::Documents as _;
use crate::store::mongo::tests::Watched;
use crate::store::projections::{Projected, ProjectionKind, Projections as _};
use crate::store::receipts::Receipts as _;
use crate::testing::{Till, at, delivery, in_order, sale, second, store};
use std::collections::BTreeSet;

fn letter() -> DeadLetter {
    DeadLetter {
        id: LetterId { position: at(1), partition: 0 },
        store: None,
        kind: "receipt".into(),
        version: 1,
        accepted_at: second(5),
        payload: b"{".to_vec(),
        reason: "not JSON".into(),
        mended_at: None,
    }
}

#[tokio::test]
async fn every_command_that_writes_waits_for_a_majority() {
    let watched = Watched::unprepared().await;
    let mongo = &watched.mongo;
    mongo.prepare().await.unwrap();
    let batch = in_order([sale(&Till::new(1, 1).sell(&[("A", 1)])), delivery(1, &[("A", 9)])]);
    mongo.save(&batch).await.unwrap();
    let level = Projected {
        store: store(1),
        kind: ProjectionKind::Stock,
        id: "A".into(),
        position: at(2),
        body: b"1".to_vec(),
    };
    mongo.advance(vec![level]).await.unwrap();
    let _ = mongo.swap("product", "a", None, b"1".into()).await.unwrap();
    mongo.put_all("product", vec![("b".into(), b"1".into())]).await.unwrap();
    mongo.delete("product", "b").await.unwrap();
    mongo.bury(&[letter()]).await.unwrap();
    mongo.mark_mended(letter().id, second(6)).await.unwrap();

    let sent = watched.waited_for();
    for (name, waited_for) in &sent {
        assert_eq!(waited_for.as_deref(), Some("majority"), "{name} in {sent:?}");
    }
    let names: BTreeSet<_> = sent.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["createIndexes", "findAndModify", "insert", "update"]));
}
