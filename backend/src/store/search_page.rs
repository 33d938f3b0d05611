//! Cursor pages: one row more than asked for tells whether there is another page.

use shared::api::Page;
use shared::position::Position;

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

/// Reads a cursor that was made from a position; anything else is no cursor.
pub fn position(cursor: &str) -> Option<Position> {
    let (epoch, offset) = cursor.split_once('-')?;
    Some(Position { epoch: epoch.parse().ok()?, offset: offset.parse().ok()? })
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
        let at = Position { epoch: 1, offset: 77 };
        assert_eq!(position(&at.to_string()), Some(at));
        assert_eq!(position("1--7"), None);
        assert_eq!(position("é"), None);
    }
}
