//! Projections: only forward, listed in order.

use crate::store::Store;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use crate::testing::{StoreEngine, at, store};
use shared::ids::StoreNo;
use shared::position::Position;

const STOCK: ProjectionKind = ProjectionKind::Stock;

fn document(shop: u64, id: &str, offset: u64) -> Projected {
    let body = format!("{{\"of\":\"{shop}/{id}\",\"as_of\":{offset}}}").into_bytes();
    Projected { store: store(shop), kind: STOCK, id: id.into(), position: at(offset), body }
}

async fn read(store: &dyn Store, shop: StoreNo, id: &str) -> Option<Projected> {
    store.projection(STOCK, shop, id).await.unwrap()
}

async fn a_document_only_moves_forward(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let (old, same, new) =
        (document(1, "00", 5), Projected { body: b"other".into(), ..document(1, "00", 7) }, document(1, "00", 7));
    opened.advance(vec![new.clone()]).await.unwrap();
    opened.advance(vec![old, same]).await.unwrap();
    assert_eq!(read(&*opened, store(1), "00").await, Some(new));
    let later = Projected { position: Position { epoch: 2, offset: 1 }, ..document(1, "00", 1) };
    opened.advance(vec![document(1, "00", 8), later.clone()]).await.unwrap();
    opened.advance(vec![document(1, "00", 9)]).await.unwrap();
    drop(opened);
    let opened = engine.open_store().await;
    assert_eq!(read(&*opened, store(1), "00").await, Some(later));
}

async fn kinds_and_stores_keep_apart(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let day = Projected { kind: ProjectionKind::Day, ..document(1, "00", 9) };
    opened.advance(vec![document(1, "00", 1), document(2, "00", 2), day.clone()]).await.unwrap();
    assert_eq!(read(&*opened, store(1), "00").await, Some(document(1, "00", 1)));
    assert_eq!(read(&*opened, store(2), "00").await, Some(document(2, "00", 2)));
    assert_eq!(read(&*opened, store(3), "00").await, None);
    assert_eq!(opened.projection(ProjectionKind::Day, store(1), "00").await.unwrap(), Some(day));
    assert_eq!(opened.projection(ProjectionKind::Series, store(1), "00").await.unwrap(), None);
}

async fn list(store: &dyn Store, filter: ProjectionFilter) -> Vec<(u64, String)> {
    let documents = store.list(STOCK, filter).await.unwrap();
    documents.into_iter().map(|document| (document.store.get().into(), document.id)).collect()
}

async fn lists_are_in_the_order_of_store_and_name(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let mut documents: Vec<_> = ["9", "10", "a", "Z", "é", "2026-11-23"].map(|id| document(2, id, 1)).into();
    documents.extend([document(10, "1", 1), document(1, "zz", 1)]);
    let day = Projected { kind: ProjectionKind::Day, ..document(1, "0", 1) };
    opened.advance([documents, vec![day]].concat()).await.unwrap();
    let named = |shop, ids: &[&str]| ids.iter().map(|id| (shop, (*id).to_owned())).collect::<Vec<_>>();
    let two = named(2, &["10", "2026-11-23", "9", "Z", "a", "é"]);
    let all = [named(1, &["zz"]), two.clone(), named(10, &["1"])].concat();
    let filter = ProjectionFilter::default();
    assert_eq!(list(&*opened, filter.clone()).await, all);
    let of_two = ProjectionFilter { store: Some(store(2)), ..filter.clone() };
    assert_eq!(list(&*opened, of_two.clone()).await, two);
    let backwards = |list: &[(u64, String)]| list.iter().rev().cloned().collect::<Vec<_>>();
    let down = ProjectionFilter { descending: true, ..filter };
    assert_eq!(list(&*opened, down).await, backwards(&all));
    assert_eq!(list(&*opened, ProjectionFilter { descending: true, ..of_two }).await, backwards(&two));
}

async fn a_list_goes_on_where_it_stopped(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let documents = (1..=4).flat_map(|shop| (0..5).map(move |id| document(shop, &format!("{id:02}"), 1)));
    opened.advance(documents.collect()).await.unwrap();
    for store in [None, Some(store(2))] {
        for descending in [false, true] {
            let mut filter = ProjectionFilter { store, descending, limit: None, after: None };
            let whole = list(&*opened, filter.clone()).await;
            assert_eq!(whole.len(), if store.is_some() { 5 } else { 20 });
            let mut turned = Vec::new();
            filter.limit = Some(3);
            loop {
                let page = list(&*opened, filter.clone()).await;
                let Some((shop, id)) = page.last().cloned() else { break };
                filter.after = Some((crate::testing::store(shop), id));
                turned.extend(page);
            }
            assert_eq!(turned, whole);
        }
    }
}

async fn bodies_come_back_to_the_last_byte(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let written = document(1, "é %_'\"", 3);
    opened.advance(vec![written.clone()]).await.unwrap();
    let filter = ProjectionFilter { store: Some(store(1)), ..ProjectionFilter::default() };
    assert_eq!(opened.list(STOCK, filter).await.unwrap(), [written]);
}

super::on_every_engine!(
    a_document_only_moves_forward,
    kinds_and_stores_keep_apart,
    lists_are_in_the_order_of_store_and_name,
    a_list_goes_on_where_it_stopped,
    bodies_come_back_to_the_last_byte,
);
