//! The domain of Comptoir, pure: no I/O, no clock, no random source.
//!
//! The browser and the server compile this same code, so what a till signs is what a server checks and what a page
//! shows is what a saver wrote.

pub mod api;
pub mod author;
pub mod backoff;
pub mod basket;
pub mod canonical;
pub mod cash;
pub mod chain;
pub mod closing;
pub mod coin;
pub mod discount;
pub mod event;
#[cfg(feature = "example")]
pub mod example;
pub mod finding;
pub mod ids;
pub mod journal;
pub mod money;
pub mod mutant;
pub mod notice;
pub mod outbox;
pub mod payment;
pub mod picture;
pub mod position;
pub mod product;
pub mod quantity;
pub mod ranges;
pub mod receipt;
pub mod receipt_code;
pub mod refund;
pub mod register_session;
pub mod scan;
pub mod search;
pub mod stock;
pub mod store;
pub mod sums;
pub mod tax;
mod text;
pub mod time;
pub mod verify;
