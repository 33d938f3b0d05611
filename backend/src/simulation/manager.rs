//! The managers: deliveries, counts, transfers and settings, each reported until it is known to be in the log.

use super::world::World;
use shared::event::{Event, Settings, StockItem, StockMovement, ThresholdSetting};
use shared::ids::StoreNo;
use shared::quantity::Quantity;
use shared::time::Timestamp;
use std::sync::Arc;
use tokio::time::sleep;

/// Books something now and then, until the world calms down.
pub async fn manage(world: Arc<World>) {
    loop {
        let gap = world.plan.booking_gap;
        sleep(world.chance.millis(gap / 3, gap * 5 / 3)).await;
        if world.is_calm() {
            return;
        }
        world.begin();
        let (booking, events) = (Arc::clone(&world), draw(&world));
        tokio::spawn(async move {
            for (store, event) in events {
                book(&booking, store, event).await;
            }
            booking.end();
        });
    }
}

async fn book(world: &World, store: StoreNo, event: Event) {
    let id = event.id();
    world.trace.note("manager", format_args!("books a {} in store {store}: {id}", event.kind().as_str()));
    while world.ask(|tier| tier.book(store, event.clone())).await != Some(true) {
        sleep(world.chance.millis(100, 1_500)).await;
    }
    world.acknowledged(store, [id]);
}

/// What a manager does next.
fn draw(world: &World) -> Vec<(StoreNo, Event)> {
    let stores = world.stores();
    let (from, to) = (*world.chance.pick(&stores).unwrap(), *world.chance.pick(&stores).unwrap());
    match world.chance.between(1, 10) {
        1..=4 => vec![(from, Event::Delivery(movement(world, 40, None)))],
        5..=6 => vec![(from, Event::StockCount(movement(world, 25, None)))],
        7 => {
            let out = movement(world, 6, Some(to));
            let id = world.mint().event_id();
            let back = StockMovement { id, counterpart: Some(from), ..out.clone() };
            vec![(from, Event::TransferOut(out)), (to, Event::TransferIn(back))]
        }
        8..=9 => vec![(from, Event::Settings(thresholds(world)))],
        _ => vec![(from, Event::Settings(cut_off(world)))],
    }
}

/// Up to three products, with up to so many pieces each, a moment ago.
fn movement(world: &World, most: u32, counterpart: Option<StoreNo>) -> StockMovement {
    let count = world.chance.between(1, 3) as usize;
    let first = world.chance.between(0, world.plan.products - 1) as usize;
    let products = world.products.iter().cycle().skip(first).take(count.min(world.products.len()));
    let item = |product: &shared::product::Product| StockItem {
        sku: product.sku.clone(),
        quantity: Quantity::pieces(world.chance.between(1, most)),
    };
    let ago = i64::from(world.chance.between(0, 8_000)) - 2_000;
    StockMovement {
        id: world.mint().event_id(),
        items: products.map(item).collect(),
        at: Timestamp::from_millisecond(world.wall.millis() - ago).unwrap(),
        by: None,
        counterpart,
    }
}

fn settings(world: &World) -> Settings {
    Settings { id: world.mint().event_id(), cut_off: None, training: None, thresholds: Vec::new() }
}

fn thresholds(world: &World) -> Settings {
    let sku = world.chance.pick(&world.products).unwrap().sku.clone();
    let points = u16::try_from(world.chance.between(0, 20) * 500).unwrap();
    let threshold = points.try_into().unwrap();
    Settings { thresholds: vec![ThresholdSetting { sku, threshold }], ..settings(world) }
}

fn cut_off(world: &World) -> Settings {
    let minutes = u16::try_from(world.chance.between(0, 719)).unwrap();
    Settings { cut_off: Some(minutes.try_into().unwrap()), ..settings(world) }
}
