//! What people and the web tier decide, as documents: each type with its name in the store and its own rules.
//!
//! The rules are pure; reading and writing is [`update::update`]'s, so that every change is a compare-and-swap.

pub mod attempts;
pub mod basket;
pub mod claim;
pub mod create;
pub mod derived;
pub mod patience;
pub mod pin;
pub mod product;
pub mod refund;
pub mod refusals;
pub mod register;
pub mod seller;
pub mod server_book;
pub mod server_series;
pub mod session;
pub mod setup_code;
pub mod simulation;
pub mod store;
pub mod update;

/// The store behind its trait.
pub type AnyStore = dyn crate::store::Store;
