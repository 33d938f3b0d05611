//! Where in the picture a moment is.

use super::svg::Px;
use std::time::Duration;

/// The margin behind the end.
const RIGHT: Px = 30;

/// The least pixels of a second, and the least width of all of the time: the title and what the colours mean stand above it.
const SECOND: Px = 6;
const LEAST: Px = 1_150;

/// The picture's scale of time.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    end: Duration,
    second: Px,
}

impl Frame {
    /// A scale for a time.
    pub fn until(end: Duration) -> Self {
        let seconds = Px::try_from(end.as_secs()).unwrap_or(1).max(1);
        Self { end, second: SECOND.max((LEAST + seconds - 1) / seconds) }
    }

    /// Where time begins: behind the names of the lanes.
    pub const LEFT: Px = 140;

    /// A moment's place.
    pub fn x(&self, moment: Duration) -> Px {
        Self::LEFT + self.length(moment)
    }

    /// How long all of the time is.
    pub fn width(&self) -> Px {
        self.length(self.end)
    }

    /// The whole picture's width.
    pub fn whole(&self) -> Px {
        Self::LEFT + self.width() + RIGHT
    }

    /// The moments that are named below: every half a minute.
    pub fn ticks(&self) -> impl Iterator<Item = Duration> {
        let (step, end) = (Duration::from_secs(30), self.end);
        std::iter::successors(Some(Duration::ZERO), move |tick| Some(*tick + step)).take_while(move |tick| *tick <= end)
    }

    fn length(&self, time: Duration) -> Px {
        Px::try_from(time.as_millis()).unwrap_or(0) * self.second / 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_time_is_wide_enough_to_see_and_a_long_one_grows() {
        let (short, long) = (Frame::until(Duration::from_secs(50)), Frame::until(Duration::from_hours(1)));
        assert_eq!((short.width(), long.width()), (1_150, 21_600));
        assert_eq!(short.x(Duration::from_millis(500)), Frame::LEFT + 11);
        assert_eq!(long.ticks().count(), 121);
    }
}
