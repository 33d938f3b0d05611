//! A consumer's basket: opened, filled, changed, and checked out into a receipt that the server issues.

pub mod add_line;
pub mod books;
mod change;
pub mod change_line;
pub mod checkout;
pub mod delete;
pub mod get;
mod issuing;
mod open;
pub mod pending;
pub mod post;
pub mod remove_line;
mod series;

#[cfg(test)]
mod tests;
