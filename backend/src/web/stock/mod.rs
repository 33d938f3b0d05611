//! Stock: reading it, and booking goods that come, go or are counted.

pub mod booking;
pub mod counts;
pub mod deliveries;
pub mod get;
pub mod transfers;
