//! A lane for each actor: how it was, second by second.

use super::frame::Frame;
use super::svg::{Px, Svg};
use crate::actor::Actor;
use crate::chronicle::{Mark, Record, State};
use std::time::Duration;

/// The height of a bar, and the way from one lane to the next.
const BAR: Px = 20;
pub const LANE: Px = 30;

/// The height of all lanes.
pub fn height() -> Px {
    LANE * Px::try_from(Actor::ALL.len()).unwrap_or(0)
}

/// Draws all lanes below `top`.
pub fn draw(svg: &mut Svg, frame: &Frame, record: &Record, top: Px) {
    let mut y = top;
    for whom in Actor::ALL {
        svg.text("right", (Frame::LEFT - 10, y + 15), whom.name());
        svg.rect("lane", (Frame::LEFT, y), (frame.width(), BAR));
        let mut kills = Vec::new();
        for (state, before, from, to) in spans(record, whom) {
            if let Some(class) = class(state) {
                svg.rect(class, (frame.x(from), y), ((frame.x(to) - frame.x(from)).max(1), BAR));
            } else if before != State::Stopping {
                kills.push(frame.x(from));
            }
        }
        // Over the bars: one that was away for a moment only would hide its own.
        for x in kills {
            cross(svg, (x + 4, y + BAR / 2));
        }
        y += LANE;
    }
    let till = y - LANE;
    for sale in &record.sales {
        svg.line("sale", (frame.x(*sale), till + BAR - 8), (frame.x(*sale), till + BAR));
    }
}

/// How an actor was, how before that, from when, and until when.
fn spans(record: &Record, whom: Actor) -> Vec<(State, State, Duration, Duration)> {
    let marks: Vec<&Mark> = record.marks.iter().filter(|mark| mark.whom == whom).collect();
    let ends = marks.iter().skip(1).map(|mark| mark.at).chain([record.end]);
    let before = std::iter::once(State::Stopping).chain(marks.iter().map(|mark| mark.state));
    let spans = marks.iter().zip(before).zip(ends);
    spans.map(|((mark, before), end)| (mark.state, before, mark.at, end.max(mark.at))).collect()
}

/// What a bar of this state looks like; there is none of who does not run.
pub const fn class(state: State) -> Option<&'static str> {
    match state {
        State::Working => Some("works"),
        State::Waiting => Some("waits"),
        State::Frozen => Some("frozen"),
        State::Stopping => Some("stops"),
        State::Down => None,
    }
}

/// The mark of a kill.
pub fn cross(svg: &mut Svg, (x, y): (Px, Px)) {
    svg.path("cross", &format!("M{} {}l8 8m0 -8l-8 8", x - 4, y - 4));
}
