//! Names of places in lists, as addresses bring them.

use crate::store::dead_letters::LetterId;
use crate::store::search_page::{PositionCursor, ReceiptCursor};
use std::str::FromStr;

/// Reads a text as the end of a page of one store's records, as that of a page of receipts, and as the name of a dead letter.
/// Gives each that it is, as it is written.
pub fn read_cursor(text: &str) -> [Option<String>; 3] {
    [read::<PositionCursor>(text), read::<ReceiptCursor>(text), read::<LetterId>(text)]
}

fn read<T: FromStr + ToString>(text: &str) -> Option<String> {
    text.parse::<T>().ok().map(|read| read.to_string())
}
