//! What the server reads for the closing of a day (Z): of 10,000 receipts, and of ten. The till's own part, which makes the
//! figures, is counted in a browser (`e2e/tests/till-closing.spec.ts`).

use crate::committed::Committed;
use crate::figures::{Budget, Figure};
use crate::support::house::House;
use crate::support::role::Role;
use crate::support::wire::Wire;
use reqwest::Method;
use serde_json::{Value, json};
use shared::api::receipts::MAX_BATCH;
use shared::example::Till;
use std::time::Instant;

/// The days that are closed: how many receipts each has, from noon to the evening.
const FEW: usize = 10;
const MANY: usize = 10_000;
const SECONDS: u8 = 3;

/// Lines of a receipt.
const LINES: usize = 2;

/// How many documents are a handful.
const HANDFUL: f64 = 10.0;

/// What a day's closing takes, by what is done.
#[derive(Default)]
struct Taken {
    /// Documents that the web tier and the saver read until the closing is taken and known to be complete.
    settled: Vec<f64>,
    /// Documents that are read to list it, and milliseconds.
    listed: [Vec<f64>; 2],
    /// The same for months and year.
    calendar: [Vec<f64>; 2],
}

/// Closes a day of each size, and asks for the closings as often as it takes to tell their time.
pub async fn measure(repeats: u32) -> Vec<Figure> {
    let (many, few) = (day(MANY, repeats).await, day(FEW, repeats).await);
    let documents = |name: &str, many, few| {
        let name = format!("closing, documents read to {name} after {MANY} receipts; bare: after {FEW}");
        Figure::bounded(&name, many, few, Some(Budget::AtMost(HANDFUL)))
    };
    let millis = |name: &str, many, few| Figure::beside(&format!("closing, ms to {name}"), many, few, None);
    let ([listed, listing], [few_listed, few_listing]) = (many.listed, few.listed);
    let ([summed, summing], [few_summed, few_summing]) = (many.calendar, few.calendar);
    vec![
        documents("take it and hold it against its receipts", many.settled, few.settled),
        documents("list it", listed, few_listed),
        millis("list it", listing, few_listing),
        documents("list its month and year", summed, few_summed),
        millis("list its month and year", summing, few_summing),
    ]
}

/// A house in which one till sells so much and closes.
async fn day(receipts: usize, repeats: u32) -> Taken {
    let mut house = House::without_roles("bench/closing").await;
    let wire = house.wire().await;
    house.employ(1, 1).await;
    let web = &house.webs[0];
    let closing = sell(web, receipts).await;
    all_is_committed(&house, web).await;
    let before = wire.given();
    post(web, "journal", &[closing]).await;
    all_is_committed(&house, web).await;
    let mut taken = Taken { settled: vec![counted(wire.given() - before)], ..Taken::default() };
    assert_eq!(web.get("stores/1/closings").await["items"][0]["state"], "complete");
    for _ in 0..10 * repeats {
        ask(web, &wire, "stores/1/closings", &mut taken.listed).await;
        ask(web, &wire, "stores/1/closings/calendar?year=2026", &mut taken.calendar).await;
    }
    taken
}

/// Sells at the demo's first register, and gives the entry of the journal that closes the day.
async fn sell(web: &Role, receipts: usize) -> Value {
    let mut till = Till::new(1).every(SECONDS);
    let enrol = json!({ "public_key": till.series_key().public_key, "holder": "bench" });
    let enrolled = web.ask(Method::POST, "stores/1/registers/1/series", Some(enrol)).await;
    assert!(enrolled.status().is_success(), "{enrolled:?}");
    let sold: Vec<_> = (0..receipts).map(|_| till.sell(LINES)).collect();
    for batch in sold.chunks(MAX_BATCH) {
        post(web, "receipts", &batch.iter().map(|receipt| json!(receipt)).collect::<Vec<_>>()).await;
    }
    let closing = till.closing(&sold);
    json!(till.note(closing))
}

async fn post(web: &Role, path: &str, records: &[Value]) {
    let reply = web.ask(Method::POST, path, Some(json!(records))).await;
    assert!(reply.status().is_success(), "{path}: {}", reply.text().await.unwrap_or_default());
}

/// Everything in the log is saved, with what is added up from it.
async fn all_is_committed(house: &House, web: &Role) {
    let committed = Committed::of(house);
    web.until("everything is committed", async || committed.is_all()).await;
}

/// Asks once, and notes how many documents were read for it and how long it took.
async fn ask(web: &Role, wire: &Wire, path: &str, [documents, millis]: &mut [Vec<f64>; 2]) {
    let (before, start) = (wire.given(), Instant::now());
    let told = web.get(path).await;
    millis.push(start.elapsed().as_secs_f64() * 1000.0);
    documents.push(counted(wire.given() - before));
    assert!(!told.is_null(), "there is an answer");
}

fn counted(documents: usize) -> f64 {
    f64::from(u32::try_from(documents).expect("a count"))
}
