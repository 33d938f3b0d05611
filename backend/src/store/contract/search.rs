//! Finding receipts: every criterion, both orders, page by page.

use crate::store::Store;
use crate::testing::{StoreEngine, Till, recorded, sale, sku, store};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::event::Recorded;

const DAY: i64 = 86_400;

/// Sixty receipts of two stores, two registers each, over three days.
fn receipts() -> Vec<Recorded> {
    let mut tills = [(1, 1), (1, 2), (2, 1), (2, 2)].map(|(store, register)| Till::new(store, register));
    let mut records = Vec::new();
    for turn in 0..15_u32 {
        for (place, till) in (1_u32..).zip(&mut tills) {
            till.seller(u64::from(turn % 3 + 1));
            let product = ["A", "A.1", "B"][(turn as usize + place as usize) % 3];
            let sold = till.sell_at(i64::from(turn % 3) * DAY, &[("X", 1), (product, turn % 5 + place)]);
            records.push(recorded(records.len() as u64 + 1, sale(&sold)));
        }
    }
    records
}

async fn filled(store: &dyn Store) {
    for batch in receipts().chunks(25) {
        store.save(batch).await.unwrap();
    }
}

/// Every receipt that a query finds, oldest first, by the slow way.
fn expected(query: &ReceiptQuery) -> Vec<u64> {
    let matches = |record: &Recorded| {
        let shared::event::Event::Receipt(receipt) = &record.event else { return false };
        let body = &receipt.body;
        let day = body.issued_at.local_day();
        query.store.is_none_or(|store| store == body.store)
            && query.register.is_none_or(|register| register == body.register)
            && query.series.as_ref().is_none_or(|series| *series == body.series)
            && query.seller.is_none_or(|seller| seller == body.seller)
            && query.number.is_none_or(|number| number == body.number)
            && query.amount.is_none_or(|amount| amount == body.total)
            && query.product.as_ref().is_none_or(|sku| body.lines.iter().any(|line| line.sku == *sku))
            && query.from.is_none_or(|from| from <= day)
            && query.to.is_none_or(|to| day <= to)
    };
    receipts().into_iter().filter(matches).map(|record| record.position.offset).collect()
}

fn offsets(found: &[StoredReceipt]) -> Vec<u64> {
    found.iter().map(|receipt| receipt.position.offset).collect()
}

/// Turns pages to the end.
async fn all_pages(store: &dyn Store, query: &ReceiptQuery) -> Vec<u64> {
    let (mut seen, mut query) = (Vec::new(), query.clone());
    loop {
        let page = store.search(&query).await.unwrap();
        assert!(page.items.len() <= query.limit.unwrap_or(50).into());
        seen.extend(offsets(&page.items));
        assert!(seen.len() <= 60, "pages without end: {seen:?}");
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return seen,
        }
    }
}

async fn every_criterion_narrows(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    filled(&*opened).await;
    let any = ReceiptQuery { limit: Some(500), ..ReceiptQuery::default() };
    let day = |text: &str| Some(text.parse().unwrap());
    let queries = [
        any.clone(),
        ReceiptQuery { store: Some(store(2)), ..any.clone() },
        ReceiptQuery { register: Some("2".parse().unwrap()), ..any.clone() },
        ReceiptQuery { series: Some("A".parse().unwrap()), ..any.clone() },
        ReceiptQuery { seller: Some("3".parse().unwrap()), ..any.clone() },
        ReceiptQuery { number: Some("7".parse().unwrap()), ..any.clone() },
        ReceiptQuery { product: Some(sku("A")), ..any.clone() },
        ReceiptQuery { product: Some(sku("A.1")), ..any.clone() },
        ReceiptQuery { amount: Some(1000.into()), ..any.clone() },
        ReceiptQuery { from: day("2026-11-24"), ..any.clone() },
        ReceiptQuery { to: day("2026-11-24"), ..any.clone() },
        ReceiptQuery { from: day("2026-11-24"), to: day("2026-11-24"), store: Some(store(1)), ..any.clone() },
    ];
    for query in queries {
        let right = expected(&query);
        assert!(!right.is_empty(), "{query:?} finds nothing and so tests nothing");
        let newest: Vec<_> = right.iter().rev().copied().collect();
        assert_eq!(offsets(&opened.search(&query).await.unwrap().items), newest, "{query:?}");
        let oldest = ReceiptQuery { oldest_first: Some(true), ..query };
        assert_eq!(offsets(&opened.search(&oldest).await.unwrap().items), right, "{oldest:?}");
    }
}

