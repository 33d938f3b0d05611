//! `comptoir import products.csv`: brings a price list into a running server.

mod command;
mod decimal;
pub mod products;

pub use command::{Arguments, run};
