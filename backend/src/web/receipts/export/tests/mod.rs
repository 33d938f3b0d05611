//! Archives as they are given, and what is found in them.

mod disorder;

use crate::testing::faulty::{Away, Plan, Script};
use crate::web::testing::Server;
use axum::http::StatusCode;
use http_body_util::BodyExt as _;
use serde_json::json;
use shared::journal::Act;
use shared::verify::{Chain, Export, ExportError, Fault};
use std::time::Duration;

const PATH: &str = "/api/v1/receipts/export?store=1";

fn verified(text: &str) -> Vec<(Chain, u64, Fault)> {
    let mut export = Export::default();
    text.lines().for_each(|line| export.take(line).unwrap());
    let found = export.end().unwrap().findings.into_iter();
    found.map(|finding| (finding.chain, finding.number, finding.fault)).collect()
}

/// An export of so many receipts, and as many entries of the journal.
async fn exported(receipts: usize) -> String {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let mut sold: Vec<_> = (0..receipts).map(|_| till.sell(&[("A", 1)])).collect();
    // They need not arrive in the order of their numbers.
    sold.rotate_left(1);
    let mut noted: Vec<_> = (0..receipts).map(|_| till.note(Act::DrawerOpened)).collect();
    noted.rotate_left(1);
    for receipt in &sold {
        server.post("/api/v1/receipts").json(&json!(receipt)).send().await;
    }
    server.post("/api/v1/journal").json(&json!(noted)).send().await;
    server.save_all().await;
    let reply = server.get(PATH).operator().send().await;
    assert_eq!(reply.status, StatusCode::OK);
    reply.text
}

#[tokio::test]
async fn an_export_that_waits_for_a_store_that_never_answers_breaks_off_before_the_end() {
    let script = Script::new(Plan::default());
    let server = Server::with_script(&script).await;
    let mut till = server.till(1).await;
    server.post("/api/v1/receipts").json(&json!(till.sell(&[("A", 1)]))).send().await;
    server.save_all().await;
    let answer = server.get(PATH).operator().begin().await;
    assert_eq!(answer.status(), StatusCode::OK);
    script.take_store_away(Some(Away::Hangs));
    server.app().stopping.cancel();
    tokio::time::pause();
    let read = tokio::time::timeout(Duration::from_mins(1), answer.into_body().collect()).await;
    assert!(read.expect("it comes to an end").is_err(), "and not as if that were all");
}

#[tokio::test]
async fn an_export_verifies_by_itself() {
    let text = exported(3).await;
    assert_eq!(
        (text.matches("\"body\"").count(), text.matches("\"kind\":\"journal\"").count()),
        (7, 4),
        "the seal is an entry too"
    );
    assert_eq!(verified(&text), []);
}

#[tokio::test]
async fn whoever_changes_one_digit_or_takes_one_out_is_found_out() {
    let text = exported(3).await;
    let lines: Vec<_> = text.lines().collect();
    let second = lines.iter().position(|line| line.contains("\"number\":2,")).unwrap();
    let altered = text.replace(lines[second], &lines[second].replace("\"quantity\":1000", "\"quantity\":2000"));
    assert_eq!(verified(&altered), [(Chain::Receipts, 2, Fault::Altered)]);
    let widened = text.replace(lines[second], &lines[second].replace("\"body\":{", "\"body\":{\"hat\":1,"));
    assert_eq!(verified(&widened), [(Chain::Receipts, 2, Fault::Altered)]);
    let removed = text.replace(&format!("{}\n", lines[second]), "");
    assert_eq!(verified(&removed), [(Chain::Receipts, 2, Fault::Missing)]);
}

#[tokio::test]
async fn an_archive_whose_end_is_told_otherwise_or_cut_off_is_not_what_was_signed() {
    let text = exported(2).await;
    let (rest, seal) = text.trim_end().rsplit_once('\n').unwrap();
    let (records, ending) = rest.rsplit_once('\n').unwrap();
    let reordered =
        ending.replacen("{\"entries\":2,", "{", 1).replace("\"receipts\":2}", "\"receipts\":2,\"entries\":2}");
    let otherwise = verified(&format!("{records}\n{reordered}\n{seal}"));
    assert_eq!(otherwise, [(Chain::Journal, 2, Fault::OtherArchive)]);
    let other_seal = seal.replace("\"entries\":2", "\"entries\":1");
    assert_eq!(verified(&format!("{rest}\n{other_seal}")), [(Chain::Journal, 2, Fault::OtherArchive)]);
    for cut in [rest, records] {
        let mut export = Export::default();
        cut.lines().for_each(|line| export.take(line).unwrap());
        assert_eq!(export.end(), Err(ExportError::NoEnding));
    }
    let older = rest.replacen("\"comptoir_export\":4", "\"comptoir_export\":2", 1);
    let mut export = Export::default();
    older.lines().for_each(|line| export.take(line).unwrap());
    assert_eq!(export.end(), Err(ExportError::NoEnding), "no format without a seal has an office");
    let mut export = Export::default();
    text.lines().for_each(|line| export.take(line).unwrap());
    assert!(matches!(export.take(seal), Err(ExportError::Foreign(_))), "there is one seal");
}

#[tokio::test]
async fn and_likewise_with_an_entry_of_the_journal() {
    let text = exported(3).await;
    let is_second = |line: &&str| line.contains("\"journal\"") && line.contains("\"number\":2,");
    let second = text.lines().find(is_second).unwrap();
    let altered = text.replace(second, &second.replace("drawer_opened", "signed_out"));
    assert_eq!(verified(&altered), [(Chain::Journal, 2, Fault::Altered)]);
    let removed = text.replace(&format!("{second}\n"), "");
    assert_eq!(verified(&removed), [(Chain::Journal, 2, Fault::Missing)]);
    let twice = text.replace(second, &format!("{second}\n{second}"));
    assert_eq!(verified(&twice), [(Chain::Journal, 2, Fault::Inserted)]);
    let disguised = text.replace(second, &second.replace("\"kind\":\"journal\",", ""));
    assert_eq!(verified(&disguised)[0], (Chain::Receipts, 2, Fault::Altered), "an entry never passes as a receipt");
}

#[tokio::test]
async fn only_managers_and_operators_get_it() {
    let server = Server::with_demo().await;
    let seller = server.sign_in(1, 1).await;
    server.get(PATH).cookie(&seller).send().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
    server.get(PATH).send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
}
