//! Fanning notices out to the pages.

mod hub;
mod ring;
mod state;
#[cfg(test)]
mod tests;

pub use hub::{Frame, Hub};
