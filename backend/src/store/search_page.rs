//! Cursor pages: one row more than asked for tells whether there is another page.

use shared::api::Page;
use shared::api::receipts::StoredReceipt;
use shared::ids::StoreNo;
use shared::position::Position;
use std::fmt;
use std::str::FromStr;

/// How many rows a page has: what was asked for, between 1 and 500.
pub fn limit(asked: Option<u16>, default: u16) -> usize {
    asked.unwrap_or(default).clamp(1, 500).into()
}

/// Makes a page of up to `limit + 1` rows; `cursor` names the last row on the page.
pub fn page<T>(mut rows: Vec<T>, limit: usize, cursor: impl Fn(&T) -> String) -> Page<T> {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(cursor);
    Page { items: rows, next }
}

/// The last record on a page of one store's, which are in the order of their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionCursor(pub Position);

impl fmt::Display for PositionCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0.epoch, self.0.offset)
    }
}

impl FromStr for PositionCursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (epoch, offset) = text.split_once('.').ok_or(InvalidCursor)?;
        let epoch = epoch.parse().map_err(|_| InvalidCursor)?;
        Ok(Self(Position { epoch, offset: offset.parse().map_err(|_| InvalidCursor)? }))
    }
}

/// The last receipt on a page, by everything that an engine may order receipts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptCursor {
    /// When the log took it, in Unix milliseconds.
    pub accepted_at: i64,
    /// Its store.
    pub store: StoreNo,
    /// Its place in its store's sequence.
    pub position: Position,
}

/// A text is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor that a page before gave")]
pub struct InvalidCursor;

impl ReceiptCursor {
    /// The cursor of the page behind a receipt.
    pub fn behind(receipt: &StoredReceipt) -> Self {
        let (store, position) = (receipt.sealed.body.store, receipt.position);
        Self { accepted_at: receipt.accepted_at.as_millisecond(), store, position }
    }
}

impl fmt::Display for ReceiptCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { accepted_at, store, position } = self;
        write!(f, "{accepted_at}.{store}.{}.{}", position.epoch, position.offset)
    }
}

impl FromStr for ReceiptCursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        fn part<T: FromStr>(parts: &mut std::str::Split<'_, char>) -> Result<T, InvalidCursor> {
            parts.next().and_then(|part| part.parse().ok()).ok_or(InvalidCursor)
        }
        let parts = &mut text.split('.');
        let (accepted_at, store) = (part(parts)?, part(parts)?);
        let cursor = Self { accepted_at, store, position: Position { epoch: part(parts)?, offset: part(parts)? } };
        if parts.next().is_none() { Ok(cursor) } else { Err(InvalidCursor) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_the_next_one_only_where_there_is_one() {
        assert_eq!(page(vec![1, 2, 3], 2, ToString::to_string).next.as_deref(), Some("2"));
        assert_eq!(page(vec![1, 2], 2, ToString::to_string).next, None);
    }

    #[test]
    fn cursors_round_trip_and_rubbish_is_none() {
        let position = Position { epoch: 1, offset: 77 };
        let cursor = ReceiptCursor { accepted_at: -5, store: StoreNo::FIRST, position };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for rubbish in ["", "1.1.1", "1.1.1.1.1", "1.0.1.1", "1.1.1.-1", "é"] {
            assert_eq!(rubbish.parse::<ReceiptCursor>(), Err(InvalidCursor), "{rubbish}");
        }
        assert_eq!(PositionCursor(position).to_string().parse(), Ok(PositionCursor(position)));
        for rubbish in ["", "1", "1.", "1.1.1", "-1.1"] {
            assert_eq!(rubbish.parse::<PositionCursor>(), Err(InvalidCursor), "{rubbish}");
        }
    }
}
