//! The event journal: what people do at a register rather than sell, what they decide of a store at the desk, and what the server
//! finds wrong. Who, where, when, what, in a chain of its own.
//!
//! Each series has a journal beside its receipts, signed by the same key and numbered by itself from 1 without gaps. Its
//! first entry names [`Hash::GENESIS`]. An entry's bytes hold a field that no receipt has, so that neither passes as the
//! other.

use crate::api::stores::StoreChange;
use crate::author::Author;
use crate::canonical::Canonical;
use crate::cash::Counted;
use crate::chain::{Hash, Head, PublicKey, Sealed};
use crate::closing::Closing;
use crate::finding::FindingKind;
use crate::ids::{
    EventId, JournalNo, ReceiptId, ReceiptNo, RegisterNo, SellerNo, SeriesId, SeriesLetter, Sku, StoreNo,
};
use crate::money::Money;
use crate::position::Position;
use crate::quantity::Quantity;
use crate::receipt::Canon;
use crate::store::Role;
use crate::time::Moment;
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

/// What tells an entry's bytes from a receipt's, and so its hash and signature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// An entry of the journal.
    #[default]
    Journal,
}

/// One entry of a series' journal.
///
/// Fields stand in alphabetical order, which makes the JSON canonical (RFC 8785 §3.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JournalEntry {
    /// When, by the clock of the till, or at the desk of the server.
    pub at: Moment,
    /// Who.
    pub by: Author,
    /// Which canonical form its hash is over.
    pub canon: Canon,
    /// What.
    pub entry: Act,
    /// Minted where it happened; it is saved once under this id.
    pub id: EventId,
    /// Always `journal`.
    pub kind: RecordKind,
    /// Who allowed it, where it takes a manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<SellerNo>,
    /// Its number within the journal of the series.
    pub number: JournalNo,
    /// The hash of the entry before.
    pub prev: Hash,
    /// The register.
    pub register: RegisterNo,
    /// Which of the register's enrolments.
    pub series: SeriesLetter,
    /// Whether it happened in training.
    pub simulated: bool,
    /// The store.
    pub store: StoreNo,
}

impl Canonical for JournalEntry {}

/// What happened, before it has a place in a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What.
    pub act: Act,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Author,
    /// Who allowed it.
    pub manager: Option<SellerNo>,
}

/// The journal has no number left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the journal has no number left: open another series")]
pub struct JournalFull;

impl JournalEntry {
    /// The entry behind `head` in the journal of a series.
    ///
    /// # Errors
    ///
    /// [`JournalFull`].
    pub fn next(series: &SeriesId, head: Head, simulated: bool, id: EventId, deed: Deed) -> Result<Self, JournalFull> {
        let Deed { act, at, by, manager } = deed;
        Ok(Self {
            at,
            by,
            canon: Canon::V1,
            entry: act,
            id,
            kind: RecordKind::Journal,
            manager,
            number: JournalNo::try_from(head.number.saturating_add(1)).map_err(|_| JournalFull)?,
            prev: head.hash,
            register: series.register,
            series: series.letter.clone(),
            simulated,
            store: series.store,
        })
    }

    /// The series whose journal it belongs to.
    pub fn series_id(&self) -> SeriesId {
        SeriesId { store: self.store, register: self.register, letter: self.series.clone() }
    }
}

impl Sealed<JournalEntry> {
    /// The head of the journal after this entry.
    pub fn head(&self) -> Head {
        Head { number: self.body.number.get(), hash: self.hash }
    }

