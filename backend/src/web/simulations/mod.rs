//! Simulations: bots that sell in training stores of their own, started and stopped from the manager's page.

pub mod delete;
pub mod get;
mod job;
pub mod list;
pub mod post;

#[cfg(test)]
mod tests;
