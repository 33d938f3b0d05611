//! What the API tells of a store.

use super::support::role::Role;
use shared::api::Page;
use shared::api::receipts::StoredReceipt;
use shared::api::stats::StoreCompleteness;
use shared::api::stores::StoreDetail;
use shared::ids::StoreNo;
use shared::notice::SeriesStatus;
use shared::store::Store;

/// Every store.
pub async fn stores(web: &Role) -> Vec<Store> {
    of::<Vec<StoreDetail>>(web, "stores").await.into_iter().map(|detail| detail.store).collect()
}

/// Every receipt of a store, the oldest first.
pub async fn receipts(web: &Role, store: StoreNo) -> Vec<StoredReceipt> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("receipts?store={store}&oldest_first=true&limit=500{cursor}");
        let mut page: Page<StoredReceipt> = of(web, &path).await;
        found.append(&mut page.items);
        let Some(next) = page.next else { return found };
        cursor = format!("&cursor={next}");
    }
}

/// Every series of a store.
pub async fn series(web: &Role, store: StoreNo) -> Vec<SeriesStatus> {
    let completeness: Vec<StoreCompleteness> = of(web, &format!("completeness?store={store}")).await;
    completeness.into_iter().flat_map(|entry| entry.series).collect()
}

/// What there is at a path.
pub async fn of<T: serde::de::DeserializeOwned>(web: &Role, path: &str) -> T {
    serde_json::from_value(web.get(path).await).expect("the answer is what the API promises")
}
