//! The records of a chain, read page by page in the order in which they were saved.

use super::in_order::InOrder;
use super::line;
use super::series::Saved;
use crate::store::{Store, StoreError};
use serde::Serialize;
use shared::api::Page;
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::api::receipts::{ReceiptQuery, StoredReceipt};
use shared::chain::{Head, Sealed};
use shared::ids::SeriesId;
use shared::money::Money;
use shared::position::Position;
use shared::verify::{Chain, Chained, Holds, SeriesHead};

/// How many records are read at once.
const PAGE: u16 = 500;

/// How many records wait in memory for one with a lower number at most: some megabytes.
const WAITING: usize = 5_000;

/// Where the reading of a chain has got to.
pub(super) struct Reading {
    query: Query,
    /// The last place in the log that the archive reflects.
    until: Position,
    order: InOrder<Record>,
    is_over: bool,
    end: SeriesHead,
}

/// What a chain is read by.
enum Query {
    Receipts(Box<ReceiptQuery>),
    Journal(Box<JournalQuery>),
}

/// A record as it stands in the archive.
struct Record {
    head: Head,
    amount: Option<Money>,
    line: String,
}

/// The records of one page by their places in the log, and where the next page starts.
type Found = (Vec<(Position, Record)>, Option<String>);

impl Reading {
    /// Begins to read a chain of a series, as far as it was saved.
    pub(super) fn of(chain: Chain, series: SeriesId, saved: Saved) -> Self {
        let query = Query::of(chain, &series);
        let Saved { until, numbers, head } = saved;
        let end = SeriesHead { series, head, holds: Some(Holds::default()) };
        Self { query, until, order: InOrder::new(numbers, WAITING), is_over: false, end }
    }

    /// The lines that one more page of the store brings into order; `None` at the end.
    pub(super) async fn page(&mut self, store: &dyn Store) -> Result<Option<String>, StoreError> {
        if self.is_over {
            return Ok(None);
        }
        let (found, next) = self.query.run(store).await?;
        let mut given = Vec::new();
        let mut is_last = next.is_none();
        self.query.go_on(next);
        for (position, record) in found {
            if position > self.until {
                is_last = true;
                break;
            }
            self.order.take(record.head.number, record, &mut given);
        }
        if is_last {
            self.query.go_on(None);
            self.is_over = !self.order.end(&mut given);
        }
        Ok(Some(self.lines(&given)))
    }

    /// Which chain it was, where it ends, and what was given of it.
    pub(super) fn end(self) -> (Chain, SeriesHead) {
        (self.query.chain(), self.end)
    }

    fn lines(&mut self, given: &[Record]) -> String {
        let holds = self.end.holds.get_or_insert_default();
        for record in given {
            holds.add(record.head, record.amount);
        }
        given.iter().map(|record| &*record.line).collect()
    }
}

impl Query {
    fn of(chain: Chain, series: &SeriesId) -> Self {
        match chain {
            Chain::Receipts => Self::Receipts(Box::new(ReceiptQuery {
                store: Some(series.store),
                register: Some(series.register),
                series: Some(series.letter.clone()),
                limit: Some(PAGE),
                oldest_first: Some(true),
                ..ReceiptQuery::default()
            })),
            Chain::Journal => Self::Journal(Box::new(JournalQuery {
                register: Some(series.register),
                series: Some(series.letter.clone()),
                limit: Some(PAGE),
                oldest_first: Some(true),
                ..JournalQuery::of(series.store)
            })),
        }
    }

    const fn chain(&self) -> Chain {
        match self {
            Self::Receipts(_) => Chain::Receipts,
            Self::Journal(_) => Chain::Journal,
        }
    }

    async fn run(&self, store: &dyn Store) -> Result<Found, StoreError> {
        match self {
            Self::Receipts(query) => found(store.search(query).await?, |it: &StoredReceipt| (it.position, &it.sealed)),
            Self::Journal(query) => found(store.journal(query).await?, |it: &StoredEntry| (it.position, &it.sealed)),
        }
    }

    fn go_on(&mut self, cursor: Option<String>) {
        match self {
            Self::Receipts(query) => query.cursor = cursor,
            Self::Journal(query) => query.cursor = cursor,
        }
    }
}

fn found<S: Serialize, T: Chained>(
    page: Page<S>,
    within: impl Fn(&S) -> (Position, &Sealed<T>),
) -> Result<Found, StoreError> {
    let record = |stored: &S| {
        let (position, Sealed { body, hash, .. }) = within(stored);
        let head = Head { number: body.place(), hash: *hash };
        Ok((position, Record { head, amount: body.amount(), line: line(stored)? }))
    };
    Ok((page.items.iter().map(record).collect::<Result<_, StoreError>>()?, page.next))
}
