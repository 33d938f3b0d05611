//! Targets that look into the server.

pub mod archive;
pub mod ledger;
pub mod posted;
pub mod price_list;
