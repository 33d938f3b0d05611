//! The archive: everything comes out, and documents go in as they were.

use crate::store::Store;
use crate::store::archive::{KindDocument, Table};
use crate::store::documents::{RawDocument, Revision, Swap};
use crate::testing::{StoreEngine, Till, count, delivery, kind_of_store, movement, noted, recorded, sale};
use shared::event::{Event, Recorded};
use shared::journal::Act;

/// One record of each kind, two receipts, at places that sort otherwise than their ids.
fn everything() -> Vec<Recorded> {
    let mut till = Till::new(7, 1);
    let (first, second) = (till.sell(&[("A", 1)]), till.sell(&[("B", 2), ("C", 3)]));
    vec![
        recorded(11, kind_of_store(250, true)),
        recorded(10, till.enrolment(249)),
        recorded(9, delivery(3, &[("A", 5)])),
        recorded(8, sale(&second)),
        recorded(7, sale(&first)),
        recorded(6, count(4, 9, &[("A", 5)])),
        recorded(12, noted(&till.note(Act::SignedIn))),
        recorded(5, Event::TransferOut(movement(1, 0, &[("A", 1)]))),
        recorded(4, Event::TransferIn(movement(2, 0, &[("A", 1)]))),
    ]
}

async fn read_out(store: &dyn Store, table: Table, limit: usize) -> Vec<Recorded> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store.records(table, after.as_deref(), limit).await.unwrap();
        assert!(page.items.len() <= limit);
        found.extend(page.items);
        after = page.next;
        if after.is_none() {
            found.sort_by_key(|record| record.position);
            return found;
        }
    }
}

async fn every_document(store: &dyn Store, limit: usize) -> Vec<KindDocument> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store.every_document(after.as_deref(), limit).await.unwrap();
        found.extend(page.items);
        after = page.next;
        if after.is_none() {
            found.sort_by(|a, b| (&a.kind, &a.document.id).cmp(&(&b.kind, &b.document.id)));
            return found;
        }
    }
}

async fn every_record_comes_out_as_it_was_saved(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let records = everything();
    opened.save(&records).await.unwrap();
    let (mut receipts, mut movements): (Vec<_>, Vec<_>) =
        records.into_iter().partition(|record| matches!(record.event, Event::Receipt(_)));
    receipts.sort_by_key(|record| record.position);
    movements.sort_by_key(|record| record.position);
    for limit in [1, 2, 6, 100] {
        assert_eq!(read_out(&*opened, Table::Receipts, limit).await, receipts);
        assert_eq!(read_out(&*opened, Table::Movements, limit).await, movements);
    }
}

fn document(kind: &str, id: &str, revision: u64, body: Option<&str>) -> KindDocument {
    let document = RawDocument { id: id.into(), revision: Revision(revision), body: body.map(Into::into) };
    KindDocument { kind: kind.into(), document }
}

async fn documents_go_in_and_come_out_as_they_were(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let all = [
        document("product", "A", 40, Some("{\"a\":1}")),
        document("product", "B", 7, None),
        document("product", "é/1", 41, Some("{}")),
        document("seller", "00001/001", 3, Some("[\"é\"]")),
        document("store", "1", 9, Some("{}")),
    ];
    opened.put_documents(&[]).await.unwrap();
    opened.put_documents(&all[1..]).await.unwrap();
    opened.put_documents(&all).await.unwrap();
    for limit in [1, 2, 100] {
        assert_eq!(every_document(&*opened, limit).await, all);
    }
    assert_eq!(opened.get("product", "A").await.unwrap().as_ref(), Some(&all[0].document));
    assert_eq!(opened.get("product", "B").await.unwrap(), None);
    let changed = opened.changed_since("product", Revision(6)).await.unwrap();
    assert_eq!(changed, [all[1].document.clone(), all[0].document.clone(), all[2].document.clone()]);
}

async fn later_revisions_are_higher_than_all_that_went_in(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    opened.put_documents(&[document("product", "A", 40, Some("1")), document("product", "B", 39, None)]).await.unwrap();
    opened.put_documents(&[document("product", "C", 12, Some("1"))]).await.unwrap();
    for (id, expected) in [("A", Some(Revision(40))), ("B", None), ("D", None)] {
        let swap = opened.swap("product", id, expected, b"2".into()).await.unwrap();
        assert!(matches!(swap, Swap::Done(revision) if revision > Revision(40)), "{id}: {swap:?}");
    }
}

super::on_every_engine!(
    every_record_comes_out_as_it_was_saved,
    documents_go_in_and_come_out_as_they_were,
    later_revisions_are_higher_than_all_that_went_in,
);
