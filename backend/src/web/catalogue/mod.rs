//! The catalogue: reading it, and changing products.

mod change;
pub mod get;
pub mod put;
pub mod put_all;
