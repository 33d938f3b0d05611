//! Points in time as the law wants them: to the millisecond, with the offset that the clock on the wall had.

use crate::text;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

pub use jiff::Timestamp;

/// A moment that is no RFC 3339 time in the one form that this program writes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a time is written like 2026-11-23T14:32:07.250+01:00 (RFC 3339, milliseconds, numeric offset)")]
pub struct InvalidMoment;

/// A point in time to the millisecond and the offset of local time from UTC, to the minute.
///
/// It has exactly one text, `2026-11-23T14:32:07.250+01:00` (RFC 3339): what is hashed must not depend on who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    local: DateTime,
    offset: Offset,
}

impl Moment {
    /// The moment of a Unix time in milliseconds, seen `offset_minutes` east of UTC (−1,439 to 1,439).
    pub fn from_unix_millis(millis: i64, offset_minutes: i32) -> Result<Self, InvalidMoment> {
        let offset = offset_minutes.checked_mul(60).and_then(|s| Offset::from_seconds(s).ok()).ok_or(InvalidMoment)?;
        let instant = Timestamp::from_millisecond(millis).map_err(|_| InvalidMoment)?;
        let local = offset.to_datetime(instant);
        (0..=9999).contains(&local.year()).then_some(Self { local, offset }).ok_or(InvalidMoment)
    }

    /// Its one text: put together by hand, since a receipt is hashed, kept and read with two of them.
    fn text(self) -> [u8; 29] {
        let (date, time, offset) = (self.local.date(), self.local.time(), self.offset.seconds() / 60);
        let mut text = *b"0000-00-00T00:00:00.000+00:00";
        digits(&mut text[0..4], date.year().unsigned_abs());
        digits(&mut text[5..7], date.month().unsigned_abs().into());
        digits(&mut text[8..10], date.day().unsigned_abs().into());
        digits(&mut text[11..13], time.hour().unsigned_abs().into());
        digits(&mut text[14..16], time.minute().unsigned_abs().into());
        digits(&mut text[17..19], time.second().unsigned_abs().into());
        digits(&mut text[20..23], time.millisecond().unsigned_abs());
        if offset < 0 {
            text[23] = b'-';
        }
        let offset = u16::try_from(offset.unsigned_abs()).unwrap_or(0);
        digits(&mut text[24..26], offset / 60);
        digits(&mut text[27..29], offset % 60);
        text
    }

    /// The point in time, without the offset.
    pub fn timestamp(self) -> Timestamp {
        self.offset.to_timestamp(self.local).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The Unix time in milliseconds.
    pub fn unix_millis(self) -> i64 {
        self.timestamp().as_millisecond()
    }

    /// The business day it falls on in a store that starts its days at `cut_off`.
    pub fn business_day(self, cut_off: CutOff) -> Day {
        let (date, time) = (self.local.date(), self.local.time());
        let minutes = i32::from(time.hour()) * 60 + i32::from(time.minute());
        let is_of_day_before = minutes < i32::from(cut_off.minutes());
        Day(if is_of_day_before { date.yesterday().unwrap_or(date) } else { date }).max(Day::FIRST)
    }

    /// The date on the wall.
    pub fn local_day(self) -> Day {
        Day(self.local.date())
    }

    /// The hour on the wall, 0 to 23.
    pub fn local_hour(self) -> u8 {
        u8::try_from(self.local.hour()).unwrap_or(0)
    }

    /// The local date and time to the minute, `2026-11-23 14:32`.
    pub fn local_minute(self) -> String {
        let (d, t) = (self.local.date(), self.local.time());
        format!("{:04}-{:02}-{:02} {:02}:{:02}", d.year(), d.month(), d.day(), t.hour(), t.minute())
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.timestamp(), self.offset.seconds()).cmp(&(other.timestamp(), other.offset.seconds()))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text::as_str(&self.text()))
    }
}

impl FromStr for Moment {
    type Err = InvalidMoment;

    fn from_str(text: &str) -> Result<Self, InvalidMoment> {
        let moment = parse(text).ok_or(InvalidMoment)?;
        (moment.text() == text.as_bytes()).then_some(moment).ok_or(InvalidMoment)
    }
}

fn parse(text: &str) -> Option<Moment> {
    let millis = i32::from(number(text, 20, 23)?);
    let local = DateTime::from_parts(date(text)?, time(text, millis * 1_000_000)?);
    let offset = offset(text.get(23..29)?)?;
    offset.to_timestamp(local).ok()?;
    Some(Moment { local, offset })
}

