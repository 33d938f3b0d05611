//! The web tier: validates, publishes and answers. It holds nothing that matters: any number of it may run.

mod alerts;
mod baskets;
mod cache;
mod caller;
mod catalogue;
mod dead_letters;
mod desk;
mod extract;
mod http;
mod intake;
mod journal;
mod live;
mod openapi;
mod ops;
mod paging;
mod pins;
mod problem;
mod publish;
mod receipts;
mod refunds;
mod refusals;
mod registers;
pub mod router;
pub mod saver_pages;
mod sellers;
mod server_series;
mod sessions;
pub mod setup;
mod signed;
mod simulations;
mod site;
pub mod starting;
mod state;
mod stats;
mod stock;
mod stores;
pub mod sweeper;
mod wall;

#[cfg(test)]
pub mod simulated;
#[cfg(test)]
pub mod testing;

pub use extract::Query;
pub use signed::{Posted, Signed};
pub use state::{AppState, DEMO_TOKEN, Parts, Settings};
