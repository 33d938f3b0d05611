//! Points in time as the law wants them: to the millisecond, with the offset that the clock on the wall had.

mod day;
mod parts;
pub mod rfc3339;
#[cfg(test)]
mod tests;

pub use day::{CutOff, Day, InvalidCutOff, InvalidDay};
pub use jiff::Timestamp;

use crate::text;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use parts::{date, digits, number, offset, time};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

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
        Day::on(if is_of_day_before { date.yesterday().unwrap_or(date) } else { date })
    }

    /// The date on the wall.
    pub fn local_day(self) -> Day {
        Day::on(self.local.date())
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
