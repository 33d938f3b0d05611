//! The journal: taking entries in, and finding them again.

mod judge;
pub mod post;
pub mod search;

#[cfg(test)]
mod tests;
