//! Dead letters: kept once, listed in order, mended once.

use crate::store::Store;
use crate::store::dead_letters::{DeadLetter, LetterFilter, LetterId};
use crate::testing::{StoreEngine, at, second, store};

fn letter(offset: u64, partition: u32) -> DeadLetter {
    DeadLetter {
        id: LetterId { position: at(offset), partition },
        store: Some(store(3)),
        kind: "receipt".into(),
        version: 1,
        accepted_at: second(5),
        payload: vec![0xff, 0, b'{'],
        reason: "not JSON".into(),
        mended_at: None,
    }
}

const ALL: LetterFilter = LetterFilter { open_only: false, store: None };
const OPEN: LetterFilter = LetterFilter { open_only: true, store: None };

async fn listed(store: &dyn Store, filter: LetterFilter) -> Vec<LetterId> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store.letters(filter, after, 2).await.unwrap();
        assert!(page.items.len() <= 2);
        found.extend(page.items.iter().map(|letter| letter.id));
        match page.next {
            Some(next) => after = Some(next.parse().unwrap()),
            None => return found,
        }
    }
}

fn ids(letters: &[DeadLetter]) -> Vec<LetterId> {
    letters.iter().map(|letter| letter.id).collect()
}

async fn a_letter_is_kept_once_and_as_it_was(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let nowhere = DeadLetter { store: None, kind: String::new(), ..letter(9, 1) };
    opened.bury(&[letter(1, 0), nowhere.clone()]).await.unwrap();
    opened.bury(&[DeadLetter { reason: "another".into(), ..letter(1, 0) }]).await.unwrap();
    opened.bury(&[]).await.unwrap();
    drop(opened);
    let opened = engine.open_store().await;
    assert_eq!(opened.letter(letter(1, 0).id).await.unwrap(), Some(letter(1, 0)));
    assert_eq!(opened.letter(nowhere.id).await.unwrap(), Some(nowhere));
    assert_eq!(opened.letter(letter(1, 1).id).await.unwrap(), None);
}

async fn letters_are_listed_in_the_order_of_their_places(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let all = [letter(2, 0), letter(2, 7), letter(10, 0), letter(10, 2), letter(11, 1)];
    opened.bury(&[&all[3..], &all[..3]].concat()).await.unwrap();
    assert_eq!(listed(&*opened, OPEN).await, ids(&all));
    assert_eq!(listed(&*opened, ALL).await, ids(&all));
}

async fn letters_are_found_by_their_store(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let (elsewhere, nowhere) =
        (DeadLetter { store: Some(store(4)), ..letter(2, 1) }, DeadLetter { store: None, ..letter(2, 2) });
    let all = [letter(1, 0), elsewhere, nowhere, letter(3, 0), letter(4, 0)];
    opened.bury(&all).await.unwrap();
    opened.mark_mended(all[3].id, second(60)).await.unwrap();
    let of = |no| LetterFilter { store: Some(store(no)), ..ALL };
    assert_eq!(listed(&*opened, of(3)).await, [all[0].id, all[3].id, all[4].id]);
    assert_eq!(listed(&*opened, LetterFilter { open_only: true, ..of(3) }).await, [all[0].id, all[4].id]);
    assert_eq!(listed(&*opened, of(4)).await, [all[1].id]);
    assert!(listed(&*opened, of(5)).await.is_empty());
}

async fn those_that_name_no_store_are_counted_until_they_are_mended(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    assert_eq!(opened.unplaced().await.unwrap(), 0);
    let nowhere = |offset| DeadLetter { store: None, ..letter(offset, 0) };
    opened.bury(&[letter(1, 0), nowhere(2), nowhere(3)]).await.unwrap();
    assert_eq!(opened.unplaced().await.unwrap(), 2);
    opened.mark_mended(nowhere(2).id, second(60)).await.unwrap();
    assert_eq!(opened.unplaced().await.unwrap(), 1);
}

async fn a_mended_letter_is_no_longer_open(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let all = [letter(1, 0), letter(2, 0), letter(3, 0)];
    opened.bury(&all).await.unwrap();
    opened.mark_mended(all[1].id, second(60)).await.unwrap();
    opened.mark_mended(all[1].id, second(90)).await.unwrap();
    opened.mark_mended(letter(4, 0).id, second(90)).await.unwrap();
    assert_eq!(opened.letter(all[1].id).await.unwrap().unwrap().mended_at, Some(second(60)));
    assert_eq!(listed(&*opened, OPEN).await, [all[0].id, all[2].id]);
    assert_eq!(listed(&*opened, ALL).await, ids(&all));
    opened.bury(&all).await.unwrap();
    assert_eq!(listed(&*opened, OPEN).await, [all[0].id, all[2].id], "a redelivery does not open it again");
}

super::on_every_engine!(
    a_letter_is_kept_once_and_as_it_was,
    letters_are_listed_in_the_order_of_their_places,
    letters_are_found_by_their_store,
    those_that_name_no_store_are_counted_until_they_are_mended,
    a_mended_letter_is_no_longer_open,
);
