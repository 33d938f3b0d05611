//! What is measured and fuzzed: pure functions of the server, over bytes that come from outside and over what they lead to.
//!
//! Benches and fuzz targets are programs of their own, and this is all that they see. What goes in and out is bytes, texts and
//! the domain's own types, so that nothing of the server's inside has to keep its shape for their sake.

mod archive;
mod cursor;
mod ledger;
mod message;
mod posted;
mod query;

pub use archive::read_archive;
pub use cursor::read_cursor;
pub use ledger::Ledger;
pub use message::{LogMessage, read_log_message, write_log_message};
pub use posted::{Told, read_posted_entries, read_posted_receipts};
pub use query::read_query;

use shared::product::Product;

/// Reads a price list in CSV, as `comptoir import` does. Gives its products, and the reasons why other rows are none, each
/// with its line.
pub fn read_price_list(text: &[u8]) -> (Vec<Product>, Vec<String>) {
    let rows = crate::import::products::read(text);
    (rows.products, rows.errors.iter().map(ToString::to_string).collect())
}
