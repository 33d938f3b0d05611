//! Reading a store out: row by row, as of one place in each store's sequence.

use super::ArchiveError;
use super::cut::{Cuts, sums};
use super::entry::Entry;
use super::mark::RestoreMark;
use crate::log::EventLog;
use crate::log::kafka::identity::LogIdentity;
use crate::model::AnyStore;
use crate::store::StoreError;
use crate::store::archive::Table;
use crate::store::dead_letters::LetterFilter;
use crate::store::documents::Document;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use async_trait::async_trait;
use shared::finding::Finding;
use shared::ids::StoreNo;
use shared::notice::Alert;
use shared::position::Position;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How many rows are in memory at once.
const PAGE: usize = 500;

/// Whoever takes what is read out.
#[async_trait]
pub trait Sink: Send {
    /// Takes the next row.
    async fn take(&mut self, entry: &Entry) -> Result<(), ArchiveError>;
}

/// Two that take the same.
pub struct Both<'a>(pub &'a mut dyn Sink, pub &'a mut dyn Sink);

#[async_trait]
impl Sink for Both<'_> {
    async fn take(&mut self, entry: &Entry) -> Result<(), ArchiveError> {
        self.0.take(entry).await?;
        self.1.take(entry).await
    }
}

/// Reads everything out. Projections come first, since they say how far the rest has to go.
pub async fn read_out(store: &AnyStore, sink: &mut dyn Sink) -> Result<Cuts, ArchiveError> {
    let cuts = projections(store, sink).await?;
    for table in Table::ALL {
        records(store, table, &cuts, sink).await?;
    }
    letters(store, &cuts, sink).await?;
    documents(store, sink).await?;
    Ok(cuts)
}

async fn projections(store: &AnyStore, sink: &mut dyn Sink) -> Result<Cuts, ArchiveError> {
    let (mut cuts, mut after) = (Cuts::default(), None);
    loop {
        let filter = ProjectionFilter { after, limit: u32::try_from(PAGE).ok(), ..ProjectionFilter::default() };
        let page = store.list(ProjectionKind::Settings, filter).await?;
        let Some(last) = page.last() else { return Ok(cuts) };
        after = Some((last.store, last.id.clone()));
        for Projected { store: no, .. } in page {
            let (cut, sums) = sums(store, no).await?.ok_or(ArchiveError::HalfWritten(no))?;
            cuts.set(no, cut);
            for document in sums {
                sink.take(&Entry::Projection(document)).await?;
            }
            for kind in [ProjectionKind::Alert, ProjectionKind::Finding] {
                noted(store, kind, no, cut, sink).await?;
            }
        }
    }
}

/// Alerts and findings of one store, as they were at the cut.
async fn noted(
    store: &AnyStore,
    kind: ProjectionKind,
    no: StoreNo,
    cut: Position,
    sink: &mut dyn Sink,
) -> Result<(), ArchiveError> {
    let mut after = None;
    loop {
        let filter = ProjectionFilter { store: Some(no), after, limit: u32::try_from(PAGE).ok(), descending: false };
        let page = store.list(kind, filter).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some((last.store, last.id.clone()));
        for document in page {
            if let Some(document) = as_of(document, cut)? {
                sink.take(&Entry::Projection(document)).await?;
            }
        }
    }
}

/// A finding or alert as it was at the cut, if it was there. A checkpoint writes them before the sums that they follow
/// from, so they may be ahead of those.
fn as_of(document: Projected, cut: Position) -> Result<Option<Projected>, StoreError> {
    if document.position <= cut {
        return Ok(Some(document));
    }
    let made = match document.kind {
        ProjectionKind::Alert => serde_json::from_slice::<Alert>(&document.body)?.raised,
        _ => serde_json::from_slice::<Finding>(&document.body)?.position,
    };
    if made > cut || document.kind != ProjectionKind::Alert {
        return Ok(None);
    }
    let open = Alert { cleared_at: None, ..serde_json::from_slice(&document.body)? };
    Ok(Some(Projected { position: cut, body: serde_json::to_vec(&open)?, ..document }))
}

async fn records(store: &AnyStore, table: Table, cuts: &Cuts, sink: &mut dyn Sink) -> Result<(), ArchiveError> {
    let mut after = None;
    loop {
        let page = store.records(table, after.as_deref(), PAGE).await?;
        for record in page.items.into_iter().filter(|record| cuts.hold_record(record)) {
            sink.take(&Entry::Record(record)).await?;
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// A letter that names no store is in no sums: it is carried in any case.
async fn letters(store: &AnyStore, cuts: &Cuts, sink: &mut dyn Sink) -> Result<(), ArchiveError> {
    let mut after = None;
    loop {
        let page = store.letters(LetterFilter::default(), after, PAGE).await?;
        after = page.items.last().map(|letter| letter.id);
        for letter in page.items {
            if letter.store.is_none_or(|store| cuts.hold(store, letter.id.position)) {
                sink.take(&Entry::Letter(letter)).await?;
            }
        }
        if page.next.is_none() {
            return Ok(());
        }
    }
}

/// Which log the store is fed from is not carried: the next one is another.
async fn documents(store: &AnyStore, sink: &mut dyn Sink) -> Result<(), ArchiveError> {
    let mut after = None;
    loop {
        let page = store.every_document(after.as_deref(), PAGE).await?;
        let carried = |kind: &str| kind != LogIdentity::KIND && kind != RestoreMark::KIND;
        for document in page.items.into_iter().filter(|document| carried(&document.kind)) {
            sink.take(&Entry::Document(document)).await?;
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Reads out what is in the log and not in the sums yet, in the log's order. Only a log with one partition is read so.
pub async fn read_log(log: &dyn EventLog, cuts: &Cuts, sink: &mut dyn Sink) -> Result<(), ArchiveError> {
    let mut partition = log.consume(&CancellationToken::new()).await?.next().await?;
    loop {
        let records = partition.poll(PAGE, Duration::ZERO).await?;
        if records.is_empty() {
            return Ok(());
        }
        for record in records {
            if !record.store.is_some_and(|store| cuts.hold(store, record.position)) {
                sink.take(&Entry::Event(record)).await?;
            }
        }
    }
}
