//! The parts that every text of a time is made of, read and written by hand.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// The number that stands in ASCII digits at a place of a text.
pub fn number(text: &str, from: usize, to: usize) -> Option<i16> {
    text.get(from..to).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

fn small(text: &str, from: usize, to: usize) -> Option<i8> {
    i8::try_from(number(text, from, to)?).ok()
}

/// The date at the start of `2026-11-23T14:32:07`.
pub fn date(text: &str) -> Option<Date> {
    let marks = text.get(4..5)? == "-" && text.get(7..8)? == "-";
    Date::new(number(text, 0, 4)?, small(text, 5, 7)?, small(text, 8, 10)?).ok().filter(|_| marks)
}

/// The time that follows it.
pub fn time(text: &str, nanos: i32) -> Option<Time> {
    let marks = text.get(13..14)? == ":" && text.get(16..17)? == ":";
    Time::new(small(text, 11, 13)?, small(text, 14, 16)?, small(text, 17, 19)?, nanos).ok().filter(|_| marks)
}

/// An offset such as `+01:00`.
pub fn offset(text: &str) -> Option<Offset> {
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let seconds = (i32::from(number(text, 1, 3)?) * 60 + i32::from(number(text, 4, 6)?)) * 60;
    Offset::from_seconds(sign * seconds).ok().filter(|_| text.len() == 6 && text.get(3..4) == Some(":"))
}

/// Writes a number in as many decimal digits as there is room for.
pub fn digits(room: &mut [u8], mut number: u16) {
    for place in room.iter_mut().rev() {
        *place = b'0' + (number % 10).to_le_bytes()[0];
        number /= 10;
    }
}
