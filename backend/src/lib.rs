//! Comptoir's server: one program, several roles.
//!
//! Programs get at two things: [`run`], which is `comptoir` itself, and [`probe`], pure functions that are measured and fuzzed.

mod archive;
mod bot;
mod cli;
mod clock;
mod config;
mod demo;
#[cfg(test)]
mod deployment;
mod engine;
mod https;
mod import;
mod ledger;
mod lifecycle;
mod live;
mod log;
mod metrics;
mod model;
pub mod probe;
mod roles;
mod saver;
#[cfg(test)]
mod simulation;
mod store;
mod telemetry;
#[cfg(test)]
mod testing;
mod verify;
mod web;

pub use cli::run;
