//! A consumer's basket: opened, filled, changed, and checked out into a receipt that the server issues.

pub mod add_line;
mod change;
pub mod change_line;
pub mod checkout;
pub mod delete;
pub mod get;
mod issuing;
mod open;
pub mod post;
pub mod remove_line;

#[cfg(test)]
mod tests;
