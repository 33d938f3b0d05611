//! What tests share: events as tills and managers make them, whole histories, and engines in places of their own.

mod engine;
mod events;
pub mod faulty;
mod history;
mod kafka;
mod mongo;
mod refunds;

pub use engine::{Embedded, Engine, Opened, StoppedClock, StoreEngine};
pub use events::*;
pub use history::{NAMES, history};
pub use kafka::KafkaTopics;
pub use mongo::MongoDatabase;
pub use refunds::{pieces_back, portions, refund_id};
