//! The days that a store does business on.

use super::parts::date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A business day, written `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Date))]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

impl Day {
    /// Days before it have no text of four digits for their year.
    const FIRST: Self = Self(Date::constant(0, 1, 1));

    /// The day of a date, the first one that has a text for what lies before.
    pub(super) fn on(date: Date) -> Self {
        Self(date).max(Self::FIRST)
    }

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
