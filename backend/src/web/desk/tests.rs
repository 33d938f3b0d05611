//! What the journal of a store's office says of what is decided at the desk.

use super::Failures;
use crate::model::server_series::{self, ServerSeries};
use crate::testing::Till;
use crate::testing::faulty::{Plan, Script};
use crate::web::server_series::pending::settle_all;
use crate::web::testing::{Server, enrol};
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::finding::FindingKind;
use shared::ids::{RegisterNo, StoreNo};
use shared::journal::Act;
use shared::verify::Export;

const STORE: &str = "/api/v1/stores/1";

/// The entries of the office's journal, oldest first.
async fn entries(server: &Server) -> Vec<Value> {
    server.save_all().await;
    let reply = server.get("/api/v1/journal?store=1&register=0&oldest_first=true").operator().send().await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json["items"].as_array().unwrap().iter().map(|item| item["body"].clone()).collect()
}

/// What the entries say, but for the first of all, which says that the key was made.
async fn acts(server: &Server) -> Vec<Value> {
    let mut acts: Vec<_> = entries(server).await.iter().map(|entry| entry["entry"].clone()).collect();
    assert_eq!(acts.remove(0)["act"], "key_created");
    acts
}

#[tokio::test]
async fn what_is_another_rule_afterwards_is_noted_once_with_whoever_made_it_so() {
    let server = Server::with_demo().await;
    let (own, visitor) = (server.sign_in(1, 9).await, server.sign_in(2, 9).await);
    for _ in 0..2 {
        let body = json!({"name": "Lyon Part-Dieu", "void_needs_manager": true});
        server.patch(STORE).cookie(&own).json(&body).send().await;
    }
    server.patch(STORE).cookie(&visitor).json(&json!({"void_needs_manager": false})).send().await;
    server.patch(STORE).operator().json(&json!({"name": "Lyon", "siret": "73282932000074"})).send().await;
    let entries = entries(&server).await;
    let said: Vec<_> = entries.iter().map(|entry| (&entry["by"], &entry["entry"]["to"], &entry["number"])).collect();
    assert_eq!(
        said[1..],
        [
            (&json!(9), &json!({"void_needs_manager": true}), &json!(2)),
            (&json!({"seller": 9, "store": 2}), &json!({"void_needs_manager": false}), &json!(3)),
            (&json!("operator"), &json!({"name": "Lyon", "siret": "73282932000074"}), &json!(4)),
        ]
    );
    assert_eq!(entries[0]["entry"]["act"], "key_created");
    let picture = server.app().store.picture(StoreNo::FIRST).await.unwrap();
    assert_eq!(picture.findings().count(), 0, "nothing is wrong with the chain");
}

#[tokio::test]
async fn what_is_refused_is_not_noted() {
    let server = Server::with_demo().await;
    let (seller, manager) = (server.sign_in(1, 1).await, server.sign_in(1, 9).await);
    server.patch(STORE).cookie(&seller).json(&json!({"name": "X"})).send().await;
    server.patch(STORE).cookie(&manager).json(&json!({"name": " "})).send().await;
    server.delete(&format!("{STORE}/sellers/9")).cookie(&manager).send().await;
    server.delete(&format!("{STORE}/sellers/77")).cookie(&manager).send().await;
    server.delete(&format!("{STORE}/registers/1/series/A")).cookie(&manager).send().await;
    assert_eq!(entries(&server).await, [] as [Value; 0]);
}

#[tokio::test]
async fn staff_is_noted_by_number_and_never_with_a_name_or_a_pin() {
    let server = Server::with_demo().await;
    let (staff, person) = (format!("{STORE}/sellers"), format!("{STORE}/sellers/40"));
    let hired = json!({"no": 40, "name": "Nora T.", "role": "seller", "pin": "4040"});
    for _ in 0..2 {
        assert_eq!(server.post(&staff).operator().json(&hired).send().await.status, StatusCode::CREATED);
    }
    let change = json!({"name": "Nora T.", "role": "manager", "pin": "8642"});
    server.patch(&person).operator().json(&change).send().await;
    server.patch(&person).operator().json(&json!({"name": "Nora Thiel"})).send().await;
    for _ in 0..2 {
        assert_eq!(server.delete(&person).operator().send().await.status, StatusCode::NO_CONTENT);
    }
    let acts = acts(&server).await;
    assert_eq!(
        acts,
        [
            json!({"act": "staff_added", "role": "seller", "seller": 40}),
            json!({"act": "staff_changed", "name": false, "pin": true, "role": "manager", "seller": 40}),
            json!({"act": "staff_changed", "name": true, "pin": false, "seller": 40}),
            json!({"act": "staff_dismissed", "seller": 40}),
        ]
    );
}

