//! Real processes for the tests that need them.

#![allow(dead_code, reason = "each test uses its share")]

pub mod bots;
pub mod process;
pub mod server;
