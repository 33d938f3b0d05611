//! Real processes for the tests that need them.

pub mod bots;
pub mod process;
pub mod server;
