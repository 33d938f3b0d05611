//! `comptoir verify`: holds an export against its own chains and keys, with no server and no database.

mod command;
mod lines;

pub use command::{VerifyOptions, run};
#[cfg(test)]
pub use lines::Export;
pub use lines::{Ending, Heading};
