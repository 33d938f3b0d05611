//! What tests share: events as tills and managers make them, whole histories, and engines in places of their own.

mod engine;
mod events;
pub mod faulty;
mod history;
mod mongo;

pub use engine::{Embedded, Engine, Opened, StoppedClock, StoreEngine};
pub use events::*;
pub use history::{NAMES, history};
pub use mongo::MongoDatabase;
