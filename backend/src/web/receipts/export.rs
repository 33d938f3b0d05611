//! `GET receipts/export`: a store's receipts with the keys of its series, for whoever verifies them without us.

use crate::model::register;
use crate::store::StoreError;
use crate::web::caller::Caller;
use crate::web::extract::Query;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};
use shared::api::problem::Problem;
use shared::api::receipts::ReceiptQuery;
use shared::chain::Head;
use shared::ids::StoreNo;
use shared::verify::{Ending, Heading, SeriesHead, SeriesKey};
use std::collections::BTreeMap;

/// How many receipts are read at once.
const PAGE: u16 = 500;

/// Which receipts to export.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The store.
    store: StoreNo,
}

/// A store's receipts as JSON lines: a heading, the key of each series, the receipts of each series in the order of their
/// numbers, and where each series ends. `comptoir verify` checks it with nothing else at hand.
#[utoipa::path(
    get,
    path = "/receipts/export",
    tag = "receipts",
    params(ExportQuery),
    responses(
        (status = 200, body = String, content_type = "application/jsonl", description = "One object to a line."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ExportQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let view = app.stores.require(query.store).await?;
    caller.must_manage(&view.store)?;
    let all = series(&app, query.store).await?;
    let heading = line(&Heading::of(query.store))?;
    let mut opening = vec![heading];
    for (key, _) in &all {
        opening.push(line(key)?);
    }
    let receipts = all.iter().map(|(_, head)| head.number).sum();
    let heads = all.iter().map(|(key, head)| SeriesHead { series: key.series.clone(), head: *head }).collect();
    let ending = line(&Ending { heads, receipts })?;
    let lines = stream::iter(opening.into_iter().map(Ok))
        .chain(stream::iter(all).flat_map(move |(key, head)| receipts_of(app.clone(), key, head)))
        .chain(stream::once(async { Ok(ending) }));
    let file = format!("attachment; filename=\"comptoir-store-{}.jsonl\"", query.store);
    let headers = [(header::CONTENT_TYPE, "application/jsonl".to_owned()), (header::CONTENT_DISPOSITION, file)];
    Ok((headers, Body::from_stream(lines)))
}

/// The store's series, and where each ends as far as it is saved without a gap.
async fn series(app: &App, store: StoreNo) -> Result<Vec<(SeriesKey, Head)>, ApiError> {
    let mut found = Vec::new();
    for document in register::of_store(&*app.store, store).await? {
        for entry in &document.series {
            let series = document.series_id(entry);
            let saved = app.store.one_series(&series).await?.filter(|series| series.root.is_some());
            let head = saved.map_or(Head { number: 0, hash: entry.prev }, |series| series.last());
            found.push((SeriesKey { series, public_key: entry.public_key, prev: entry.prev }, head));
        }
    }
    Ok(found)
}

/// Where the reading of a series has got to.
struct Reading {
    app: App,
    query: ReceiptQuery,
    is_over: bool,
    next: u64,
    last: u64,
    /// Receipts that were saved before one with a lower number.
    ahead: BTreeMap<u64, String>,
}

/// The lines of a series in the order of its numbers, up to its head.
fn receipts_of(app: App, key: SeriesKey, head: Head) -> impl stream::Stream<Item = Result<String, StoreError>> {
    let query = ReceiptQuery {
        store: Some(key.series.store),
        register: Some(key.series.register),
        series: Some(key.series.letter),
        limit: Some(PAGE),
        oldest_first: Some(true),
        ..ReceiptQuery::default()
    };
    let reading = Reading { app, query, is_over: false, next: 1, last: head.number, ahead: BTreeMap::new() };
    stream::try_unfold(reading, |mut reading| async move {
        let lines = reading.page().await?;
        Ok::<_, StoreError>(lines.map(|lines| (stream::iter(lines.into_iter().map(Ok)), reading)))
    })
    .try_flatten()
}

impl Reading {
    /// The lines that one more page of the store brings into order; `None` at the end.
    async fn page(&mut self) -> Result<Option<Vec<String>>, StoreError> {
        if self.is_over || self.next > self.last {
            return Ok(None);
        }
        let page = self.app.store.search(&self.query).await?;
        for receipt in &page.items {
            self.ahead.insert(receipt.sealed.body.number.get(), line(receipt)?);
        }
        self.query.cursor = page.next;
        self.is_over = self.query.cursor.is_none();
        let mut lines = Vec::new();
        while self.next <= self.last
            && let Some(line) = self.ahead.remove(&self.next)
        {
            lines.push(line);
            self.next += 1;
        }
        Ok(Some(lines))
    }
}

fn line(value: &impl Serialize) -> Result<String, StoreError> {
    Ok(serde_json::to_string(value)? + "\n")
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;
    use shared::verify::{Export, Fault};

    const PATH: &str = "/api/v1/receipts/export?store=1";

    fn verified(text: &str) -> Vec<(u64, Fault)> {
        let mut export = Export::default();
        text.lines().for_each(|line| export.take(line).unwrap());
        let (_, findings) = export.end().unwrap();
        findings.into_iter().map(|finding| (finding.number, finding.fault)).collect()
    }

    async fn exported(receipts: usize) -> String {
        let server = Server::with_demo().await;
        let mut till = server.till(1).await;
        let mut sold: Vec<_> = (0..receipts).map(|_| till.sell(&[("A", 1)])).collect();
        // They need not arrive in the order of their numbers.
        sold.rotate_left(1);
        for receipt in &sold {
            server.post("/api/v1/receipts").json(&json!(receipt)).send().await;
        }
        server.save_all().await;
        let reply = server.get(PATH).operator().send().await;
        assert_eq!(reply.status, StatusCode::OK);
        reply.text
    }

    #[tokio::test]
    async fn an_export_verifies_by_itself() {
        let text = exported(3).await;
        assert_eq!(text.matches("\"body\"").count(), 3);
        assert_eq!(verified(&text), []);
    }

    #[tokio::test]
    async fn whoever_changes_one_digit_or_takes_one_out_is_found_out() {
        let text = exported(3).await;
        let lines: Vec<_> = text.lines().collect();
        let second = lines.iter().position(|line| line.contains("\"number\":2,")).unwrap();
        let altered = text.replace(lines[second], &lines[second].replace("\"quantity\":1000", "\"quantity\":2000"));
        assert_eq!(verified(&altered), [(2, Fault::Altered)]);
        let widened = text.replace(lines[second], &lines[second].replace("\"body\":{", "\"body\":{\"hat\":1,"));
        assert_eq!(verified(&widened), [(2, Fault::Altered)]);
        let removed = text.replace(&format!("{}\n", lines[second]), "");
        assert_eq!(verified(&removed), [(2, Fault::Missing)]);
    }

    #[tokio::test]
    async fn only_managers_and_operators_get_it() {
        let server = Server::with_demo().await;
        let seller = server.sign_in(1, 1).await;
        server.get(PATH).cookie(&seller).send().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
        server.get(PATH).send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }
}
