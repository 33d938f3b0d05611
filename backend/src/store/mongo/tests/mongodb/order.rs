//! The order of changes under many hands, and of pages over many partitions.

use crate::store::documents::{Documents, Revision, Swap};
use crate::store::mongo::numbering::Written;
use crate::store::projections::{Projected, ProjectionKind};
use crate::store::receipts::Receipts;
use crate::store::{Projections, StoreError};
use crate::testing::{MongoDatabase, Till, at, recorded, sale, second, store};
use shared::api::receipts::ReceiptQuery;
use std::collections::BTreeMap;

const KIND: &str = "product";

/// Follows the changes until every document has the body that it has to end with.
async fn follow(
    database: &MongoDatabase,
    last: &str,
    documents: usize,
) -> Result<BTreeMap<String, String>, StoreError> {
    let mongo = database.open_mongo().await;
    let (mut seen, mut known) = (Revision(0), BTreeMap::new());
    for _ in 0..2000 {
        for change in mongo.changed_since(KIND, seen).await? {
            assert!(change.revision > seen, "two changes have one number");
            seen = change.revision;
            known.insert(change.id, String::from_utf8(change.body.unwrap_or_default()).unwrap());
        }
        if known.len() == documents && known.values().all(|body| body == last) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    Ok(known)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_change_is_hidden_by_a_later_one() {
    let database = MongoDatabase::new();
    let writers = (0..8).map(async |writer: usize| {
        let mongo = database.open_mongo().await;
        let mut expected = None;
        for turn in 0..40 {
            let body = turn.to_string().into_bytes();
            if writer.is_multiple_of(4) {
                let bulk = (0..3).map(|part| (format!("{writer}/{part}"), body.clone())).collect();
                mongo.put_all(KIND, bulk).await.unwrap();
            } else {
                let swapped = mongo.swap(KIND, &writer.to_string(), expected, body).await.unwrap();
                let Swap::Done(revision) = swapped else { panic!("nobody else writes {writer}") };
                let read = mongo.get(KIND, &writer.to_string()).await.unwrap().unwrap();
                assert_eq!(read.revision, revision);
                expected = Some(revision);
            }
        }
    });
    let (known, _) = tokio::join!(follow(&database, "39", 12), futures_util::future::join_all(writers));
    assert_eq!(known.unwrap().into_values().collect::<Vec<_>>(), ["39"; 12]);
}

#[tokio::test]
async fn a_number_that_was_overtaken_is_given_up() {
    let database = MongoDatabase::new();
    let mongo = database.open_mongo().await;
    let Swap::Done(early) = mongo.swap(KIND, "early", None, b"1".into()).await.unwrap() else { panic!() };
    let Swap::Done(late) = mongo.swap(KIND, "late", None, b"1".into()).await.unwrap() else { panic!() };
    let name = format!("{KIND}/early");
    let written = Written { name, revision: i64::try_from(early.0).unwrap() };
    let settled = mongo.settle(KIND, vec![written]).await.unwrap();
    let moved = mongo.get(KIND, "early").await.unwrap().unwrap().revision;
    assert!(moved > late);
    assert_eq!(settled[0].revision, i64::try_from(moved.0).unwrap());
    assert_eq!(mongo.get(KIND, "late").await.unwrap().unwrap().revision, late);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_that_advance_at_once_the_furthest_stays() {
    let database = MongoDatabase::new();
    let savers = (0..6_u64).map(async |saver| {
        let mongo = database.open_mongo().await;
        for turn in 0..10 {
            let document = |id: u64| Projected {
                store: store(1),
                kind: ProjectionKind::Stock,
                id: format!("{}", (id + saver) % 20),
                position: at(turn * 6 + saver + 1),
                body: format!("{}", turn * 6 + saver + 1).into_bytes(),
            };
            mongo.advance((0..20).map(document).collect()).await.unwrap();
        }
    });
    futures_util::future::join_all(savers).await;
    let mongo = database.open_mongo().await;
    let all = mongo.list(ProjectionKind::Stock, crate::store::projections::ProjectionFilter::default()).await.unwrap();
    assert_eq!(all.len(), 20);
    assert!(all.iter().all(|document| document.position == at(60) && document.body == b"60"), "{all:?}");
}

#[tokio::test]
async fn pages_over_all_stores_follow_the_time_of_acceptance() {
    let database = MongoDatabase::new();
    let mongo = database.open_mongo().await;
    let mut right = Vec::new();
    for turn in 0..12_i64 {
        let mut till = Till::new(u64::try_from(turn % 3 + 1).unwrap(), u64::try_from(turn + 1).unwrap());
        // Each store's partition counts for itself, and two stores are accepted at one time.
        let mut record = recorded(u64::try_from(100 - 40 * (turn % 3) + turn).unwrap(), sale(&till.sell(&[("A", 1)])));
        record.accepted_at = second(turn / 2);
        mongo.save(&[record.clone()]).await.unwrap();
        right.push((record.accepted_at, record.store, record.position));
    }
    right.sort();
    let mut query = ReceiptQuery { limit: Some(5), oldest_first: Some(true), ..ReceiptQuery::default() };
    let mut found = Vec::new();
    loop {
        let page = mongo.search(&query).await.unwrap();
        let place = |stored: &shared::api::receipts::StoredReceipt| {
            (stored.accepted_at, stored.sealed.body.store, stored.position)
        };
        found.extend(page.items.iter().map(place));
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, right);
}
