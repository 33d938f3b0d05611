//! What there is at the end, held against what everyone has done and seen.

use super::chronicle::Chronicle;
use super::left;
use super::read;
use super::sales::{Paid, Sales};
use super::stage::{Player, must_run};
use super::stock::Shelf;
use super::support::bots::assert_clean;
use super::support::page::ManagersPage;
use super::support::role::Role;
use super::till;
use super::world::{AUDIT, Tally, World, of_house};
use reqwest::Method;
use shared::api::receipts::StoredReceipt;
use shared::ids::StoreNo;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Audits everything; nobody sells any more. Gives what the bots have done.
pub async fn audit(world: World, chronicle: &Chronicle) -> Tally {
    let mut tally = world.tally();
    let World { mut house, all_along, mut till, pages, shelf, .. } = world;
    let bots = async {
        let result = all_along.stop(AUDIT).await;
        tally.add(&result);
        assert_clean(&result);
    };
    chronicle.watch("the audit of the bots that sold all along", bots).await;
    chronicle.watch("the till finishes", till.finish()).await;
    let (web, sales) = (&house.webs[0], till.sales());
    chronicle.watch("what the till called paid", till_is_right(web, &sales, shelf)).await;
    chronicle.watch("what nobody should have found", Box::pin(nothing_is_found(web))).await;
    for store in read::stores(web).await.into_iter().map(|store| store.no) {
        chronicle.watch(&format!("the export of store {store}"), verify(web, store, &house.logs)).await;
    }
    let mut all = 0;
    let theirs = read::stores(web).await.into_iter().filter(left::is_theirs);
    for store in theirs.map(|store| store.no) {
        let found = chronicle.watch(&format!("what bots have left in store {store}"), left::is_right(web, store)).await;
        all += found.unwrap_or(0);
    }
    tally.left = u64::try_from(all).unwrap_or(0).saturating_sub(tally.issued);
    for (web, page) in house.webs.iter().zip(&pages) {
        let fresh = ManagersPage::open(web).await;
        let told = web.until("the page shows what a fresh one does", async || page.agrees_with(&fresh));
        chronicle.watch("a manager's page that was open all along", told).await;
    }
    // Where none is raised, that each crossing raised one says nothing. Where something stopped the run early, none had to be.
    if tally.alerts == 0 && chronicle.is_clean() {
        chronicle.violated("nobody has raised an alert".to_owned());
    }
    for Player { whom, victim } in of_house(&mut house) {
        chronicle.watch("who is there at the end", async { must_run(whom, victim) }).await;
    }
    for role in house.webs.iter().chain(&house.savers) {
        if let Some(line) = role.log().lines().find(|line| line.contains("panicked at")) {
            chronicle.violated(format!("a role has panicked: {line}"));
        }
    }
    tally
}

/// What the screen called *paid* is saved once as the screen said it, in a series without gap, and gone from the shelf.
async fn till_is_right(web: &Role, sales: &Sales, mut shelf: Shelf) {
    let (store, register) = till::PLACE;
    let saved = read::receipts(web, store).await;
    let of_till = saved.iter().filter(|receipt| receipt.sealed.body.register == register);
    let mut of_till: Vec<_> = of_till.map(told).collect();
    of_till.sort_by_key(|saved| saved.number);
    assert!(sales.all_paid().next().is_some(), "the till has sold something");
    for paid in sales.all_paid() {
        let copies = of_till.iter().filter(|saved| *saved == paid).count();
        assert_eq!(copies, 1, "{paid:?} is in the store {copies} times");
    }
    // A browser that died between paying and saying so has sold something that nobody saw.
    assert_eq!(sales.unexplained(&of_till), None, "nobody tried to sell it, or more than one came of it");
    let count = of_till.len();
    let numbers: BTreeSet<_> = of_till.iter().map(|saved| (saved.series.clone(), saved.number)).collect();
    assert_eq!(numbers.len(), count, "no number was given twice");
    // What is added up follows the receipts by the length of a checkpoint.
    web.until("one series, complete and as long as what is saved", async || is_complete(web, count).await).await;
    shelf.sell(&saved);
    shelf.assert_is(&Shelf::of(web, store).await);
}

/// Whether the till's register has one series of so many receipts, without a gap.
async fn is_complete(web: &Role, count: usize) -> bool {
    let (store, register) = till::PLACE;
    let series = read::series(web, store).await.into_iter();
    let series: Vec<_> = series.filter(|series| series.register == register).collect();
    matches!(&series[..], [one] if one.saved.is_complete() && u64::try_from(count) == Ok(one.saved.count()))
}

fn told(StoredReceipt { sealed, .. }: &StoredReceipt) -> Paid {
    let body = &sealed.body;
    Paid { series: body.series.clone(), number: body.number.get(), total: body.total, seal: sealed.signature.short() }
}

/// Nobody wrote anything that is wrong, so that nothing is flagged or put aside.
async fn nothing_is_found(web: &Role) {
    let letters = web.get("dead-letters").await;
    assert_eq!(letters["items"].as_array().map(Vec::len), Some(0), "{letters}");
    let page = ManagersPage::open(web).await;
    let mut all = Vec::new();
    for store in read::stores(web).await {
        // One whose bots were killed before anything of it was in the log is nothing to show.
        if !left::is_theirs(&store) || !read::series(web, store.no).await.is_empty() {
            all.push(store.no);
        }
    }
    web.until("a page shows every store", async || all.iter().all(|no| page.shows().contains_key(no))).await;
    let findings =
        page.shows().values().flat_map(|picture| picture.findings().cloned().collect::<Vec<_>>()).collect::<Vec<_>>();
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(page.unplaced(), 0, "every record names its store");
}

/// `comptoir verify` finds nothing in a store's export.
async fn verify(web: &Role, store: StoreNo, logs: &Path) {
    let export = web.ask(Method::GET, &format!("receipts/export?store={store}"), None).await;
    let file = logs.join(format!("store-{store}.jsonl"));
    std::fs::write(&file, export.text().await.expect("the export is whole")).expect("it can be kept");
    let verified = Command::new(env!("CARGO_BIN_EXE_comptoir")).arg("verify").arg(&file).output().expect("it starts");
    let said = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success(), "{}: {said}", file.display());
}
