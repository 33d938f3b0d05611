//! The van: brings what alerts say is missing.

use super::backoff::{Backoff, patiently};
use super::floor::Floor;
use super::tally::locked;
use crate::bot::client::Client;
use crate::clock::Mint;
use shared::api::stock::NewMovement;
use shared::event::StockItem;
use shared::ids::StoreNo;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How often low shelves are looked at: alerts of the same moment share a delivery.
const ROUND: Duration = Duration::from_millis(200);

/// Delivers to all stores of a run until `stop`; a delivery that is under way is finished.
pub async fn restock(floor: Arc<Floor>, client: Client, mint: Mint, stop: CancellationToken) {
    while !stop.is_cancelled() {
        while let Some((store, items)) = next_order(&floor) {
            deliver(&floor, &client, &mint, store, items).await;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

fn next_order(floor: &Floor) -> Option<(StoreNo, Vec<StockItem>)> {
    locked(&floor.shelves).order()
}

async fn deliver(floor: &Floor, client: &Client, mint: &Mint, store: StoreNo, items: Vec<StockItem>) {
    // One id for all tries, so that the delivery counts once however often it is posted.
    let delivery = NewMovement { id: Some(mint.event_id()), items };
    match patiently(Backoff::new(mint.random()), || client.deliver(store, &delivery)).await {
        Ok(()) => {
            floor.deliver(store, &delivery.items);
            locked(&floor.shelves).accepted(store, &delivery.items, Instant::now());
        }
        Err(error) => floor.tally.fault(format!("a delivery to store {store} failed: {error}")),
    }
}
