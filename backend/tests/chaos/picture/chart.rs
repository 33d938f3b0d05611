//! Receipts a second: what the web tiers took, and what the savers saved.

use super::frame::Frame;
use super::svg::{Px, Svg};
use crate::chronicle::Record;
use crate::pace::Pace;
use std::fmt::Write as _;
use std::time::Duration;

/// The height of the chart.
pub const HEIGHT: Px = 140;

/// Draws the chart below `top`.
pub fn draw(svg: &mut Svg, frame: &Frame, record: &Record, top: Px) {
    let most = round(record.accepted.most().max(record.saved.most()));
    for part in [0, 1, 2] {
        let y = top + HEIGHT - HEIGHT * part / 2;
        svg.line("grid", (Frame::LEFT, y), (Frame::LEFT + frame.width(), y));
        svg.text("right", (Frame::LEFT - 10, y + 4), &(most * part / 2).to_string());
    }
    svg.text("right", (Frame::LEFT - 10, top + HEIGHT / 4 + 4), "receipts/s");
    svg.path("accepted", &curve(frame, &record.accepted, most, top));
    svg.path("saved", &curve(frame, &record.saved, most, top));
}

/// A line through the middle of each second.
fn curve(frame: &Frame, pace: &Pace, most: Px, top: Px) -> String {
    let mut commands = String::new();
    let mut middle = Duration::from_millis(500);
    for count in pace.seconds() {
        let count = Px::try_from(*count).unwrap_or(0);
        let to = if commands.is_empty() { 'M' } else { 'L' };
        let _ = write!(commands, "{to}{} {}", frame.x(middle), top + HEIGHT - HEIGHT * count / most);
        middle += Duration::from_secs(1);
    }
    commands
}

/// The next round number, an even one that is not 0.
fn round(count: u64) -> Px {
    let count = Px::try_from(count).unwrap_or(Px::MAX / 1_000).max(2);
    let tens = std::iter::successors(Some(1), |ten: &Px| ten.checked_mul(10));
    let rounds = tens.flat_map(|ten| [2, 4, 6, 8, 10].map(|step| step * ten));
    rounds.into_iter().find(|round| *round >= count).unwrap_or(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_number() {
        assert_eq!([0, 2, 3, 9, 11, 250, 4_001].map(round), [2, 2, 4, 10, 20, 400, 6_000]);
    }
}
