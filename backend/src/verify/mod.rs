//! `comptoir verify`: holds an export against its own chains and keys, with no server and no database.

mod command;

pub use command::{VerifyOptions, run};
