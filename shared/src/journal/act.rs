//! What is noted: everything that people do at a register rather than sell, decide of a store at the desk, and what the server
//! finds wrong.

use crate::api::stores::StoreChange;
use crate::cash::Counted;
use crate::chain::{Hash, PublicKey};
use crate::closing::Closing;
use crate::finding::FindingKind;
use crate::ids::{EventId, ReceiptId, ReceiptNo, RegisterNo, SellerNo, SeriesLetter, Sku};
use crate::money::Money;
use crate::position::Position;
use crate::quantity::Quantity;
use crate::store::Role;
use serde::{Deserialize, Serialize};

/// What somebody did.
///
/// The tag and the fields of each act stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// At the desk: a file of everything that a store has sold and noted was made, whose seal this entry is.
    ArchiveMade {
        /// SHA-256 of the line of the file that says where everything in it ends.
        ending: Hash,
        /// How many entries of journals.
        #[serde(deserialize_with = "crate::money::exact")]
        entries: u64,
        /// How many receipts.
        #[serde(deserialize_with = "crate::money::exact")]
        receipts: u64,
    },
    /// Everything that was rung up was taken out again, before it was paid.
    BasketVoided {
        /// How many lines.
        #[serde(deserialize_with = "crate::money::exact")]
        lines: u64,
        /// What they came to.
        total: Money,
    },
    /// Cash was put into the drawer.
    CashIn {
        /// How much; above zero.
        amount: Money,
        /// Why, at most [`MAX_REASON`] characters.
        reason: String,
    },
    /// Cash was taken out of the drawer.
    CashOut {
        /// How much; above zero.
        amount: Money,
        /// Why, at most [`MAX_REASON`] characters.
        reason: String,
    },
    /// By the server: something was found wrong with the chain of a series, or with what is signed in it.
    ChainFailureFound {
        /// What is wrong.
        finding: FindingKind,
        /// Whether the record is an entry of a journal rather than a receipt.
        journal: bool,
        /// The record's place in the log.
        position: Position,
        /// The record, by the id that its maker gave it.
        record: EventId,
    },
    /// A day was closed.
    DayClosed(Box<Closing>),
    /// The drawer was opened without a sale.
    DrawerOpened,
    /// The key of the series was made: the first entry of each journal.
    KeyCreated {
        /// Its public half, by which receipts and entries are verified.
        key: PublicKey,
    },
    /// A line, or a part of it, was taken out before it was paid.
    LineVoided {
        /// How much of it.
        quantity: Quantity,
        /// Which product.
        sku: Sku,
        /// What that came to.
        total: Money,
    },
    /// A line was given another price than the catalogue's.
    PriceOverridden {
        /// The price before.
        from: Money,
        /// Which product.
        sku: Sku,
        /// The price since.
        to: Money,
    },
    /// A manager allowed that what a till had reserved of a receipt for a refund is let go of, for others to refund.
    RefundReleased {
        /// The receipt's id.
        receipt: ReceiptId,
        /// The id of the refund that it was reserved for.
        refund: ReceiptId,
    },
    /// Goods of a receipt were taken back, and money was given for them.
    Refunded {
        /// The receipt's number.
        number: ReceiptNo,
        /// The receipt's id.
        receipt: ReceiptId,
        /// The id of the receipt that gives it back.
        refund: ReceiptId,
        /// What was given back; zero or above.
        total: Money,
    },
    /// At the desk: a register was added to the store.
    RegisterAdded {
        /// Its number.
        register: RegisterNo,
    },
    /// At the desk: a register was taken from the till that held it.
    RegisterRevoked {
        /// Its number.
        register: RegisterNo,
        /// The series that signs no more.
        series: SeriesLetter,
    },
    /// A receipt was printed again.
    Reprinted {
        /// Its number.
        number: ReceiptNo,
        /// Its id.
        receipt: ReceiptId,
    },
    /// A register session ended with a count of the drawer.
    SessionClosed {
        /// What was counted, the largest denomination first; those of which there were none are left out.
        counted: Vec<Counted>,
        /// What was counted less what was expected: below zero where cash is missing.
        difference: Money,
        /// What should have been there.
        expected: Money,
    },
    /// A register session began.
    SessionOpened {
        /// What was in the drawer.
        float: Money,
    },
    /// At the desk: the store's rules were changed.
    SettingsChanged {
        /// What of them, and to what.
        to: StoreChange,
    },
    /// Somebody signed in at the till.
    SignedIn,
    /// Somebody signed out, or the till locked itself.
    SignedOut,
    /// At the desk: somebody was added to the store's staff.
    StaffAdded {
        /// What they may do.
        role: Role,
        /// Their number.
        seller: SellerNo,
    },
    /// At the desk: something of somebody on the store's staff was changed. Nobody's name or PIN stands here.
    StaffChanged {
        /// Whether their name was.
        name: bool,
        /// Whether their PIN was.
        pin: bool,
        /// What they may do since, where that was changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<Role>,
        /// Their number.
        seller: SellerNo,
    },
    /// At the desk: somebody was dismissed.
    StaffDismissed {
        /// Their number.
        seller: SellerNo,
    },
    /// What was taken out last was put back.
    VoidUndone,
}

