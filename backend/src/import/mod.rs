//! `comptoir import products.csv` brings a price list into a running server, `comptoir import receipts FILE` what a till has
//! exported.

mod catalogue;
mod command;
mod decimal;
pub mod products;
mod receipts;
mod server;

pub use command::{Command, run};
