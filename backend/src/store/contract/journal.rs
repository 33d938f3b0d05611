//! Entries of the journal: saved once, found by every criterion, page by page.

use crate::store::Store;
use crate::store::receipts::SaveOutcome;
use crate::testing::{StoreEngine, Till, at, delivery, noted, recorded, store};
use shared::api::journal::JournalQuery;
use shared::event::Recorded;
use shared::journal::{Act, ActKind};
use shared::position::Position;

/// Twelve entries of two stores, two registers each, among deliveries.
fn records() -> Vec<Recorded> {
    let mut tills = [(1, 1), (1, 2), (2, 1)].map(|(store, register)| Till::new(store, register));
    let mut records = Vec::new();
    for turn in 0..4_u64 {
        for till in &mut tills {
            till.seller(turn % 2 + 1);
            let act = match turn {
                0 => Act::SignedIn,
                1 => Act::CashOut { amount: 500.into(), reason: "Banque".into() },
                2 => Act::SessionClosed { counted: Vec::new(), difference: (-5).into(), expected: 5.into() },
                _ => Act::DrawerOpened,
            };
            let entry = till.note_at(i64::try_from(turn).unwrap() * 86_400, act, None);
            records.push(recorded(records.len() as u64 + 1, noted(&entry)));
        }
        let offset = records.len() as u64 + 1;
        records.push(recorded(offset, delivery(offset, &[("A", 1)])));
    }
    records
}

async fn found(store: &dyn Store, query: &JournalQuery) -> Vec<u64> {
    let page = store.journal(query).await.unwrap();
    page.items.iter().map(|entry| entry.position.offset).collect()
}

async fn every_criterion_narrows_the_journal(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    opened.save(&records()).await.unwrap();
    let all = JournalQuery::of(store(1));
    let day = |text: &str| Some(text.parse().unwrap());
    let register = Some("2".parse().unwrap());
    for (query, expected) in [
        (all.clone(), vec![14, 13, 10, 9, 6, 5, 2, 1]),
        (JournalQuery { store: store(2), ..all.clone() }, vec![15, 11, 7, 3]),
        (JournalQuery { register, ..all.clone() }, vec![14, 10, 6, 2]),
        (JournalQuery { seller: Some("2".parse().unwrap()), ..all.clone() }, vec![14, 13, 6, 5]),
        (JournalQuery { act: Some(ActKind::CashOut), ..all.clone() }, vec![6, 5]),
        (JournalQuery { act: Some(ActKind::Reprinted), ..all.clone() }, vec![]),
        (JournalQuery { series: Some("B".parse().unwrap()), ..all.clone() }, vec![]),
        (JournalQuery { from: day("2026-11-24"), to: day("2026-11-25"), ..all.clone() }, vec![10, 9, 6, 5]),
        (JournalQuery { to: day("2026-11-23"), register, ..all }, vec![2]),
    ] {
        assert_eq!(found(&*opened, &query).await, expected, "{query:?}");
    }
}

async fn the_journal_is_read_page_by_page_and_to_the_last_byte(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    opened.save(&records()).await.unwrap();
    let query = JournalQuery { limit: Some(3), ..JournalQuery::of(store(1)) };
    assert_eq!(paged(&*opened, query.clone()).await, [14, 13, 10, 9, 6, 5, 2, 1].map(at));
    let oldest_first = JournalQuery { oldest_first: Some(true), ..query };
    assert_eq!(paged(&*opened, oldest_first).await, [1, 2, 5, 6, 9, 10, 13, 14].map(at));
}

/// The places of everything that is found, three to a page.
async fn paged(opened: &dyn Store, mut query: JournalQuery) -> Vec<Position> {
    let mut seen = Vec::new();
    loop {
        let page = opened.journal(&query).await.unwrap();
        assert!(page.items.len() <= 3);
        for entry in page.items {
            assert!(entry.sealed.is_intact());
            let record = &records()[usize::try_from(entry.position.offset).unwrap() - 1];
            assert_eq!((noted(&entry.sealed), entry.accepted_at), (record.event.clone(), record.accepted_at));
            seen.push(entry.position);
        }
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return seen,
        }
    }
}

async fn an_entry_is_saved_once(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let mut till = Till::new(1, 1);
    let entry = till.note(Act::SignedIn);
    let mut other = till.note(Act::SignedOut);
    other.body.id = entry.body.id;
    let batch = [recorded(1, noted(&entry)), recorded(2, noted(&entry)), recorded(3, noted(&other))];
    let outcomes = opened.save(&batch).await.unwrap();
    let copy = |identical| SaveOutcome::Copy { identical };
    assert_eq!(outcomes, [SaveOutcome::First, copy(true), copy(false)]);
    assert_eq!(found(&*opened, &JournalQuery::of(store(1))).await, [1]);
}

super::on_every_engine!(
    every_criterion_narrows_the_journal,
    the_journal_is_read_page_by_page_and_to_the_last_byte,
    an_entry_is_saved_once,
);
