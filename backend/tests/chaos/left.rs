//! What bots have left in their stores, whether they have audited it themselves or were killed before they could.

use super::read;
use super::stock::Shelf;
use super::support::role::Role;
use shared::api::stock::StoreStock;
use shared::ids::StoreNo;
use shared::store::Store;
use std::collections::BTreeSet;

/// The stores that bots have opened.
pub async fn stores(web: &Role) -> Vec<StoreNo> {
    let is_theirs = |store: &Store| store.name.starts_with("Simulation ");
    read::stores(web).await.into_iter().filter(is_theirs).map(|store| store.no).collect()
}

/// Every series is there from its first receipt to its last, each number once, and the shelves have what was delivered less what
/// was sold. Gives how many receipts there are. What was posted and never taken into the log can only be a series' end.
pub async fn is_right(web: &Role, store: StoreNo) -> usize {
    let saved = read::receipts(web, store).await;
    let body = |place: usize| &saved[place].sealed.body;
    let numbers: BTreeSet<_> =
        (0..saved.len()).map(|place| (body(place).register, body(place).series.clone(), body(place).number)).collect();
    assert_eq!(numbers.len(), saved.len(), "no number was given twice");
    // What is added up follows the receipts by the length of a checkpoint.
    let adds_up = async || {
        let series = read::series(web, store).await;
        let count: u64 = series.iter().map(|series| series.saved.count()).sum();
        let stock: StoreStock = read::of(web, &format!("stock?store={store}")).await;
        let mut left = Shelf::delivered_to(&stock);
        left.sell(&saved);
        series.iter().all(|series| series.saved.is_complete())
            && u64::try_from(saved.len()) == Ok(count)
            && left == Shelf::from(stock)
    };
    web.until("series without gap, and stock that is deliveries less sales", adds_up).await;
    saved.len()
}
