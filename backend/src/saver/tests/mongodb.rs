//! What saving costs, counted on a running server: how often it is asked, and how many documents it is given.

use super::{PATIENCE, start};
use crate::log::NewRecord;
use crate::store::mongo::tests::Watched;
use crate::testing::faulty::{Plan, Script};
use crate::testing::{Embedded, Engine, Opened, Till, delivery, new_record, sale};
use std::sync::Arc;

/// How many records go into the log at once: what a saver takes as one batch.
const BATCH: usize = 1000;
/// How many products each receipt lists, of all that are sold.
const PRODUCTS: usize = 400;

fn receipts(till: &mut Till) -> Vec<NewRecord> {
    let names: Vec<_> = (0..PRODUCTS).map(|product| format!("P{product}")).collect();
    let sold = |number: usize| {
        let items: Vec<_> = (0..5).map(|line| (names[(number * 5 + line) % PRODUCTS].as_str(), 1)).collect();
        new_record(sale(&till.sell(&items)))
    };
    (0..BATCH).map(sold).collect()
}

async fn committed(opened: &Opened) {
    let began = std::time::Instant::now();
    while opened.log.backlog().await.unwrap() > 0 {
        assert!(began.elapsed() < PATIENCE, "it was never committed");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_batch_of_a_thousand_receipts_is_an_insert_and_an_update_of_a_few_documents() {
    let (engine, watched) = (Embedded::new(), Watched::open().await);
    let opened = Opened { log: engine.open().await.log, store: Arc::clone(&watched.mongo) as _ };
    let mut till = Till::new(1, 1);
    let saver = start(&opened, &Script::new(Plan::default()), None);
    opened.log.append(vec![new_record(delivery(1, &[("P0", 9)])), new_record(till.enrolment(2))]).await.unwrap();
    opened.log.append(receipts(&mut till)).await.unwrap();
    committed(&opened).await;
    watched.sent();
    opened.log.append(receipts(&mut till)).await.unwrap();
    committed(&opened).await;
    // The stock's pages, of which there are 64, the series, the day and what is known of the store.
    let written = watched.written();
    let [insert, update] = written.as_slice() else { panic!("it took other commands: {written:?}") };
    assert_eq!(*insert, ("insert".to_owned(), BATCH));
    assert_eq!(update.0, "update");
    assert!(update.1 <= 64 + 3, "{} documents for {BATCH} receipts of one register", update.1);
    saver.finish(&opened).await;
}