/// The number that stands in ASCII digits at a place of a text.
fn number(text: &str, from: usize, to: usize) -> Option<i16> {
    text.get(from..to).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

fn small(text: &str, from: usize, to: usize) -> Option<i8> {
    i8::try_from(number(text, from, to)?).ok()
}

/// The date at the start of `2026-11-23T14:32:07`.
fn date(text: &str) -> Option<Date> {
    let marks = text.get(4..5)? == "-" && text.get(7..8)? == "-";
    Date::new(number(text, 0, 4)?, small(text, 5, 7)?, small(text, 8, 10)?).ok().filter(|_| marks)
}

/// The time that follows it.
fn time(text: &str, nanos: i32) -> Option<Time> {
    let marks = text.get(13..14)? == ":" && text.get(16..17)? == ":";
    Time::new(small(text, 11, 13)?, small(text, 14, 16)?, small(text, 17, 19)?, nanos).ok().filter(|_| marks)
}

/// An offset such as `+01:00`.
fn offset(text: &str) -> Option<Offset> {
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let seconds = (i32::from(number(text, 1, 3)?) * 60 + i32::from(number(text, 4, 6)?)) * 60;
    Offset::from_seconds(sign * seconds).ok().filter(|_| text.len() == 6 && text.get(3..4) == Some(":"))
}

/// Writes a number in as many decimal digits as there is room for.
fn digits(room: &mut [u8], mut number: u16) {
    for place in room.iter_mut().rev() {
        *place = b'0' + (number % 10).to_le_bytes()[0];
        number /= 10;
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        text::serialize(&self.text(), serializer)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(deserializer)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Moment {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        String::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Moment {}

/// Timestamps on the wire, RFC 3339 as `jiff` writes it. Read by the few lines of this module: the parser of `jiff`, which
/// knows far more, and what it has to say about each mistake would be a twentieth of the till's program.
pub mod rfc3339 {
    use super::{Offset, Timestamp, date, offset, time};
    use jiff::civil::DateTime;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::borrow::Cow;

    /// The first second of the year 0 in UTC: what lies before is written with more digits than are read.
    const FIRST_SECOND: i64 = -62_167_219_200;

    /// Writes a timestamp.
    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        at.serialize(serializer)
    }

    /// Reads a timestamp.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| Error::custom("a time is written like 2026-11-23T13:32:07Z (RFC 3339)"))
    }

    /// Reads `2026-11-23T13:32:07Z`, with up to nine digits of a second's fraction, or with an offset in place of the Z.
    fn parse(text: &str) -> Option<Timestamp> {
        let rest = text.get(19..).filter(|_| matches!(text.get(10..11), Some("T" | "t" | " ")))?;
        let fraction =
            rest.strip_prefix('.').map_or("", |rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or(""));
        let zone =
            if rest.starts_with('.') { rest.get(1 + fraction.len()..).filter(|_| !fraction.is_empty())? } else { rest };
        let nanos = format!("{fraction:0<9}").parse().ok().filter(|_| fraction.len() <= 9)?;
        let offset = if matches!(zone, "Z" | "z") { Offset::UTC } else { offset(zone)? };
        let at = offset.to_timestamp(DateTime::from_parts(date(text)?, time(text, nanos)?)).ok()?;
        (at.as_second() >= FIRST_SECOND).then_some(at)
    }

    /// The same where there may be none.
    pub mod optional {
        use super::{Deserialize, Deserializer, Serialize, Serializer, Timestamp};

        #[derive(Deserialize)]
        struct Wire(#[serde(with = "super")] Timestamp);

        /// Writes a timestamp, or null.
        pub fn serialize<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
            at.serialize(serializer)
        }

        /// Reads a timestamp, or null.
        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
            Ok(Option::<Wire>::deserialize(deserializer)?.map(|Wire(at)| at))
        }
    }
}

/// A business day, written `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Date))]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

impl Day {
    /// Days before it have no text of four digits for their year.
    const FIRST: Self = Self(Date::constant(0, 1, 1));

    /// The day as a civil date.
    pub const fn date(self) -> Date {
        self.0
    }

    /// The day `days` later, or earlier where negative; itself where the calendar ends before, and never before the year 0.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        // One by one, as few as they are: reckoning with spans of every kind would be a fiftieth of the till's program.
        let step = if days < 0 { Date::yesterday } else { Date::tomorrow };
        let mut day = self;
        for _ in 0..days.unsigned_abs() {
            match step(day.0) {
                Ok(next) => day = Self(next),
                Err(_) => return self,
            }
            if day < Self::FIRST {
                return Self::FIRST;
            }
        }
        day
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl TryFrom<String> for Day {
    type Error = InvalidDay;

    fn try_from(text: String) -> Result<Self, InvalidDay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl FromStr for Day {
    type Err = InvalidDay;

    fn from_str(text: &str) -> Result<Self, InvalidDay> {
        date(text).filter(|_| text.len() == 10).map(Self).ok_or(InvalidDay)
    }
}

/// A text that is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day is written like 2026-11-23")]
pub struct InvalidDay;

/// When a store's business day starts, in minutes after midnight, 0 to 719.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u16", into = "u16")]
pub struct CutOff(u16);

impl CutOff {
    /// Minutes after midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

/// A cut-off after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day's cut-off is 0 to 719 minutes after midnight")]
pub struct InvalidCutOff;

impl TryFrom<u16> for CutOff {
    type Error = InvalidCutOff;

    fn try_from(minutes: u16) -> Result<Self, InvalidCutOff> {
        (minutes < 720).then_some(Self(minutes)).ok_or(InvalidCutOff)
    }
}

impl From<CutOff> for u16 {
    fn from(cut_off: CutOff) -> Self {
        cut_off.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn has_one_text() {
        let text = "2026-11-23T14:32:07.250+01:00";
        assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        for other in [
            "2026-11-23T14:32:07+01:00",
            "2026-11-23T13:32:07.250Z",
            "2026-11-23T14:32:07.250-00:00",
            "é",
            "",
            "2026-13-01T00:00:00.000+00:00",
        ] {
            assert_eq!(other.parse::<Moment>(), Err(InvalidMoment), "{other}");
        }
    }

    #[test]
    fn the_night_belongs_to_the_day_before_its_cut_off() {
        let moment: Moment = "2026-11-23T03:59:59.999+01:00".parse().unwrap();
        assert_eq!(moment.business_day(CutOff::try_from(240).unwrap()).to_string(), "2026-11-22");
        assert_eq!(moment.business_day(CutOff::default()).to_string(), "2026-11-23");
    }

    #[test]
    fn no_day_lies_before_the_first_that_can_be_written() {
        let first: Moment = "0000-01-01T00:00:00.000+00:00".parse().unwrap();
        let day = first.business_day(CutOff::try_from(240).unwrap());
        assert_eq!(day.to_string().parse(), Ok(day));
        assert_eq!((day, day.plus_days(-1)), (first.local_day(), first.local_day()));
        let last: Day = "9999-12-31".parse().unwrap();
        assert_eq!((last.plus_days(-1).to_string().as_str(), last.plus_days(1)), ("9999-12-30", last));
    }

    #[derive(Deserialize)]
    struct Wire(#[serde(with = "rfc3339")] Timestamp);

    fn read(text: &str) -> Option<Timestamp> {
        serde_json::from_value::<Wire>(text.into()).ok().map(|Wire(at)| at)
    }

    #[test]
    fn timestamps_are_rfc_3339_and_nothing_else() {
        for text in ["2026-11-23T13:32:07Z", "2026-11-23T13:32:07.25Z", "2026-11-23T14:32:07.123456789+01:00"] {
            assert_eq!(read(text), text.parse().ok(), "{text}");
        }
        for wrong in [
            "",
            "2026-11-23",
            "2026-11-23T13:32:07",
            "2026-11-23T13:32:07.Z",
            "2026-11-23T25:00:00Z",
            "2026-11-23T13:32:07+1:00",
            // A year before 0 has no four digits, so that nobody could read what is written of it.
            "0000-01-01T00:00:00+14:00",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn orders_by_the_instant() {
        let earlier: Moment = "2026-11-23T14:00:00.000+02:00".parse().unwrap();
        let later: Moment = "2026-11-23T13:30:00.000+01:00".parse().unwrap();
        assert!(earlier < later);
    }

    /// As jiff reckons it.
    fn date_after_1970(days: i32) -> Date {
        Date::constant(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(i64::from(days) * 24)).unwrap()
    }

    proptest! {
        #[test]
        fn text_and_moment_round_trip(millis in 0_i64..4_102_444_800_000, offset in -840..=840) {
            let moment = Moment::from_unix_millis(millis, offset).unwrap();
            prop_assert_eq!(moment.unix_millis(), millis);
            prop_assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
        }

        #[test]
        fn rubbish_is_refused_without_panic(text in ".{0,40}|[0-9TZ:.+-]{0,40}") {
            let _ = text.parse::<Moment>();
            let _ = text.parse::<Day>();
            let _ = read(&text);
        }

        #[test]
        fn timestamps_are_read_as_jiff_reads_them(seconds in -62_135_596_800_i64..253_402_207_200, nanos in 0..1_000_000_000) {
            let at = Timestamp::new(seconds, nanos).unwrap();
            prop_assert_eq!(read(&at.to_string()), Some(at));
            let shifted = at.display_with_offset(Offset::constant(5)).to_string();
            prop_assert_eq!(read(&shifted), Some(at));
        }

        #[test]
        fn days_are_counted_as_jiff_counts_them(from in -700_000_i32..2_900_000, days in -800_i32..800) {
            prop_assert_eq!(Day(date_after_1970(from)).plus_days(days), Day(date_after_1970(from + days)));
        }

        #[test]
        fn days_are_read_as_they_are_written(days in -700_000_i32..2_900_000) {
            let day = Day(date_after_1970(days));
            prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
        }
    }
}