#[tokio::test]
async fn registers_that_are_added_and_revoked_are_noted_and_the_office_is_none_of_them() {
    let server = Server::with_demo().await;
    let registers = format!("{STORE}/registers");
    server.till(1).await;
    for body in [json!({}), json!({"no": 9}), json!({"no": 9})] {
        assert_eq!(server.post(&registers).operator().json(&body).send().await.status, StatusCode::CREATED);
    }
    server.delete(&format!("{registers}/1/series/A")).operator().send().await;
    assert_eq!(
        acts(&server).await,
        [
            json!({"act": "register_added", "register": 3}),
            json!({"act": "register_added", "register": 9}),
            json!({"act": "register_revoked", "register": 1, "series": "A"}),
        ]
    );
    let numbers = |list: &Value| list.as_array().unwrap().iter().map(|one| one["no"].clone()).collect::<Vec<_>>();
    let listed = server.get(&registers).operator().send().await.json;
    assert_eq!(numbers(&listed), [1, 2, 3, 9]);
    let detail = server.get(STORE).send().await.json;
    assert_eq!(numbers(&detail["registers"]), [1, 2, 3, 9]);
}

#[tokio::test]
async fn nothing_is_sold_at_the_office() {
    let server = Server::with_demo().await;
    server.patch(STORE).operator().json(&json!({"name": "Lyon"})).send().await;
    let office = format!("{STORE}/registers/0");
    let claimed = server.post(&format!("{office}/series")).operator().json(&enrol(&Till::new(1, 1), true)).send().await;
    claimed.is_problem(StatusCode::NOT_FOUND, "unknown-register");
    let basket = server.post(&format!("{office}/baskets")).operator().send().await;
    basket.is_problem(StatusCode::NOT_FOUND, "unknown-register");
    let revoked = server.delete(&format!("{office}/series/A")).operator().send().await;
    revoked.is_problem(StatusCode::NOT_FOUND, "unknown-register");
    let added = server.post(&format!("{STORE}/registers")).operator().json(&json!({"no": 0})).send().await;
    added.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-content");
}

#[tokio::test]
async fn an_archive_is_noted_and_holds_what_was_noted_before() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    server.post("/api/v1/receipts").json(&json!(till.sell(&[("A", 1)]))).send().await;
    server.patch(STORE).operator().json(&json!({"name": "Lyon"})).send().await;
    server.save_all().await;
    let archive = server.get("/api/v1/receipts/export?store=1").operator().send().await;
    let mut export = Export::default();
    archive.text.lines().for_each(|line| export.take(line).unwrap());
    assert_eq!(export.end().unwrap().findings, []);
    assert!(archive.text.contains("settings_changed"), "{}", archive.text);
    let made = acts(&server).await.pop().unwrap();
    assert_eq!(
        (&made["act"], &made["entries"], &made["receipts"]),
        (&json!("archive_made"), &json!(2), &json!(1)),
        "{made}"
    );
}

#[tokio::test]
async fn who_only_asks_what_an_archive_would_be_gets_none_and_none_is_noted() {
    let server = Server::with_demo().await;
    server.patch(STORE).operator().json(&json!({"name": "Lyon"})).send().await;
    let reply = server.head("/api/v1/receipts/export?store=1").operator().send().await;
    assert_eq!((reply.status, &reply.headers["content-type"]), (StatusCode::OK, &"application/jsonl".parse().unwrap()));
    assert_eq!(reply.headers.get("content-length"), None, "a length of none would be a lie");
    assert_eq!(acts(&server).await.len(), 1);
}

#[tokio::test]
async fn an_entry_that_never_reached_the_log_is_told_by_the_sweeper() {
    let server = Server::with_demo().await;
    server.patch(STORE).operator().json(&json!({"name": "Lyon"})).send().await;
    server.patch(STORE).operator().json(&json!({"name": "Lyon Sud"})).send().await;
    let (store, name) = (&server.app().store, server_series::id(StoreNo::FIRST, RegisterNo::OFFICE));
    let told = store.read::<ServerSeries>(&name).await.unwrap().unwrap();
    assert!(told.value.pending().is_none(), "it is told at once where the log is there");
    // As if the process had died between writing the entry down and telling it.
    let last = entries(&server).await.len();
    let reply = server.get("/api/v1/journal?store=1&register=0&limit=1").operator().send().await;
    let mut entry = reply.json["items"][0].clone();
    for stored in ["position", "accepted_at"] {
        entry.as_object_mut().unwrap().remove(stored);
    }
    let mut pending = serde_json::to_value(&told.value).unwrap();
    pending["pending"] = entry;
    let pending: ServerSeries = serde_json::from_value(pending).unwrap();
    let _ = store.write(&name, Some(told.revision), &pending).await.unwrap();
    settle_all(server.app()).await.unwrap();
    assert!(store.read::<ServerSeries>(&name).await.unwrap().unwrap().value.pending().is_none());
    assert_eq!(entries(&server).await.len(), last, "told twice, it is saved once");
}

