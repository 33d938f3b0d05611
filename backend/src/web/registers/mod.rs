//! Registers: adding them, and claiming them for a key.

pub mod enrol;
pub mod list;
pub mod post;
pub mod revoke;
