//! Receipts: taking them in, and finding them again.

pub mod export;
pub mod get;
mod judge;
pub mod post;
pub mod reprint;
pub mod saved;
pub mod search;

#[cfg(test)]
mod tests;
