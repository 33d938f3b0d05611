//! What happened, as a picture: a lane for each actor, receipts a second, and what went wrong in red. Pure.

mod chart;
mod frame;
mod lanes;
mod style;
mod svg;

use crate::chronicle::{Clock, Record, State, Violation};
use frame::Frame;
use style::STYLE;
use svg::{Px, Svg};

const TOP: Px = 84;
const LINE: Px = 20;

/// The most violations that are told below the picture, and the most characters of each.
const TOLD: usize = 20;
const WORDS: usize = 150;

/// Draws it all, under a title.
pub fn draw(title: &str, record: &Record) -> String {
    let (mut svg, frame) = (Svg::default(), Frame::until(record.end));
    let chart = TOP + lanes::height() + 16;
    let bottom = chart + chart::HEIGHT;
    let told = record.violations.len().min(TOLD);
    let height = bottom + 60 + LINE * Px::try_from(told).unwrap_or(0);
    svg.rect("paper", (0, 0), (frame.whole(), height));
    svg.text("title", (20, 30), title);
    legend(&mut svg, (20, 46));
    for (from, to) in &record.calms {
        svg.rect("calm", (frame.x(*from), TOP - 6), (frame.x(*to) - frame.x(*from), bottom - TOP + 6));
    }
    lanes::draw(&mut svg, &frame, record, TOP);
    chart::draw(&mut svg, &frame, record, chart);
    for tick in frame.ticks() {
        svg.line("grid", (frame.x(tick), bottom), (frame.x(tick), bottom + 5));
        svg.text("middle", (frame.x(tick), bottom + LINE), &Clock(tick).to_string());
    }
    for (place, violation) in record.violations.iter().take(TOLD).enumerate() {
        let number = Px::try_from(place).unwrap_or(0) + 1;
        tell(&mut svg, &frame, number, violation, (bottom, bottom + 30 + LINE * number));
    }
    svg.document(title, STYLE, (frame.whole(), height))
}

/// A red line at its moment, and what it was below.
fn tell(svg: &mut Svg, frame: &Frame, number: Px, violation: &Violation, (bottom, y): (Px, Px)) {
    let x = frame.x(violation.at);
    svg.line("violation", (x, TOP - 10), (x, bottom));
    svg.rect("red", (x - 9, TOP - 22), (18, 16));
    svg.text("badge", (x, TOP - 10), &number.to_string());
    let words: String = violation.what.chars().take(WORDS).collect();
    svg.text("red", (20, y), &format!("{number}  {}  {words}", Clock(violation.at)));
}

/// What the colours mean.
fn legend(svg: &mut Svg, (mut x, y): (Px, Px)) {
    let states = [
        (State::Working, "works"),
        (State::Waiting, "runs and waits"),
        (State::Frozen, "frozen"),
        (State::Stopping, "asked to stop"),
    ];
    for (class, name) in states.iter().filter_map(|(state, name)| Some((lanes::class(*state)?, *name))) {
        svg.rect(class, (x, y), (18, 12));
        x = label(svg, (x, y), name);
    }
    lanes::cross(svg, (x + 9, y + 6));
    x = label(svg, (x, y), "killed");
    svg.line("sale", (x + 9, y + 2), (x + 9, y + 10));
    x = label(svg, (x, y), "the till says paid");
    svg.rect("calm", (x, y), (18, 12));
    x = label(svg, (x, y), "all come back, and are audited");
    for (class, name) in [("accepted", "taken into the log"), ("saved", "saved")] {
        svg.path(class, &format!("M{x} {}h18", y + 6));
        x = label(svg, (x, y), name);
    }
}

/// A name beside its sign; gives where the next sign goes.
fn label(svg: &mut Svg, (x, y): (Px, Px), name: &str) -> Px {
    svg.text("soft", (x + 24, y + 11), name);
    x + 44 + 7 * Px::try_from(name.len()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Actor;
    use crate::chronicle::Mark;
    use std::time::Duration;

    fn record() -> Record {
        let mark = |second, whom, state| Mark { at: Duration::from_secs(second), whom, state };
        let mut record = Record {
            marks: vec![
                mark(0, Actor::Kafka, State::Working),
                mark(5, Actor::Kafka, State::Down),
                mark(7, Actor::Kafka, State::Working),
                mark(0, Actor::Database, State::Working),
                mark(4, Actor::Database, State::Stopping),
                mark(6, Actor::Database, State::Down),
            ],
            calms: vec![(Duration::from_secs(8), Duration::from_secs(9))],
            sales: vec![Duration::from_secs(3)],
            end: Duration::from_secs(10),
            ..Record::default()
        };
        record.accepted.add(Duration::ZERO, Duration::from_secs(10), 100);
        record
    }

    fn count(picture: &str, what: &str) -> usize {
        picture.matches(what).count()
    }

    #[test]
    fn a_clean_run_has_its_marks_and_no_red() {
        let picture = draw("A run", &record());
        assert!(Actor::ALL.iter().all(|whom| picture.contains(whom.name())), "{picture}");
        // Each with one in the legend.
        assert_eq!((count(&picture, "\"cross\""), count(&picture, "\"sale\""), count(&picture, "\"calm\"")), (2, 2, 2));
        assert_eq!((count(&picture, "\"violation\""), count(&picture, "\"works\"")), (0, 4));
    }

    #[test]
    fn a_violation_is_a_red_line_and_a_sentence() {
        let mut record = record();
        record.violations.push(Violation { at: Duration::from_secs(65), what: "2 < 1".to_owned() });
        let picture = draw("A run", &record);
        assert_eq!((count(&picture, "\"violation\""), count(&picture, "1  1:05  2 &lt; 1")), (1, 1));
    }
}
