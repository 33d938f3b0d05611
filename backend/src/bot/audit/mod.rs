//! Holds the server's own data against what the bots issued and delivered.
//!
//! Every receipt is fetched and checked by itself, then replayed in the order of the log with the shared stock rules. The
//! result is compared with the server's levels, alerts and completeness.
//!
//! Without restocking the comparison of alerts is exact: a store's first delivery precedes all its receipts, so the
//! replay gives every crossing with its position and cause. The positions of later deliveries are not in the list of
//! receipts, so with restocking the comparison is of what follows without them: in the history of each product every
//! alert but the last is over before the next is raised, and the last is open exactly if the final level is low.

mod alerts;
mod replay;
mod series;
mod stock;
mod verdict;

pub use verdict::Verdict;

use super::client::{Client, ClientError};
use super::driver::{Backoff, Delivered, Floor, patiently};
use super::plan::Plan;
use crate::clock::Mint;
use replay::{Outcome, Replay};
use series::Series;
use shared::api::alerts::AlertQuery;
use shared::api::receipts::{MAX_BATCH, ReceiptQuery};
use shared::api::stats::StoreCompleteness;
use shared::ids::{Sku, StoreNo};
use shared::notice::{Alert, SeriesStatus, SkuLevel};
use shared::product::Product;
use shared::stock::Threshold;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How long what the savers derive may lag behind the receipts: projections are written every second or so.
const SETTLE: Duration = Duration::from_secs(20);
/// How often it is looked at again until then.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Thresholds of all products.
type Thresholds = BTreeMap<Sku, Threshold>;

/// Audits every store of a run, which has to be over.
pub async fn audit(
    client: &Client,
    floor: &Floor,
    plan: &Plan,
    products: &[Product],
    mint: &Mint,
) -> Result<Verdict, ClientError> {
    let thresholds = products.iter().map(|product| (product.sku.clone(), product.threshold.unwrap_or_default()));
    let auditor = Auditor { client, floor, restocked: plan.restock, thresholds: thresholds.collect(), mint };
    let mut verdict = Verdict::default();
    for store in floor.stores() {
        verdict.add(auditor.audit_store(store).await?);
    }
    Ok(verdict)
}

/// What the savers made of a store's receipts.
struct Derived {
    levels: Vec<SkuLevel>,
    alerts: Vec<Alert>,
    series: Vec<SeriesStatus>,
}

struct Auditor<'a> {
    client: &'a Client,
    floor: &'a Floor,
    restocked: bool,
    thresholds: Thresholds,
    mint: &'a Mint,
}

impl Auditor<'_> {
    async fn audit_store(&self, store: StoreNo) -> Result<Verdict, ClientError> {
        let delivered = self.floor.delivered(store);
        let series = self.floor.registers_of(store).map(|register| Series::of(register)).collect();
        let replayed = self.replay(store, Replay::new(series, &delivered, &self.thresholds)).await?;
        let start = Instant::now();
        loop {
            let derived = self.derived(store).await?;
            let mut verdict = self.compare(store, &replayed, &derived);
            if verdict.is_clean() || start.elapsed() > SETTLE {
                verdict.add(replayed.verdict);
                return Ok(verdict);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    async fn replay(&self, store: StoreNo, mut replay: Replay) -> Result<Outcome, ClientError> {
        let limit = u16::try_from(MAX_BATCH).ok();
        let mut query = ReceiptQuery { store: Some(store), oldest_first: Some(true), limit, ..ReceiptQuery::default() };
        loop {
            let page = self.patiently(|| self.client.receipts(&query)).await?;
            page.items.iter().for_each(|stored| replay.take(stored));
            query.cursor = page.next;
            if query.cursor.is_none() {
                return Ok(replay.finish());
            }
        }
    }

    async fn derived(&self, store: StoreNo) -> Result<Derived, ClientError> {
        let completeness = self.patiently(|| self.client.completeness(store)).await?;
        let of_store = |entry: StoreCompleteness| (entry.store == store).then_some(entry.series);
        Ok(Derived {
            levels: self.patiently(|| self.client.stock(store)).await?.levels,
            alerts: self.history(store).await?,
            series: completeness.into_iter().find_map(of_store).unwrap_or_default(),
        })
    }

    async fn history(&self, store: StoreNo) -> Result<Vec<Alert>, ClientError> {
        let limit = u16::try_from(MAX_BATCH).ok();
        let mut query = AlertQuery { store: Some(store), all: Some(true), cursor: None, limit };
        let mut history = Vec::new();
        loop {
            let mut page = self.patiently(|| self.client.alerts(&query)).await?;
            history.append(&mut page.items);
            query.cursor = page.next;
            if query.cursor.is_none() {
                return Ok(history);
            }
        }
    }

    fn compare(&self, store: StoreNo, replayed: &Outcome, derived: &Derived) -> Verdict {
        let mut verdict = Verdict { alerts_raised: derived.alerts.len() as u64, ..Verdict::default() };
        stock::compare(&replayed.levels, &derived.levels, self.restocked, &mut verdict);
        series::compare(&replayed.series, &derived.series, &mut verdict);
        if self.restocked {
            alerts::compare_alternation(&derived.levels, &derived.alerts, &mut verdict);
        } else {
            alerts::compare_exactly(&replayed.crossings, &derived.alerts, &mut verdict);
        }
        alerts::compare_with_seen(&derived.alerts, |alert| self.floor.has_seen(alert), &mut verdict);
        verdict.in_store(store)
    }

    async fn patiently<T, F: Future<Output = Result<T, ClientError>>>(
        &self,
        ask: impl FnMut() -> F,
    ) -> Result<T, ClientError> {
        patiently(Backoff::new(self.mint.random()), ask).await
    }
}
