//! Charts: pictures of figures, drawn by path in a square that the page stretches.

mod path;
mod plot;
mod scale;

pub use plot::{Plot, Spark, plot, spark};

use path::{area, line};
use scale::round_up;

/// The side of the square that paths are drawn in; the page stretches it to any shape.
const SIDE: i64 = 1000;

/// The square, as an SVG's `viewBox`.
const VIEW_BOX: &str = "0 0 1000 1000";
