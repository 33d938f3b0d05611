//! Refunds: reserving a receipt's lines before they are given back, so that no two tills give back the same.

pub mod delete;
pub mod get;
pub mod issued;
mod letting_go;
mod original;
pub mod put;
pub mod release;

#[cfg(test)]
mod tests;
