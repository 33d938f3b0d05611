//! Bots: customers, sellers and tills that nobody has to pay, and an audit of what the server made of them.
//!
//! [`generator`] draws what people buy, [`driver`] sells it through the API and watches what comes back, [`audit`] holds
//! the server's data against what was issued, and [`report`] says so. [`command`] is `comptoir bot`; the server's own
//! simulations call [`driver::run`].

pub mod audit;
pub mod client;
pub mod command;
pub mod driver;
pub mod generator;
pub mod options;
pub mod plan;
pub mod report;
mod screen;
