//! A checkpoint that is being written, or was cut off, is not taken for a whole one.

use super::*;
use crate::archive::entry::Entry;
use crate::archive::reader::{ArchiveReader, Next};
use crate::testing::at;
use shared::finding::{Finding, FindingKind};
use shared::ids::StoreNo;
use shared::notice::Alert;

/// The documents of a kind, moved ahead as a checkpoint would that gets no further.
async fn move_ahead(store: &AnyStore, kind: ProjectionKind, change: impl Fn(&mut Projected)) {
    let mut documents = store.list(kind, ProjectionFilter::default()).await.unwrap();
    for document in &mut documents {
        document.position = at(99);
        change(document);
    }
    assert!(!documents.is_empty());
    store.advance(documents).await.unwrap();
}

async fn shop(desk: &Desk) -> Place {
    let shop = desk.open("shop");
    append(&shop, &day()).await;
    save(&shop).await;
    shop
}

#[tokio::test(start_paused = true)]
async fn sums_that_do_not_agree_are_not_archived() {
    for kind in [ProjectionKind::Stock, ProjectionKind::Series, ProjectionKind::Day] {
        let desk = Desk::new();
        let shop = shop(&desk).await;
        move_ahead(&*shop.store(), kind, |_| ()).await;
        let refused = desk.back_up("shop", "archive").await.unwrap_err();
        assert!(matches!(refused, ArchiveError::HalfWritten(store) if store == StoreNo::FIRST), "{refused}");
        assert!(!desk.path("archive").exists());
    }
}

async fn archived(desk: &Desk, kind: ProjectionKind) -> Vec<Projected> {
    desk.back_up("shop", "archive").await.unwrap();
    let mut reader = ArchiveReader::open(&desk.path("archive")).unwrap();
    let mut found = Vec::new();
    while let Next::Entry(entry) = reader.next().unwrap() {
        if let Entry::Projection(projected) = *entry
            && projected.kind == kind
        {
            found.push(projected);
        }
    }
    found
}

#[tokio::test(start_paused = true)]
async fn an_alert_is_archived_as_it_was_when_the_sums_were_written() {
    let desk = Desk::new();
    let shop = shop(&desk).await;
    let before = shop.store().list(ProjectionKind::Alert, ProjectionFilter::default()).await.unwrap();
    move_ahead(&*shop.store(), ProjectionKind::Alert, |document| {
        let cleared = Alert { cleared_at: Some(second(500)), ..serde_json::from_slice(&document.body).unwrap() };
        document.body = serde_json::to_vec(&cleared).unwrap();
    })
    .await;
    move_ahead(&*shop.store(), ProjectionKind::Alert, |document| {
        let raised = Alert { raised: at(99), ..serde_json::from_slice(&document.body).unwrap() };
        document.id = "0000000001-00000000000000000099-A".into();
        document.body = serde_json::to_vec(&raised).unwrap();
    })
    .await;
    let bodies = |documents: &[Projected]| documents.iter().map(|one| one.body.clone()).collect::<Vec<_>>();
    assert_eq!(bodies(&archived(&desk, ProjectionKind::Alert).await), bodies(&before));
}

#[tokio::test(start_paused = true)]
async fn a_finding_of_a_record_that_is_not_in_the_sums_stays_behind() {
    let desk = Desk::new();
    let shop = shop(&desk).await;
    let finding = |offset| Finding {
        store: StoreNo::FIRST,
        position: at(offset),
        kind: FindingKind::Fork,
        event: None,
        journal: false,
        detail: String::new(),
        at: second(0),
    };
    let document = |offset| Projected {
        store: StoreNo::FIRST,
        kind: ProjectionKind::Finding,
        id: format!("0000000001-{offset:020}-fork"),
        position: at(offset),
        body: serde_json::to_vec(&finding(offset)).unwrap(),
    };
    shop.store().advance(vec![document(5), document(99)]).await.unwrap();
    assert_eq!(archived(&desk, ProjectionKind::Finding).await, [document(5)]);
}
