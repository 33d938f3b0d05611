//! Documents: compare-and-swap, and what changed since.

use crate::store::Store;
use crate::store::documents::{RawDocument, Revision, Swap};
use crate::testing::StoreEngine;

const KIND: &str = "product";

async fn put(store: &dyn Store, id: &str, expected: Option<Revision>, body: &str) -> Revision {
    match store.swap(KIND, id, expected, body.into()).await.unwrap() {
        Swap::Done(revision) => revision,
        Swap::Conflict => panic!("{id} was not as expected"),
    }
}

async fn conflicts(store: &dyn Store, id: &str, expected: Option<Revision>) -> bool {
    store.swap(KIND, id, expected, b"lost".into()).await.unwrap() == Swap::Conflict
}

fn raw(id: &str, revision: Revision, body: &str) -> RawDocument {
    RawDocument { id: id.into(), revision, body: Some(body.into()) }
}

fn names(documents: &[RawDocument]) -> Vec<&str> {
    documents.iter().map(|document| document.id.as_str()).collect()
}

async fn a_swap_needs_the_right_revision(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let store = &*opened;
    assert!(conflicts(store, "a", Some(Revision(0))).await);
    let first = put(store, "a", None, "1").await;
    assert!(conflicts(store, "a", None).await);
    let second = put(store, "a", Some(first), "2").await;
    assert!(second > first);
    assert!(conflicts(store, "a", Some(first)).await);
    assert!(conflicts(store, "a", Some(Revision(second.0 + 1))).await);
    assert_eq!(store.get(KIND, "a").await.unwrap(), Some(raw("a", second, "2")));
    assert_eq!(store.get("other", "a").await.unwrap(), None);
    drop(opened);
    let opened = engine.open_store().await;
    assert_eq!(opened.get(KIND, "a").await.unwrap(), Some(raw("a", second, "2")));
    assert!(put(&*opened, "a", Some(second), "3").await > second);
}

async fn of_two_swaps_at_once_exactly_one_wins(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let store = &*opened;
    let mut expected = None;
    for turn in 0..30 {
        let swaps = (0..5).map(|who| store.swap(KIND, "a", expected, format!("{turn}/{who}").into_bytes()));
        let outcomes = futures_util::future::try_join_all(swaps).await.unwrap();
        let done: Vec<_> = outcomes.iter().enumerate().filter(|(_, outcome)| **outcome != Swap::Conflict).collect();
        let [(winner, Swap::Done(revision))] = done[..] else { panic!("{outcomes:?}") };
        assert_eq!(store.get(KIND, "a").await.unwrap(), Some(raw("a", *revision, &format!("{turn}/{winner}"))));
        expected = Some(*revision);
    }
}

async fn revisions_grow_over_all_documents_of_a_kind(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let store = &*opened;
    let a = put(store, "a", None, "1").await;
    let b = put(store, "b", None, "1").await;
    let again = put(store, "a", Some(a), "2").await;
    assert!(a < b && b < again);
    let all = store.put_all(KIND, vec![("c".into(), b"1".into()), ("d".into(), b"1".into())]).await.unwrap();
    assert!(again < all);
    assert_eq!(store.get(KIND, "d").await.unwrap().unwrap().revision, all);
    let changed = store.changed_since(KIND, b).await.unwrap();
    assert_eq!(names(&changed), ["a", "c", "d"]);
    assert!(changed.windows(2).all(|pair| pair[0].revision < pair[1].revision));
    assert!(store.changed_since(KIND, all).await.unwrap().is_empty());
    assert!(store.changed_since(KIND, Revision(u64::MAX)).await.unwrap().is_empty());
    assert!(store.changed_since("other", Revision(0)).await.unwrap().is_empty());
}

async fn documents_that_are_the_same_keep_their_revision(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let store = &*opened;
    let entry = |id: &str, body: &str| (id.to_owned(), body.as_bytes().to_vec());
    let first = store.put_all(KIND, vec![entry("a", "1"), entry("b", "1")]).await.unwrap();
    let before = store.get(KIND, "a").await.unwrap();
    assert_eq!(store.put_all(KIND, vec![entry("a", "1"), entry("b", "1")]).await.unwrap(), first);
    let second = store.put_all(KIND, vec![entry("a", "1"), entry("b", "2"), entry("b", "2")]).await.unwrap();
    assert_eq!(store.get(KIND, "a").await.unwrap(), before);
    assert_eq!(names(&store.changed_since(KIND, first).await.unwrap()), ["b"]);
    assert_eq!(store.put_all(KIND, Vec::new()).await.unwrap(), second);
    assert_eq!(store.put_all("empty", Vec::new()).await.unwrap(), Revision(0));
}

async fn a_deletion_is_told_and_can_be_undone(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let store = &*opened;
    let first = put(store, "a", None, "1").await;
    let other = put(store, "b", None, "1").await;
    store.delete(KIND, "a").await.unwrap();
    store.delete(KIND, "a").await.unwrap();
    store.delete(KIND, "never").await.unwrap();
    assert_eq!(store.get(KIND, "a").await.unwrap(), None);
    assert_eq!(names(&store.list_documents(KIND, "").await.unwrap()), ["b"]);
    let changed = store.changed_since(KIND, other).await.unwrap();
    assert_eq!((names(&changed), &changed[0].body), (vec!["a"], &None));
    assert!(conflicts(store, "a", Some(first)).await);
    assert!(conflicts(store, "a", Some(changed[0].revision)).await);
    let reborn = put(store, "a", None, "1").await;
    assert!(reborn > changed[0].revision);
    assert_eq!(store.changed_since(KIND, other).await.unwrap(), [raw("a", reborn, "1")]);
    store.delete(KIND, "a").await.unwrap();
    let all = store.put_all(KIND, vec![("a".into(), b"1".into())]).await.unwrap();
    assert_eq!(store.get(KIND, "a").await.unwrap(), Some(raw("a", all, "1")));
}

async fn a_prefix_is_taken_by_the_letter(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let store = &*opened;
    let ids = ["1/2", "1/", "1_2", "1%2", "1x2", "10/1", "2/1", "é/1", "éa", "e/1", "A", "a", "*", "[a]"];
    for id in ids {
        put(store, id, None, "{}").await;
    }
    put(store, "deleted/1", None, "{}").await;
    store.delete(KIND, "deleted/1").await.unwrap();
    for prefix in ["", "1", "1/", "1_", "1%", "%", "_", "é", "é/", "a", "A", "*", "[", "deleted", "zzz", "1/2"] {
        let mut right: Vec<_> = ids.into_iter().filter(|id| id.starts_with(prefix)).collect();
        right.sort_unstable();
        assert_eq!(names(&store.list_documents(KIND, prefix).await.unwrap()), right, "{prefix:?}");
    }
    assert!(store.list_documents("other", "").await.unwrap().is_empty());
}

super::on_every_engine!(
    a_swap_needs_the_right_revision,
    of_two_swaps_at_once_exactly_one_wins,
    revisions_grow_over_all_documents_of_a_kind,
    documents_that_are_the_same_keep_their_revision,
    a_deletion_is_told_and_can_be_undone,
    a_prefix_is_taken_by_the_letter,
);
