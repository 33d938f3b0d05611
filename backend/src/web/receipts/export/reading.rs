//! The lines of a chain in the order of its numbers, read page by page in the order in which its records were saved.

use super::line;
use crate::store::{Store, StoreError};
use crate::web::state::App;
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use shared::api::journal::JournalQuery;
use shared::api::receipts::ReceiptQuery;
use shared::chain::Head;
use shared::ids::SeriesId;
use std::collections::BTreeMap;

/// How many records are read at once.
const PAGE: u16 = 500;

/// What a chain is read by.
enum Query {
    Receipts(Box<ReceiptQuery>),
    Journal(Box<JournalQuery>),
}

/// Where the reading of a chain has got to.
struct Reading {
    app: App,
    query: Query,
    is_over: bool,
    next: u64,
    last: u64,
    /// Records that were saved before one with a lower number.
    ahead: BTreeMap<u64, String>,
}

/// The lines of one page by their numbers, and where the next page starts.
type Found = (Vec<(u64, String)>, Option<String>);

/// The receipts of a series, up to its head.
pub(super) fn receipts_of(app: App, series: &SeriesId, head: Head) -> BoxStream<'static, Result<String, StoreError>> {
    let query = ReceiptQuery {
        store: Some(series.store),
        register: Some(series.register),
        series: Some(series.letter.clone()),
        limit: Some(PAGE),
        oldest_first: Some(true),
        ..ReceiptQuery::default()
    };
    lines(app, Query::Receipts(Box::new(query)), head)
}

/// The entries of the journal of a series, up to its end.
pub(super) fn journal_of(app: App, series: &SeriesId, head: Head) -> BoxStream<'static, Result<String, StoreError>> {
    let query = JournalQuery {
        register: Some(series.register),
        series: Some(series.letter.clone()),
        limit: Some(PAGE),
        oldest_first: Some(true),
        ..JournalQuery::of(series.store)
    };
    lines(app, Query::Journal(Box::new(query)), head)
}

fn lines(app: App, query: Query, head: Head) -> BoxStream<'static, Result<String, StoreError>> {
    let reading = Reading { app, query, is_over: false, next: 1, last: head.number, ahead: BTreeMap::new() };
    stream::try_unfold(reading, |mut reading| async move {
        let lines = reading.page().await?;
        Ok::<_, StoreError>(lines.map(|lines| (stream::iter(lines.into_iter().map(Ok)), reading)))
    })
    .try_flatten()
    .boxed()
}

impl Reading {
    /// The lines that one more page of the store brings into order; `None` at the end.
    async fn page(&mut self) -> Result<Option<Vec<String>>, StoreError> {
        if self.is_over || self.next > self.last {
            return Ok(None);
        }
        let (found, next) = self.query.run(&*self.app.store).await?;
        self.ahead.extend(found);
        self.is_over = next.is_none();
        self.query.go_on(next);
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

impl Query {
    async fn run(&self, store: &dyn Store) -> Result<Found, StoreError> {
        Ok(match self {
            Self::Receipts(query) => {
                let page = store.search(query).await?;
                let lines = page.items.iter().map(|it| line(it).map(|line| (it.sealed.body.number.get(), line)));
                (lines.collect::<Result<_, StoreError>>()?, page.next)
            }
            Self::Journal(query) => {
                let page = store.journal(query).await?;
                let lines = page.items.iter().map(|it| line(it).map(|line| (it.sealed.body.number.get(), line)));
                (lines.collect::<Result<_, StoreError>>()?, page.next)
            }
        })
    }

    fn go_on(&mut self, cursor: Option<String>) {
        match self {
            Self::Receipts(query) => query.cursor = cursor,
            Self::Journal(query) => query.cursor = cursor,
        }
    }
}
