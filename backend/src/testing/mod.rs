//! What tests share: events as tills and managers make them, whole histories, and an engine on a disk of its own.

mod engine;
mod events;
pub mod faulty;
mod history;

pub use engine::{Embedded, Engine, Opened, StoppedClock};
pub use events::*;
pub use history::{NAMES, history};
