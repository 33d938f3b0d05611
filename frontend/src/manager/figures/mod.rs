//! What the figures on the desk are made of: pure, so that they can be tested without a browser.

pub mod arrival;
pub mod order;
pub mod pulse;
pub mod takings;
