//! Points in time as the law wants them: to the millisecond, with the offset that the clock on the wall had.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
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
        let shifted = self.local.checked_sub(jiff::SignedDuration::from_mins(cut_off.minutes().into()));
        Day(shifted.unwrap_or(self.local).date())
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
        let (d, t) = (self.local.date(), self.local.time());
        write!(f, "{:04}-{:02}-{:02}T", d.year(), d.month(), d.day())?;
        write!(f, "{:02}:{:02}:{:02}.{:03}", t.hour(), t.minute(), t.second(), t.millisecond())?;
        let minutes = self.offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }
}

impl FromStr for Moment {
    type Err = InvalidMoment;

    fn from_str(text: &str) -> Result<Self, InvalidMoment> {
        let moment = parse(text).ok_or(InvalidMoment)?;
        (moment.to_string() == text).then_some(moment).ok_or(InvalidMoment)
    }
}

fn parse(text: &str) -> Option<Moment> {
    let digits = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let small = |from: usize, to: usize| i8::try_from(digits(from, to)?).ok();
    let date = Date::new(digits(0, 4)?, small(5, 7)?, small(8, 10)?).ok()?;
    let nanos = i32::from(digits(20, 23)?) * 1_000_000;
    let time = Time::new(small(11, 13)?, small(14, 16)?, small(17, 19)?, nanos).ok()?;
    let seconds = (i32::from(digits(24, 26)?) * 60 + i32::from(digits(27, 29)?)) * 60;
    let sign = if text.get(23..24)? == "-" { -1 } else { 1 };
    let offset = Offset::from_seconds(sign * seconds).ok()?;
    let local = DateTime::from_parts(date, time);
    offset.to_timestamp(local).ok()?;
    Some(Moment { local, offset })
}

impl TryFrom<String> for Moment {
    type Error = InvalidMoment;

    fn try_from(text: String) -> Result<Self, InvalidMoment> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
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

/// A business day, written `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Date))]
#[serde(transparent)]
pub struct Day(Date);

impl Day {
    /// The day as a civil date.
    pub const fn date(self) -> Date {
        self.0
    }

    /// The day `days` later, or earlier where negative; itself at the end of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.checked_add(jiff::SignedDuration::from_hours(i64::from(days) * 24)).unwrap_or(self.0))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = InvalidDay;

    fn from_str(text: &str) -> Result<Self, InvalidDay> {
        text.parse().map(Self).map_err(|_| InvalidDay)
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
    fn orders_by_the_instant() {
        let earlier: Moment = "2026-11-23T14:00:00.000+02:00".parse().unwrap();
        let later: Moment = "2026-11-23T13:30:00.000+01:00".parse().unwrap();
        assert!(earlier < later);
    }

    proptest! {
        #[test]
        fn text_and_moment_round_trip(millis in 0_i64..4_102_444_800_000, offset in -840..=840) {
            let moment = Moment::from_unix_millis(millis, offset).unwrap();
            prop_assert_eq!(moment.unix_millis(), millis);
            prop_assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
        }

        #[test]
        fn rubbish_is_refused_without_panic(text in ".{0,40}") {
            let _ = text.parse::<Moment>();
        }
    }
}
