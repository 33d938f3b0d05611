//! `GET live`: the WebSocket that shows everything as it happens.

pub mod handler;
mod socket;

#[cfg(test)]
mod tests;
