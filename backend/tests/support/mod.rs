//! Real processes for the tests that need them.

#![allow(dead_code, reason = "each test uses its share")]

pub mod bots;
pub mod cluster;
pub mod house;
pub mod http;
pub mod page;
pub mod part;
pub mod process;
pub mod role;
pub mod server;
pub mod usage;
pub mod wire;
