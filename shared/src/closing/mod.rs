//! Closing a day at a register (Z): what a period came to, and a grand total that nothing ever resets.
//!
//! Closings cut a series into periods. A receipt names its period, so that what it counts in does not depend on when it
//! arrives, and a closed period takes no receipt any more: the next one names the next period. A closing is an entry of the
//! series' journal, so that it is signed, numbered and chained as every entry is; it names the closing before, and the hash of
//! the last receipt that it covers. Its figures are sums of the receipts' own rounded figures, kept as they are issued.

mod calendar;
mod figures;
mod periods;
#[cfg(test)]
mod tests;

pub use calendar::{Span, ToDate, by_span};
pub use figures::{Figures, Perpetual};
pub use periods::{ClosingFault, Periods, State};

use crate::chain::{Hash, Head};
use crate::ids::{PeriodNo, ReceiptNo};
use crate::sums::Sums;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// The closing of a period.
///
/// Fields stand in alphabetical order, and behind the tag `act`, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The business day of the last receipt, that of the closing itself where there is no receipt; never before that of the
    /// closing before, whose month and year would change.
    pub day: Day,
    /// The number of the first receipt; that of the next one where there is none.
    pub first: ReceiptNo,
    /// Where the receipts of the series end: the hash of the last, or what the next one has to name.
    pub head: Hash,
    /// The number of the last receipt; `first` − 1 where there is none.
    #[serde(deserialize_with = "crate::money::exact")]
    pub last: u64,
    /// Which period it closes, from 1 without gaps.
    pub number: PeriodNo,
    /// What the period came to.
    pub period: Figures,
    /// What the series has come to since its first receipt.
    pub perpetual: Perpetual,
    /// The hash of the closing before; 64 zeros in the first of a series.
    pub previous: Hash,
    /// What the month and the year of `day` have come to; absent where the till did not count them yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_date: Option<ToDate>,
}

impl Closing {
    /// Whether a number is among those that it covers.
    pub fn covers(&self, number: u64) -> bool {
        (self.first.get()..=self.last).contains(&number)
    }

    /// How many numbers it covers.
    pub const fn count(&self) -> u64 {
        (self.last + 1).saturating_sub(self.first.get())
    }
}

/// Where the closings of a series end: all that the next one has to follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The day of the last closing; absent before the first.
    #[serde(default)]
    pub day: Option<Day>,
    /// The hash of the last closing.
    pub hash: Hash,
    /// The number of the last receipt that is closed; 0 while there is none.
    pub last: u64,
    /// The number of the last closing; 0 before the first.
    pub number: u64,
    /// What the series had come to.
    pub perpetual: Perpetual,
    /// What the month and the year of `day` had come to.
    #[serde(default)]
    pub to_date: ToDate,
}

/// The period of a series that runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenPeriod {
    /// Which; absent in the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<PeriodNo>,
    /// What its receipts come to.
    pub sums: Sums,
}

impl OpenPeriod {
    /// The period behind a closing.
    pub fn after(closing: &Closing) -> Self {
        Self { number: closing.number.next(), sums: Sums::default() }
    }
}

/// The series has no number left for another closing or receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the series has no number left: open another one")]
pub struct SeriesFull;

impl Default for Closed {
    fn default() -> Self {
        Self {
            day: None,
            hash: Hash::GENESIS,
            last: 0,
            number: 0,
            perpetual: Perpetual::default(),
            to_date: ToDate::default(),
        }
    }
}

impl Closed {
    /// The closings of a series that end with this one.
    pub fn with(closing: &Closing, hash: Hash) -> Self {
        Self {
            day: Some(closing.day),
            hash,
            last: closing.last,
            number: closing.number.get(),
            perpetual: closing.perpetual,
            to_date: closing.to_date.clone().unwrap_or_default(),
        }
    }

    /// The next closing, of a period that came to `sums`, of a series that ends with `head`, on `day` or, where that is
    /// earlier, on the day of the last closing.
    ///
    /// # Errors
    ///
    /// [`SeriesFull`].
    pub fn next(&self, sums: &Sums, head: Head, day: Day) -> Result<Closing, SeriesFull> {
        let period = Figures::of(sums);
        let day = self.day.map_or(day, |last| last.max(day));
        Ok(Closing {
            day,
            first: ReceiptNo::try_from(self.last + 1).map_err(|_| SeriesFull)?,
            head: head.hash,
            last: head.number,
            number: PeriodNo::try_from(self.number + 1).map_err(|_| SeriesFull)?,
            perpetual: self.perpetual.after(&period),
            to_date: Some(self.to_date(day, &period)),
            period,
            previous: self.hash,
        })
    }

    fn to_date(&self, day: Day, period: &Figures) -> ToDate {
        ToDate::with(&self.to_date, self.day, day, period)
    }

    /// Whether a closing follows: it begins behind the last number and not before the last day, names the last closing, and
    /// carries its totals on.
    pub fn is_followed_by(&self, closing: &Closing) -> bool {
        closing.first.get() == self.last + 1
            && closing.last + 1 >= closing.first.get()
            && closing.previous == self.hash
            && closing.perpetual == self.perpetual.after(&closing.period)
            && self.day.is_none_or(|last| last <= closing.day)
            && match &closing.to_date {
                Some(to_date) => *to_date == self.to_date(closing.day, &closing.period),
                None => self.to_date == ToDate::default(),
            }
    }
}
