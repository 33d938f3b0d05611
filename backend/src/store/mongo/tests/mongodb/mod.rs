//! On a running server.

mod concern;
mod opening;
mod order;
mod round_trips;
