//! The web tier: validates, publishes and answers. It holds nothing that matters: any number of it may run.

mod cache;
mod caller;
mod catalogue;
mod extract;
mod http;
mod live;
mod openapi;
mod ops;
mod pins;
pub mod problem;
mod publish;
mod receipts;
mod registers;
pub mod router;
mod sellers;
mod sessions;

mod site;
pub mod state;

mod stock;
mod stores;

#[cfg(test)]
mod testing;

pub use state::{App, AppState, Parts, Settings};
