//! Archives of series with numbers that are missing, that came late, or that are there twice.

use super::{PATH, verified};
use crate::testing::{Till, event_id, recorded, sale};
use crate::web::testing::Server;
use serde_json::json;
use shared::chain::{Hash, Sealed};
use shared::ids::ReceiptId;
use shared::journal::{Act, JournalEntry};
use shared::receipt::Receipt;
use shared::verify::{Chain, Fault};

/// The archive of a store that has saved these, in this order.
async fn archive(server: &Server, receipts: &[&Sealed<Receipt>], entries: &[&Sealed<JournalEntry>]) -> String {
    for receipt in receipts {
        server.post("/api/v1/receipts").json(&json!(receipt)).send().await;
    }
    for entry in entries {
        server.post("/api/v1/journal").json(&json!(entry)).send().await;
    }
    server.save_all().await;
    server.get(PATH).operator().send().await.text
}

/// The places in an archive at which these hashes stand.
fn places<'t>(text: &str, hashes: impl IntoIterator<Item = &'t Hash>) -> Vec<usize> {
    let line = |hash: &Hash| {
        let hash = format!(r#""hash":"{hash}","signature""#);
        let found: Vec<_> = text.lines().enumerate().filter(|(_, line)| line.contains(&hash)).collect();
        assert_eq!(found.len(), 1, "{hash} is there once");
        found[0].0
    };
    hashes.into_iter().map(line).collect()
}

fn sold(till: &mut Till, count: usize) -> Vec<Sealed<Receipt>> {
    (0..count).map(|_| till.sell(&[("A", 1)])).collect()
}

/// A number that was refused for good keeps nothing that is saved out of the archive.
#[tokio::test]
async fn what_is_saved_behind_a_gap_is_there_and_what_is_missing_is_named() {
    for gone in [0, 2] {
        let server = Server::with_demo().await;
        let mut till = server.till(1).await;
        let mut receipts = sold(&mut till, 5);
        let mut entries: Vec<_> = (0..5).map(|_| till.note(Act::DrawerOpened)).collect();
        receipts.remove(gone);
        entries.remove(gone);
        let text =
            archive(&server, &receipts.iter().rev().collect::<Vec<_>>(), &entries.iter().collect::<Vec<_>>()).await;
        let there = places(&text, receipts.iter().map(|it| &it.hash).chain(entries.iter().map(|it| &it.hash)));
        assert!(there.is_sorted(), "by their numbers, however they came: {there:?}");
        let number = gone as u64 + 1;
        assert_eq!(
            verified(&text),
            [(Chain::Receipts, number, Fault::Missing), (Chain::Journal, number, Fault::Missing)]
        );
    }
}

/// A till that was copied signs two receipts under one number, and what it notes likewise.
#[tokio::test]
async fn of_a_fork_both_are_there_the_first_saved_first_and_the_second_is_named() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let first = till.sell(&[("A", 1)]);
    let second_id = ReceiptId::mint(77, &[1; 10]);
    let forked = till.clone().issue(second_id, 90, &[("A", 7)]);
    let (second, third) = (till.sell(&[("A", 1)]), till.sell(&[("A", 1)]));
    let opened = till.note(Act::DrawerOpened);
    let forked_entry = till.clone().note_under(event_id(77), 90, Act::SignedOut, None);
    let (closed, again) = (till.note(Act::DrawerOpened), till.note(Act::DrawerOpened));
    let found = [(Chain::Receipts, 2, Fault::Inserted), (Chain::Journal, 2, Fault::Inserted)];
    let text = archive(&server, &[&first, &third, &second, &forked], &[&opened, &closed, &forked_entry, &again]).await;
    assert_eq!(verified(&text), found, "{text}");
    assert!(places(&text, [&first.hash, &second.hash, &forked.hash]).is_sorted());
    assert!(places(&text, [&opened.hash, &closed.hash, &forked_entry.hash]).is_sorted());
    // The seal says how many there are, the forked ones included.
    assert!(text.lines().last().unwrap().contains(r#""entries":4"#));
    assert!(text.lines().last().unwrap().contains(r#""receipts":4"#));
}

#[tokio::test]
async fn a_second_record_that_comes_long_after_its_number_is_there_too() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let first = till.sell(&[("A", 1)]);
    let forked = till.clone().issue(ReceiptId::mint(77, &[1; 10]), 90, &[("A", 7)]);
    let (second, third) = (till.sell(&[("A", 1)]), till.sell(&[("A", 1)]));
    let text = archive(&server, &[&first, &second, &third, &forked], &[]).await;
    assert_eq!(verified(&text), [(Chain::Receipts, 2, Fault::Inserted)]);
    assert_eq!(places(&text, [&second.hash, &forked.hash]).len(), 2);
}

/// Whatever its last lines do not speak of is in the next archive.
#[tokio::test]
async fn what_is_saved_and_not_reflected_yet_is_left_out() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let (first, second) = (till.sell(&[("A", 1)]), till.sell(&[("A", 1)]));
    server.post("/api/v1/receipts").json(&json!(first)).send().await;
    server.save_all().await;
    server.app().store.save(&[recorded(1_000_000, sale(&second))]).await.unwrap();
    let text = archive(&server, &[], &[]).await;
    assert_eq!(verified(&text), []);
    assert!(text.contains(&first.hash.to_string()) && !text.contains(&second.signature.to_string()));
}
