//! Comptoir's server: one program, several roles.

mod clock;
mod ledger;
mod log;
mod store;

fn main() {}
