//! How the cost of a receipt grows with what a chain has more and more of. All on the embedded engine, where one process does
//! everything, so that its CPU time is the whole cost.

mod products;
mod receipts;
mod sockets;
mod stores;

use crate::curves::Curve;

/// What a receipt costs, whatever it is that grows.
const CPU: &str = "the server's CPU, ms for 1,000 receipts";

/// All of them, one after the other.
pub async fn measure() -> Vec<Curve> {
    let mut curves = receipts::measure().await;
    curves.extend([stores::measure().await, sockets::measure().await, products::measure().await]);
    curves
}
