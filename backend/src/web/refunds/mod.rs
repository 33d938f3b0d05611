//! Refunds: reserving a receipt's lines before they are given back, so that no two tills give back the same.

pub mod delete;
pub mod get;
pub mod issued;
mod original;
pub mod put;

#[cfg(test)]
mod tests;
