//! How a cost grows along something.

use serde::{Deserialize, Serialize};

/// One cost at several sizes of something.
#[derive(Debug, Serialize, Deserialize)]
pub struct Curve {
    /// What it costs, with its unit.
    pub cost: String,
    /// What there is more and more of.
    pub along: String,
    /// From the fewest to the most.
    pub points: Vec<Point>,
}

/// The cost at one size.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Point {
    /// How many there are.
    pub size: u32,
    /// What it costs then.
    pub cost: f64,
}

/// Prints one for people.
pub fn print(Curve { cost, along, points }: &Curve) {
    println!("{cost}, along {along}:");
    for Point { size, cost } in points {
        println!("    {size:>9}: {cost:.2}");
    }
}
