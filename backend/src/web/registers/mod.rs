//! Registers: adding them, and claiming them for a key.

pub mod enrol;
pub mod post;
