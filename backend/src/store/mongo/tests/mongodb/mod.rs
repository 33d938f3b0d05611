//! On a running server.

mod opening;
mod order;
mod round_trips;