#[tokio::test]
async fn what_is_decided_while_the_log_is_away_is_told_once_it_is_back_and_nothing_overtakes_it() {
    let script = Script::new(Plan::default());
    let server = Server::with_script(&script).await;
    let rename = async |name| server.patch(STORE).operator().json(&json!({"name": name})).send().await;
    assert_eq!(rename("Lyon").await.status, StatusCode::OK);
    script.take_log_away(true);
    assert_eq!(rename("Lyon Sud").await.status, StatusCode::OK);
    rename("Lyon Nord").await.is_problem(StatusCode::SERVICE_UNAVAILABLE, "log-unavailable");
    assert_eq!(server.get(STORE).send().await.json["name"], "Lyon Sud", "nothing is done that is not noted");
    script.take_log_away(false);
    settle_all(server.app()).await.unwrap();
    assert_eq!(rename("Lyon Est").await.status, StatusCode::OK);
    let names: Vec<_> = acts(&server).await.iter().map(|act| act["to"]["name"].clone()).collect();
    assert_eq!(names, ["Lyon", "Lyon Sud", "Lyon Est"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_chain_is_noted_once_by_the_server_and_what_is_wrong_with_goods_is_not() {
    let server = Server::with_demo().await;
    let mut till = server.till(1).await;
    let mut twin = till.clone();
    let (mut one, mut other) = (Failures::default(), Failures::default());
    one.note(server.app()).await.unwrap();
    other.note(server.app()).await.unwrap();
    assert_eq!(entries(&server).await, [] as [Value; 0], "nothing is wrong, and no office is opened to say so");
    for (sold, again) in
        [(till.sell(&[("A", 1)]), twin.sell(&[("A", 2)])), (till.sell(&[("B", 1)]), twin.sell(&[("A", 3)]))]
    {
        server.post("/api/v1/receipts").json(&json!([sold, again])).send().await;
        server.save_all().await;
        for failures in [&mut one, &mut other, &mut Failures::default()] {
            failures.note(server.app()).await.unwrap();
        }
    }
    let entries = entries(&server).await;
    let noted = entries[1..].iter().map(|entry| (entry["by"].clone(), entry["entry"]["finding"].clone()));
    assert_eq!(
        noted.collect::<Vec<_>>(),
        [(json!("server"), json!("copy_differs")), (json!("server"), json!("copy_differs"))]
    );
    let picture = server.app().store.picture(StoreNo::FIRST).await.unwrap();
    let copies: Vec<_> = picture.findings().filter(|finding| finding.kind == FindingKind::CopyDiffers).collect();
    assert_eq!(copies.len(), 2);
    for (finding, entry) in copies.iter().rev().zip(&entries[1..]) {
        let said = ["position", "record", "journal"].map(|member| &entry["entry"][member]);
        assert_eq!(said, [&json!(finding.position), &json!(finding.event), &json!(false)]);
    }
    lose_the_key(&server).await;
    server.patch(STORE).operator().json(&json!({"name": "Lyon"})).send().await;
    Failures::default().note(server.app()).await.unwrap();
    let all = acts(&server).await;
    let noted = all.iter().filter(|act| act["act"] == "chain_failure_found").count();
    assert_eq!(noted, 2, "nor by another series once the key is lost: {all:?}");
    assert!(picture.findings().any(|finding| finding.kind == FindingKind::UnknownProduct));
}

/// As if `COMPTOIR_KEY` were another one by now.
async fn lose_the_key(server: &Server) {
    let (store, name) = (&server.app().store, server_series::id(StoreNo::FIRST, RegisterNo::OFFICE));
    let held = store.read::<ServerSeries>(&name).await.unwrap().unwrap();
    let mut lost = serde_json::to_value(&held.value).unwrap();
    lost["sealed_key"] = json!("AAAA");
    let lost: ServerSeries = serde_json::from_value(lost).unwrap();
    let _ = store.write(&name, Some(held.revision), &lost).await.unwrap();
}

#[tokio::test]
async fn an_office_whose_key_is_lost_goes_on_with_another_series() {
    let server = Server::with_demo().await;
    server.patch(STORE).operator().json(&json!({"name": "Lyon"})).send().await;
    lose_the_key(&server).await;
    for name in ["Lyon Sud", "Lyon Nord"] {
        let reply = server.patch(STORE).operator().json(&json!({"name": name})).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    }
    let entries = entries(&server).await;
    let places: Vec<_> = entries.iter().map(|entry| (&entry["series"], &entry["number"])).collect();
    let (a, b) = (json!("A"), json!("B"));
    assert_eq!(places, [(&a, &json!(1)), (&a, &json!(2)), (&b, &json!(1)), (&b, &json!(2)), (&b, &json!(3))]);
    let archive = server.get("/api/v1/receipts/export?store=1").operator().send().await;
    let mut export = Export::default();
    archive.text.lines().for_each(|line| export.take(line).unwrap());
    let verified = export.end().unwrap();
    assert_eq!((verified.findings, verified.is_sealed), (vec![], true));
}

#[tokio::test]
async fn no_till_writes_into_the_journal_of_the_office() {
    let server = Server::with_demo().await;
    server.patch(STORE).operator().json(&json!({"name": "Lyon"})).send().await;
    let mut forged = server.till(1).await.posing_as(RegisterNo::OFFICE);
    let entry = forged.note(Act::StaffDismissed { seller: 9.try_into().unwrap() });
    let reply = server.post("/api/v1/journal").json(&json!(entry)).send().await;
    reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "unknown-signature");
    assert_eq!(entries(&server).await.len(), 2);
}