async fn what_is_not_there_is_not_found(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    filled(&*opened).await;
    for query in [
        ReceiptQuery { series: Some("B".parse().unwrap()), ..ReceiptQuery::default() },
        ReceiptQuery { product: Some(sku("a")), ..ReceiptQuery::default() },
        ReceiptQuery { product: Some(sku("A.")), ..ReceiptQuery::default() },
        ReceiptQuery { amount: Some((-1000).into()), ..ReceiptQuery::default() },
        ReceiptQuery { from: Some("2027-01-01".parse().unwrap()), ..ReceiptQuery::default() },
    ] {
        let page = opened.search(&query).await.unwrap();
        assert!(page.items.is_empty() && page.next.is_none(), "{query:?}");
    }
}

async fn pages_have_neither_holes_nor_repeats(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    filled(&*opened).await;
    for limit in [1, 7, 20, 30, 59, 60, 61] {
        for store in [None, Some(store(1))] {
            let query = ReceiptQuery { store, limit: Some(limit), ..ReceiptQuery::default() };
            let mut right = expected(&query);
            let oldest = ReceiptQuery { oldest_first: Some(true), ..query.clone() };
            assert_eq!(all_pages(&*opened, &oldest).await, right, "{oldest:?}");
            right.reverse();
            assert_eq!(all_pages(&*opened, &query).await, right, "{query:?}");
        }
    }
}

async fn pages_stay_in_place_while_receipts_come_in(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let (early, late) = (&receipts()[..40], &receipts()[40..]);
    opened.save(early).await.unwrap();
    let mut query = ReceiptQuery { limit: Some(15), ..ReceiptQuery::default() };
    let first = opened.search(&query).await.unwrap();
    opened.save(late).await.unwrap();
    query.cursor = first.next;
    let mut seen = offsets(&first.items);
    seen.extend(all_pages(&*opened, &query).await);
    assert_eq!(seen, (1..=40).rev().collect::<Vec<_>>());
}

async fn a_limit_is_kept_within_bounds(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    filled(&*opened).await;
    for (limit, right) in [(Some(0), 1), (None, 50), (Some(u16::MAX), 60)] {
        let query = ReceiptQuery { limit, ..ReceiptQuery::default() };
        assert_eq!(opened.search(&query).await.unwrap().items.len(), right);
    }
}

async fn any_mix_of_criteria_finds_what_the_slow_way_finds(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    filled(&*opened).await;
    let number = |most: u64| prop::option::of(1..=most);
    let mixes = (number(3), number(3), number(4), number(16), number(20), any::<bool>());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..60 {
        let (shop, register, seller, receipt, pieces, oldest) = mixes.new_tree(&mut runner).unwrap().current();
        let query = ReceiptQuery {
            store: shop.map(store),
            register: register.map(|no| no.try_into().unwrap()),
            seller: seller.map(|no| no.try_into().unwrap()),
            number: receipt.map(|no| no.try_into().unwrap()),
            amount: pieces.map(|pieces| (i32::try_from(pieces).unwrap() * 250).into()),
            oldest_first: Some(oldest),
            limit: Some(4),
            ..ReceiptQuery::default()
        };
        let mut right = expected(&query);
        if !oldest {
            right.reverse();
        }
        assert_eq!(all_pages(&*opened, &query).await, right, "{query:?}");
    }
}

super::on_every_engine!(
    every_criterion_narrows,
    what_is_not_there_is_not_found,
    pages_have_neither_holes_nor_repeats,
    pages_stay_in_place_while_receipts_come_in,
    a_limit_is_kept_within_bounds,
    any_mix_of_criteria_finds_what_the_slow_way_finds,
);
