//! What is kept in memory to spare reads. Everything here can be dropped at any time.

mod backlog;
mod catalogue;
mod outage;
mod stores;

pub use backlog::BacklogCache;
pub use catalogue::{Catalogue, CatalogueCache};
pub use outage::Outage;
pub use stores::{StoreCache, StoreView};
