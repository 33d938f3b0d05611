//! Figures over all stores.

pub mod completeness;
pub mod get;
pub mod report;
