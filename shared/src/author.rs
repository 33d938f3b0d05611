//! Who did what stands in a journal.

use crate::ids::{SellerNo, StoreNo};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who did something: somebody of the store's staff, a manager of another store, the operator, or the server by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Author {
    /// Somebody of the store's staff, by their number.
    Seller(SellerNo),
    /// A manager of another store.
    Visitor(Visitor),
    /// Nobody who has a number.
    Unnumbered(Unnumbered),
}

/// Somebody of another store's staff.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Visitor {
    /// Their number there.
    pub seller: SellerNo,
    /// Their store.
    pub store: StoreNo,
}

/// Who has no number, by a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unnumbered {
    /// Whoever holds the operator's token.
    Operator,
    /// The server, whom nobody has asked.
    Server,
}

impl Author {
    /// Whoever holds the operator's token.
    pub const OPERATOR: Self = Self::Unnumbered(Unnumbered::Operator);
    /// The server, whom nobody has asked.
    pub const SERVER: Self = Self::Unnumbered(Unnumbered::Server);

    /// Their number, where they are of the store's own staff.
    pub const fn seller(self) -> Option<SellerNo> {
        match self {
            Self::Seller(seller) => Some(seller),
            Self::Visitor(_) | Self::Unnumbered(_) => None,
        }
    }
}

impl From<SellerNo> for Author {
    fn from(seller: SellerNo) -> Self {
        Self::Seller(seller)
    }
}

/// For paper and lists: a number, and of which store where it is another.
impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seller(seller) => seller.fmt(f),
            Self::Visitor(Visitor { seller, store }) => write!(f, "{store}/{seller}"),
            Self::Unnumbered(Unnumbered::Operator) => f.write_str("operator"),
            Self::Unnumbered(Unnumbered::Server) => f.write_str("server"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_author_is_told_by_its_form() {
        let visitor = Author::Visitor(Visitor { seller: SellerNo::FIRST, store: StoreNo::MAX });
        let known = [
            (Author::from(SellerNo::FIRST), "1"),
            (visitor, r#"{"seller":1,"store":99999}"#),
            (Author::OPERATOR, r#""operator""#),
            (Author::SERVER, r#""server""#),
        ];
        for (author, json) in known {
            assert_eq!(serde_json::to_string(&author).unwrap(), json);
            assert_eq!(serde_json::from_str::<Author>(json).unwrap(), author);
        }
        for wrong in ["0", "null", r#""seller""#, r#"{"seller":1}"#, r#"{"seller":1,"store":2,"hat":3}"#] {
            assert!(serde_json::from_str::<Author>(wrong).is_err(), "{wrong}");
        }
    }
}
