//! Targets that look into the server.

pub mod archive;
pub mod cursors;
pub mod ledger;
pub mod messages;
pub mod posted;
pub mod price_list;
mod problem;
pub mod queries;
