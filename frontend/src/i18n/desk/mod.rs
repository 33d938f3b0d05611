//! The words of the manager's desk, one file per page.
//!
//! Each is a function, so that a view that names it follows the language.

pub mod alerts;
pub mod arrival;
pub mod bots;
pub mod direct;
mod entry_findings;
pub mod findings;
pub mod frame;
pub mod journal;
pub mod letters;
pub mod problems;
pub mod receipts;
pub mod refusals;
pub mod registers;
pub mod report;
pub mod setup;
pub mod stocks;
pub mod stores;
