//! Which part of a list is asked for.

use super::problem::{ApiError, Kind};
use std::str::FromStr;

/// Checks how many entries a page is to have.
///
/// # Errors
///
/// [`Kind::BadQuery`] where it is none, or more than `largest`.
pub fn check_limit(asked: Option<u16>, largest: u16) -> Result<(), ApiError> {
    match asked {
        Some(limit) if !(1..=largest).contains(&limit) => {
            Err(Kind::BadQuery.because(format!("`limit` is 1 to {largest}.")))
        }
        _ => Ok(()),
    }
}

/// Where the page before has ended.
///
/// # Errors
///
/// [`Kind::BadQuery`] where no page has said so.
pub fn cursor<C: FromStr>(text: Option<&str>) -> Result<Option<C>, ApiError> {
    let bad = || Kind::BadQuery.because("`cursor` is not one that a page before gave.");
    text.map(|cursor| cursor.parse().map_err(|_| bad())).transpose()
}