    /// What is wrong with the entry by itself.
    pub fn own_findings(&self) -> Option<FindingKind> {
        (!self.is_intact()).then_some(FindingKind::AlteredContent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closing::{Figures, Perpetual, ToDate};
    use crate::ids::PeriodNo;
    use crate::payment::{Tender, TenderKind};
    use crate::receipt::Receipt;
    use crate::tax::TaxLine;
    use proptest::prelude::*;

    fn closing(total: Money) -> Closing {
        let rate = 550.try_into().unwrap();
        let period = Figures {
            absolute: total,
            receipts: 1,
            refunds: 0,
            rounding: Money::ZERO,
            taxes: vec![TaxLine { gross: total, net: total, rate, tax: Money::ZERO }],
            tenders: vec![Tender { amount: total, kind: TenderKind::Cash }],
            total,
        };
        Closing {
            day: "2026-11-23".parse().unwrap(),
            first: ReceiptNo::FIRST,
            head: Hash::GENESIS,
            last: 1,
            number: PeriodNo::FIRST,
            perpetual: Perpetual::default().after(&period),
            to_date: Some(ToDate { month: period.clone(), year: period.clone() }),
            period,
            previous: Hash::GENESIS,
        }
    }

    fn acts(text: &str, amount: i32) -> Vec<Act> {
        let (amount, reason) = (Money::from(amount), text.to_owned());
        let sku: Sku = "A".parse().unwrap();
        let counted = vec![Counted { count: 3, value: 500.into() }];
        vec![
            Act::ArchiveMade { ending: Hash::GENESIS, entries: 3, receipts: 4 },
            Act::BasketVoided { lines: 2, total: amount },
            Act::CashIn { amount, reason: reason.clone() },
            Act::CashOut { amount, reason },
            Act::ChainFailureFound {
                finding: FindingKind::Fork,
                journal: false,
                position: Position { epoch: 1, offset: 7 },
                record: EventId::mint(1, &[1; 10]),
            },
            Act::DayClosed(Box::new(closing(amount))),
            Act::DrawerOpened,
            Act::KeyCreated { key: PublicKey::from_bytes([3; 32]) },
            Act::LineVoided { quantity: Quantity::ONE, sku: sku.clone(), total: amount },
            Act::PriceOverridden { from: amount, sku, to: 1.into() },
            Act::Refunded {
                number: ReceiptNo::FIRST,
                receipt: ReceiptId::mint(1, &[1; 10]),
                refund: ReceiptId::mint(2, &[1; 10]),
                total: amount,
            },
            Act::RegisterAdded { register: RegisterNo::FIRST },
            Act::RegisterRevoked { register: RegisterNo::FIRST, series: SeriesLetter::nth(0).unwrap() },
            Act::Reprinted { number: ReceiptNo::FIRST, receipt: ReceiptId::mint(1, &[1; 10]) },
            Act::SessionClosed { counted, difference: amount, expected: amount },
            Act::SessionOpened { float: amount },
            Act::SettingsChanged { to: StoreChange { void_needs_manager: Some(true), ..StoreChange::default() } },
            Act::SignedIn,
            Act::SignedOut,
            Act::StaffAdded { role: Role::Seller, seller: SellerNo::FIRST },
            Act::StaffChanged { name: true, pin: false, role: Some(Role::Manager), seller: SellerNo::FIRST },
            Act::StaffDismissed { seller: SellerNo::FIRST },
            Act::VoidUndone,
        ]
    }

    fn entry(act: Act, manager: Option<SellerNo>) -> JournalEntry {
        let series =
            SeriesId { store: StoreNo::FIRST, register: RegisterNo::FIRST, letter: SeriesLetter::nth(0).unwrap() };
        let at = "2026-11-23T14:32:07.250+01:00".parse().unwrap();
        let deed = Deed { act, at, by: SellerNo::FIRST.into(), manager };
        JournalEntry::next(&series, Head::GENESIS, true, EventId::mint(1, &[2; 10]), deed).unwrap()
    }

    #[test]
    fn every_act_has_the_kind_that_its_tag_says() {
        let kinds: Vec<_> = acts("", 1).iter().map(Act::kind).collect();
        assert_eq!(kinds, ActKind::ALL);
        for act in acts("", 1) {
            assert_eq!(serde_json::to_value(&act).unwrap()["act"], act.kind().as_str());
            assert_eq!(serde_json::to_value(act.kind()).unwrap(), act.kind().as_str());
        }
        assert!(ActKind::ALL.is_sorted_by_key(|kind| kind.as_str()));
    }

    #[test]
    fn the_canonical_form_of_a_known_entry_stays_what_it_is() {
        let body = entry(Act::CashOut { amount: 5000.into(), reason: "Banque".to_owned() }, Some(SellerNo::MAX));
        let text = String::from_utf8(body.canonical_bytes()).unwrap();
        let known = concat!(
            r#"{"at":"2026-11-23T14:32:07.250+01:00","by":1,"canon":1,"#,
            r#""entry":{"act":"cash_out","amount":5000,"reason":"Banque"},"#,
            r#""id":"00000000-0001-7202-8202-020202020202","kind":"journal","manager":99999,"number":1,"#,
            r#""prev":"0000000000000000000000000000000000000000000000000000000000000000","register":1,"series":"A","#,
            r#""simulated":true,"store":1}"#,
        );
        assert_eq!(text, known);
    }

    #[test]
    fn an_entry_never_passes_as_a_receipt_nor_with_what_is_not_its_own() {
        let bytes = entry(Act::SignedIn, None).canonical_bytes();
        assert!(serde_json::from_slice::<Receipt>(&bytes).is_err());
        let receipt = crate::receipt::tests::sample("Pomme Gala", 249, 840);
        assert!(serde_json::from_slice::<JournalEntry>(&receipt.canonical_bytes()).is_err());
        let text = String::from_utf8(bytes).unwrap();
        for wrong in [r#""kind":"receipt""#, r#""kind":"journal","hat":1"#] {
            assert!(serde_json::from_str::<JournalEntry>(&text.replace(r#""kind":"journal""#, wrong)).is_err());
        }
        let numbered = text.replace(r#"{"act":"signed_in"}"#, r#"{"act":"cash_in","amount":1,"reason":"","hat":1}"#);
        assert!(serde_json::from_str::<JournalEntry>(&numbered).is_err());
    }

    #[test]
    fn the_canonical_form_of_a_known_closing_stays_what_it_is() {
        let text = String::from_utf8(entry(Act::DayClosed(Box::new(closing(100.into()))), None).canonical_bytes());
        let zeros = "0".repeat(64);
        let figures = concat!(
            r#"{"absolute":100,"receipts":1,"refunds":0,"taxes":[{"gross":100,"net":100,"rate":550,"tax":0}],"#,
            r#""tenders":[{"amount":100,"kind":"cash"}],"total":100}"#,
        );
        let known = [
            r#""entry":{"act":"day_closed","day":"2026-11-23","first":1,"head":""#,
            &zeros,
            r#"","last":1,"number":1,"period":"#,
            figures,
            r#","perpetual":{"absolute":100,"algebraic":100},"previous":""#,
            &zeros,
            r#"","to_date":{"month":"#,
            figures,
            r#","year":"#,
            figures,
            "}}",
        ];
        assert!(text.as_ref().unwrap().contains(&known.concat()), "{text:?}");
    }

    #[test]
    fn a_closing_with_what_is_not_its_own_is_none() {
        let text = serde_json::to_string(&Act::DayClosed(Box::new(closing(100.into())))).unwrap();
        assert!(serde_json::from_str::<Act>(&text).is_ok());
        assert!(serde_json::from_str::<Act>(&text.replace(r#""first":1"#, r#""first":1,"hat":1"#)).is_err());
    }

    /// Beyond 2⁵³ − 1 RFC 8785 writes another number than `serde_json` does.
    #[test]
    fn no_count_is_beyond_what_the_canonical_form_can_hold() {
        let voided = |lines: u64| format!(r#"{{"act":"basket_voided","lines":{lines},"total":5}}"#);
        assert!(serde_json::from_str::<Act>(&voided(9_007_199_254_740_991)).is_ok());
        assert!(serde_json::from_str::<Act>(&voided(9_007_199_254_740_992)).is_err());
    }

    proptest! {
        #[test]
        fn canonical_bytes_are_rfc_8785_and_are_read_back(text in ".{0,20}", amount in -9_999_i32..9_999, managed in any::<bool>()) {
            for act in acts(&text, amount) {
                let body = entry(act, managed.then_some(SellerNo::MAX));
                let reference = serde_json_canonicalizer::to_vec(&serde_json::to_value(&body).unwrap()).unwrap();
                prop_assert_eq!(String::from_utf8(body.canonical_bytes()), String::from_utf8(reference));
                let read: JournalEntry = serde_json::from_slice(&body.canonical_bytes()).unwrap();
                prop_assert_eq!(read, body);
            }
        }
    }
}
