//! Finding entries of the journal among the movements.

use super::StoreError;
use super::search_page::{self, PositionCursor};
use async_trait::async_trait;
use shared::api::Page;
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::time::Day;

/// Where entries of the journal are found again. They are saved as every record is.
#[async_trait]
pub trait Journal {
    /// Entries of a store by their positions, the newest first unless asked otherwise, one page at a time.
    async fn journal(&self, query: &JournalQuery) -> Result<Page<StoredEntry>, StoreError>;
}

/// The bounds of the moments of a query: texts that begin with a local date sort by it. The first is in, the last is out.
pub fn moments(query: &JournalQuery) -> (Option<String>, Option<String>) {
    let text = |day: Day| day.to_string();
    (query.from.map(text), query.to.map(|day| text(day.plus_days(1))))
}

/// Makes a page of up to `limit + 1` entries.
pub fn page(rows: Vec<StoredEntry>, limit: usize) -> Page<StoredEntry> {
    search_page::page(rows, limit, |entry| PositionCursor(entry.position).to_string())
}
