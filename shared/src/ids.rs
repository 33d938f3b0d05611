//! Typed identifiers: small numbers where people read them, UUIDs of version 7 where machines mint them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Why a text or a number is no identifier of the asked kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not a {kind}: {rule}")]
pub struct InvalidId {
    kind: &'static str,
    value: String,
    rule: &'static str,
}

impl InvalidId {
    fn new(kind: &'static str, value: impl fmt::Display, rule: &'static str) -> Self {
        let value = value.to_string().chars().take(64).collect();
        Self { kind, value, rule }
    }
}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $int:ty, $min:literal, $max:literal, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(try_from = "u64", into = "u64")]
        pub struct $name($int);

        impl $name {
            /// The largest number of this kind.
            pub const MAX: Self = Self($max);
            /// The first number of this kind that is given to anything.
            pub const FIRST: Self = Self(1);

            /// The number as an integer, at most [`Self::MAX`].
            pub const fn get(self) -> $int {
                self.0
            }
        }

        impl TryFrom<u64> for $name {
            type Error = InvalidId;

            fn try_from(value: u64) -> Result<Self, InvalidId> {
                <$int>::try_from(value)
                    .ok()
                    .filter(|number| ($min..=$max).contains(number))
                    .map(Self)
                    .ok_or_else(|| InvalidId::new($kind, value, concat!("a whole number from ", $min, " to ", $max)))
            }
        }

        impl From<$name> for u64 {
            fn from(number: $name) -> Self {
                number.0.into()
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let wrong = || InvalidId::new($kind, text, concat!("a whole number from ", $min, " to ", $max));
                text.parse::<u64>().map_err(|_| wrong()).and_then(|number| Self::try_from(number).map_err(|_| wrong()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number!(
    /// A store of the chain, 1 to 99,999.
    StoreNo, u32, 1, 99_999, "store number"
);
number!(
    /// A register within its store, 1 to 999; 0 is the office, where nothing is sold.
    RegisterNo, u16, 0, 999, "register number"
);
number!(
    /// A member of staff within the store, 1 to 99,999.
    SellerNo, u32, 1, 99_999, "seller number"
);
number!(
    /// A receipt's place in its series, from 1, without gaps.
    ReceiptNo, u64, 1, 9_007_199_254_740_991, "receipt number"
);
number!(
    /// An entry's place in the journal of its series, from 1, without gaps.
    JournalNo, u64, 1, 9_007_199_254_740_991, "journal number"
);
number!(
    /// A period of a series, from one closing to the next, from 1, without gaps.
    PeriodNo, u64, 1, 9_007_199_254_740_991, "period number"
);
number!(
    /// A line of a basket; it keeps its number when others are removed.
    LineNo, u32, 1, 99_999, "line number"
);

impl RegisterNo {
    /// Where nothing is sold: what is decided of a store at the desk stands in the journal of this register, whose key the
    /// server holds.
    pub const OFFICE: Self = Self(0);

    /// Whether things are sold there.
    pub const fn sells(self) -> bool {
        self.0 != Self::OFFICE.0
    }
}

impl SellerNo {
    /// Whoever serves themselves: a consumer's basket that names no seller.
    pub const SELF_SERVICE: Self = Self::MAX;
}

impl ReceiptNo {
    /// The number that follows; `None` after the last that a browser's number can hold.
    pub fn next(self) -> Option<Self> {
        Self::try_from(self.0 + 1).ok()
    }
}

impl PeriodNo {
    /// The number that follows; `None` after the last.
    pub fn next(self) -> Option<Self> {
        Self::try_from(self.0 + 1).ok()
    }
}

impl LineNo {
    /// The number that follows; `None` after the last.
    pub fn next(self) -> Option<Self> {
        Self::try_from(u64::from(self.0) + 1).ok()
    }
}

macro_rules! minted {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = "uuid"))]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// Mints an id of version 7 (RFC 9562) from a Unix time in milliseconds and ten random bytes.
            pub fn mint(unix_millis: u64, random: &[u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(unix_millis, random).into_uuid())
            }

            /// The id as a UUID.
            pub const fn uuid(self) -> uuid::Uuid {
                self.0
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(uuid: uuid::Uuid) -> Self {
                Self(uuid)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                uuid::Uuid::try_parse(text)
                    .map(Self)
                    .map_err(|_| InvalidId::new(stringify!($name), text, "a UUID"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

minted!(
    /// A receipt, minted where it is issued; the key by which it is saved once.
    ReceiptId
);
minted!(
    /// A consumer's basket.
    BasketId
);
minted!(
    /// Anything that happened, minted by whoever made it happen; events are deduplicated by it.
    EventId
);
minted!(
    /// A run of the bots.
    SimulationId
);

impl From<ReceiptId> for EventId {
    fn from(id: ReceiptId) -> Self {
        Self(id.0)
    }
}

impl ReceiptId {
    /// The id of the receipt that a basket becomes: the same however often the checkout is tried.
    pub fn of_basket(basket: BasketId) -> Self {
        Self(basket.0)
    }
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $rule:literal, $accept:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let accept: fn(&str) -> bool = $accept;
                if accept(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId::new($kind, text, $rule)) }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::text::deserialize(deserializer)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

text!(
    /// A stock-keeping unit: the chain's own name for a product.
    Sku, "SKU", "1 to 32 letters, digits, '-', '_' or '.'",
    |text| (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
);
text!(
    /// A Global Trade Item Number of 8, 12, 13 or 14 digits with its check digit (GS1 General Specifications 7.9).
    Gtin, "GTIN", "8, 12, 13 or 14 digits, the last being the check digit",
    |text| matches!(text.len(), 8 | 12 | 13 | 14) && text.bytes().all(|b| b.is_ascii_digit()) && gs1_check_digit_is_right(text)
);
text!(
    /// A French establishment's number: 14 digits that pass the Luhn check (INSEE).
    Siret, "SIRET", "14 digits that pass the Luhn check",
    |text| text.len() == 14 && text.bytes().all(|b| b.is_ascii_digit()) && luhn_is_right(text)
);
text!(
    /// The letters of a series, `A` to `ZZZ`: one enrolment of a register.
    SeriesLetter, "series", "1 to 3 capital letters",
    |text| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase())
);

impl SeriesLetter {
    /// The letters of a register's series, counted from 0: A … Z, AA … ZZ, AAA …
    pub fn nth(index: usize) -> Option<Self> {
        let mut letters = Vec::new();
        let mut rest = index + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(b'A' + u8::try_from(rest % 26).ok()?);
            rest /= 26;
        }
        letters.reverse();
        String::from_utf8(letters).ok()?.parse().ok()
    }

    /// Whether its series was opened after another one of the same register.
    pub fn is_after(&self, other: &Self) -> bool {
        let order = |letter: &Self| (letter.as_str().len(), letter.as_str().to_owned());
        order(self) > order(other)
    }
}

/// One enrolment of a register: its own key, its own numbers 1..N, its own chain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeriesId {
    /// The store.
    pub store: StoreNo,
    /// The register in that store.
    pub register: RegisterNo,
    /// Which of the register's enrolments.
    pub letter: SeriesLetter,
}

impl fmt::Display for SeriesId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.store, self.register, self.letter)
    }
}

fn gs1_check_digit_is_right(digits: &str) -> bool {
    let sum: u32 =
        digits.bytes().rev().zip([1, 3].into_iter().cycle()).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    sum.is_multiple_of(10)
}

fn luhn_is_right(digits: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, b)| if place % 2 == 1 { doubled(u32::from(b - b'0')) } else { u32::from(b - b'0') })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_to_their_range() {
        assert!("0".parse::<StoreNo>().is_err());
        assert!("1000".parse::<RegisterNo>().is_err());
        assert_eq!(StoreNo::try_from(99_999).unwrap(), StoreNo::MAX);
        assert!(serde_json::from_str::<StoreNo>("-1").is_err());
    }

    #[test]
    fn numbers_serve_as_json_keys() {
        let map = std::collections::BTreeMap::from([(RegisterNo::FIRST, 1)]);
        let json = serde_json::to_string(&map).unwrap();
        assert_eq!(json, r#"{"1":1}"#);
        assert_eq!(serde_json::from_str::<std::collections::BTreeMap<RegisterNo, i32>>(&json).unwrap(), map);
    }

    #[test]
    fn a_gtin_needs_its_check_digit() {
        assert!("4006381333931".parse::<Gtin>().is_ok());
        assert!("4006381333932".parse::<Gtin>().is_err());
        assert!("96385074".parse::<Gtin>().is_ok());
    }

    #[test]
    fn a_siret_passes_luhn() {
        assert!("73282932000074".parse::<Siret>().is_ok());
        assert!("73282932000075".parse::<Siret>().is_err());
    }

    #[test]
    fn series_letters_count_like_columns() {
        let letters: Vec<_> =
            [0, 25, 26, 701, 702].iter().map(|&n| SeriesLetter::nth(n).unwrap().to_string()).collect();
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA"]);
        let letter = |n| SeriesLetter::nth(n).unwrap();
        assert!(
            letter(26).is_after(&letter(25)) && !letter(25).is_after(&letter(26)) && !letter(3).is_after(&letter(3))
        );
        assert_eq!(SeriesLetter::nth(26 + 26 * 26 + 26 * 26 * 26), None);
    }

    #[test]
    fn an_error_quotes_no_more_than_64_characters() {
        let error = "x".repeat(9_999).parse::<Sku>().unwrap_err();
        assert!(error.to_string().len() < 200);
    }
}
