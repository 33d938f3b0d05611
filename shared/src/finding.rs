//! What a saver or the intake found wrong, kept beside the record it concerns.

use crate::ids::{EventId, StoreNo};
use crate::position::Position;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What is wrong. The record was stored all the same: the goods are gone. In the order of their names, which is the order
/// that the store keeps the findings of one record in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A receipt of a period that was closed without it.
    AfterClosing,
    /// The content does not have the hash that was signed.
    AlteredContent,
    /// The same id came again with other content.
    CopyDiffers,
    /// A record that cannot be read; its bytes are kept as a dead letter.
    DeadLetter,
    /// A refund of other lines, more of them, or more money than is reserved for it.
    ExcessRefund,
    /// Signed by a key that is enrolled, but not for this series.
    ForeignKey,
    /// Two different receipts bear one number.
    Fork,
    /// A record that a later version has written: it waits for an upgrade, and all behind it in its partition with it.
    LaterVersion,
    /// Signed after another browser had taken the register over.
    ReplacedKey,
    /// Issued before a count of the product that had its effect already; the level was left alone.
    SaleBeforeCount,
    /// A price other than the catalogue's that no manager of the store has allowed.
    UnapprovedPrice,
    /// A refund that came while the store was away, so that nothing could say whether it may give that back.
    UncheckedRefund,
    /// A product that the catalogue does not have.
    UnknownProduct,
    /// A refund of a receipt that the store does not have.
    UnknownRefund,
    /// A seller that the store does not have.
    UnknownSeller,
    /// A refund that nothing is reserved for.
    UnreservedRefund,
    /// A closing that is not what its receipts come to, or does not follow the closing before.
    WrongClosing,
    /// A training receipt in a real store, or the other way round.
    WrongKind,
    /// `prev` is not the hash of the entry before.
    WrongPrev,
    /// A price that the catalogue did not have.
    WrongPrice,
    /// The sums of the receipt do not agree with each other.
    WrongSum,
}

impl FindingKind {
    /// Whether it is about a chain or what is signed in it, rather than about goods, prices and people.
    pub const fn is_of_chain(self) -> bool {
        matches!(
            self,
            Self::AfterClosing
                | Self::AlteredContent
                | Self::CopyDiffers
                | Self::ForeignKey
                | Self::Fork
                | Self::ReplacedKey
                | Self::WrongClosing
                | Self::WrongPrev
        )
    }
}

/// Something wrong with one record of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// The store whose record it is.
    pub store: StoreNo,
    /// The record's place in the log; with `kind` it names the finding.
    pub position: Position,
    /// What is wrong.
    pub kind: FindingKind,
    /// The record, by the id that its maker gave it; absent where it cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    /// Whether the record is an entry of the journal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub journal: bool,
    /// The particulars, in English.
    pub detail: String,
    /// When the record was accepted into the log.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::FindingKind::{
        self, AfterClosing, AlteredContent, CopyDiffers, DeadLetter, ExcessRefund, ForeignKey, Fork, LaterVersion,
        ReplacedKey,
    };
    use super::FindingKind::{
        SaleBeforeCount, UnapprovedPrice, UncheckedRefund, UnknownProduct, UnknownRefund, UnknownSeller,
        UnreservedRefund, WrongClosing, WrongKind, WrongPrev, WrongPrice, WrongSum,
    };

    #[test]
    fn kinds_are_in_the_order_of_their_names() {
        let mut kinds = [
            WrongSum,
            AfterClosing,
            AlteredContent,
            CopyDiffers,
            DeadLetter,
            ExcessRefund,
            ForeignKey,
            Fork,
            LaterVersion,
            ReplacedKey,
            SaleBeforeCount,
            UnapprovedPrice,
            UncheckedRefund,
            UnknownProduct,
            UnknownRefund,
            UnknownSeller,
            UnreservedRefund,
            WrongClosing,
            WrongKind,
            WrongPrev,
            WrongPrice,
        ];
        kinds.sort_unstable();
        let names = kinds.map(|kind: FindingKind| serde_json::to_string(&kind).unwrap());
        assert!(names.is_sorted(), "{names:?}");
    }
}
