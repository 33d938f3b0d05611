//! Goods that come in, are counted, or go to another store: one small form, in the place where the need shows.

mod fields;
mod form;
mod quantity;

pub use form::{Order, form};
pub use quantity::Act;
