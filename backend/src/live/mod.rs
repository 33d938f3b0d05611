//! Fanning notices out to the pages.

mod hub;
mod ring;

pub use hub::{Frame, Hub, Subscription};
