//! What tests share: events as tills and managers make them, and an engine on a disk of its own.

mod engine;
mod events;

pub use engine::{Embedded, Engine};
pub use events::*;
