//! Figures over all stores.

pub mod calendar;
pub mod closings;
pub mod completeness;
pub mod get;
pub mod report;
