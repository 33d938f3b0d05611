//! What bots have left in their stores, whether they have audited it themselves or were killed before they could.

use super::read;
use super::stock::Shelf;
use super::support::role::Role;
use shared::api::stock::StoreStock;
use shared::ids::StoreNo;
use shared::store::Store;
use std::collections::BTreeSet;

/// Whether bots have opened a store.
pub fn is_theirs(store: &Store) -> bool {
    store.name.starts_with("Simulation ")
}

/// Every series is there from its first receipt to its last, each number once, and the shelves have what they were filled with less
/// what was sold. Gives how many receipts there are. What was posted and never taken into the log can only be a series' end.
pub async fn is_right(web: &Role, store: StoreNo) -> usize {
    // What is added up follows the receipts by the length of a checkpoint.
    web.until("series without gap, and stock that is full shelves less sales", async || {
        let saved = read::receipts(web, store).await;
        let series = read::series(web, store).await;
        let count: u64 = series.iter().map(|series| series.saved.count()).sum();
        let stock: StoreStock = read::of(web, &format!("stock?store={store}")).await;
        let mut left = Shelf::full(&stock);
        left.sell(&saved);
        series.iter().all(|series| series.saved.is_complete())
            && u64::try_from(saved.len()) == Ok(count)
            && left == Shelf::from(stock)
    })
    .await;
    let saved = read::receipts(web, store).await;
    let bodies = saved.iter().map(|receipt| &receipt.sealed.body);
    let numbers: BTreeSet<_> = bodies.map(|body| (body.register, body.series.clone(), body.number)).collect();
    assert_eq!(numbers.len(), saved.len(), "no number was given twice");
    saved.len()
}
