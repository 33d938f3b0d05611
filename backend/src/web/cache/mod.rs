//! What is kept in memory to spare reads. Everything here can be dropped at any time.

mod catalogue;
mod outage;
mod recent;
mod stores;

pub use catalogue::{Catalogue, CatalogueCache};
pub use outage::Outage;
pub use recent::Recent;
pub use stores::{StoreCache, StoreView};
