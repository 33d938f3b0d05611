//! Receipts: taking them in, and finding them again.

pub mod export;
pub mod get;
mod judge;
mod known;
pub mod post;
mod posted;
pub mod saved;
pub mod search;

#[cfg(test)]
mod tests;
