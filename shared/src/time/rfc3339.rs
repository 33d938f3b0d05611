//! Timestamps on the wire, RFC 3339 as `jiff` writes it. Read by these few lines: the parser of `jiff`, which
//! knows far more, and what it has to say about each mistake would be a twentieth of the till's program.

use super::Timestamp;
use super::parts::{date, offset, time};
use jiff::civil::DateTime;
use jiff::tz::Offset;
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
