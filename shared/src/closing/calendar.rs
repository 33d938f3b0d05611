//! Months and years, which are closed with the last day in them.

use super::{Closing, Figures};
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// What the month and the year of a closing have come to with it.
///
/// A month or a year is closed, and cannot change any more, once a closing of a later one follows: days never go back.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ToDate {
    /// The closed days of the calendar month, this one among them.
    pub month: Figures,
    /// The closed days of the calendar year, this one among them.
    pub year: Figures,
}

impl ToDate {
    /// What month and year come to with a further day; `before` is where its series stood on `last`.
    pub(super) fn with(before: &Self, last: Option<Day>, day: Day, period: &Figures) -> Self {
        let goes_on = |span: Span| last.is_some_and(|last| span.holds_both(last, day));
        let sum = |goes_on, before: &Figures| if goes_on { before.plus(period) } else { period.clone() };
        Self { month: sum(goes_on(Span::Month), &before.month), year: sum(goes_on(Span::Year), &before.year) }
    }

    /// One of the two.
    pub const fn of(&self, span: Span) -> &Figures {
        match span {
            Span::Month => &self.month,
            Span::Year => &self.year,
        }
    }
}

/// A stretch of the calendar that is closed by the last closing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl Span {
    /// Both, the shorter first.
    pub const ALL: [Self; 2] = [Self::Month, Self::Year];

    /// Whether two days are in the same.
    pub fn holds_both(self, one: Day, other: Day) -> bool {
        let (one, other) = (one.date(), other.date());
        one.year() == other.year() && (self == Self::Year || one.month() == other.month())
    }

    /// The one that a day is in, written `2026-11` or `2026`.
    pub fn name(self, day: Day) -> String {
        let date = day.date();
        match self {
            Self::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Self::Year => format!("{:04}", date.year()),
        }
    }
}

/// The closings of one series, in the order in which they were made, by month or year; and whether those of a later one
/// follow, which closes it.
pub fn by_span<'a, T>(
    span: Span,
    closings: &'a [T],
    closing: impl Fn(&T) -> &Closing + 'a,
) -> impl Iterator<Item = (&'a [T], bool)> {
    let mut chunks = closings.chunk_by(move |a, b| span.holds_both(closing(a).day, closing(b).day)).peekable();
    std::iter::from_fn(move || chunks.next().map(|chunk| (chunk, chunks.peek().is_some())))
}