/// The longest reason, in characters.
pub const MAX_REASON: usize = 80;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident: $text:literal;)*) => {
        /// The kind of an act, as its tag names it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum ActKind {
            $($(#[$doc])* $name,)*
        }

        impl ActKind {
            /// Every kind, in the order of their names.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in the tag.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }

        impl Act {
            /// Its kind.
            pub const fn kind(&self) -> ActKind {
                match self {
                    $(Self::$name { .. } => ActKind::$name,)*
                }
            }
        }
    };
}

kinds! {
    /// See [`Act::ArchiveMade`].
    ArchiveMade: "archive_made";
    /// See [`Act::BasketVoided`].
    BasketVoided: "basket_voided";
    /// See [`Act::CashIn`].
    CashIn: "cash_in";
    /// See [`Act::CashOut`].
    CashOut: "cash_out";
    /// See [`Act::ChainFailureFound`].
    ChainFailureFound: "chain_failure_found";
    /// See [`Act::DayClosed`].
    DayClosed: "day_closed";
    /// See [`Act::DrawerOpened`].
    DrawerOpened: "drawer_opened";
    /// See [`Act::KeyCreated`].
    KeyCreated: "key_created";
    /// See [`Act::LineVoided`].
    LineVoided: "line_voided";
    /// See [`Act::PriceOverridden`].
    PriceOverridden: "price_overridden";
    /// See [`Act::RefundReleased`].
    RefundReleased: "refund_released";
    /// See [`Act::Refunded`].
    Refunded: "refunded";
    /// See [`Act::RegisterAdded`].
    RegisterAdded: "register_added";
    /// See [`Act::RegisterRevoked`].
    RegisterRevoked: "register_revoked";
    /// See [`Act::Reprinted`].
    Reprinted: "reprinted";
    /// See [`Act::SessionClosed`].
    SessionClosed: "session_closed";
    /// See [`Act::SessionOpened`].
    SessionOpened: "session_opened";
    /// See [`Act::SettingsChanged`].
    SettingsChanged: "settings_changed";
    /// See [`Act::SignedIn`].
    SignedIn: "signed_in";
    /// See [`Act::SignedOut`].
    SignedOut: "signed_out";
    /// See [`Act::StaffAdded`].
    StaffAdded: "staff_added";
    /// See [`Act::StaffChanged`].
    StaffChanged: "staff_changed";
    /// See [`Act::StaffDismissed`].
    StaffDismissed: "staff_dismissed";
    /// See [`Act::VoidUndone`].
    VoidUndone: "void_undone";
}
