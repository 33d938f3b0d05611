//! What the log holds: everything that the ledger decides by.

use crate::chain::{Hash, PublicKey, Sealed};
use crate::finding::FindingKind;
use crate::ids::{EventId, SellerNo, SeriesId, Sku, StoreNo};
use crate::journal::JournalEntry;
use crate::position::Position;
use crate::quantity::Quantity;
use crate::receipt::Receipt;
use crate::stock::Threshold;
use crate::time::{CutOff, Timestamp};
use serde::{Deserialize, Serialize};

/// How much of one product a delivery, count or transfer is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StockItem {
    /// Which product.
    pub sku: Sku,
    /// How much, in thousandths of its unit; not negative.
    pub quantity: Quantity,
}

/// Goods that came in, that were counted, or that went to or came from another store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StockMovement {
    /// Minted by who reports it; the same report twice counts once.
    pub id: EventId,
    /// What moved.
    pub items: Vec<StockItem>,
    /// When it happened.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Who reports it, where a person does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<SellerNo>,
    /// The store at the other end of a transfer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterpart: Option<StoreNo>,
}

/// A key that may sign for a register from here on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// The event's id.
    pub id: EventId,
    /// The series that it opens.
    pub series: SeriesId,
    /// Whose signatures belong to it.
    pub public_key: PublicKey,
    /// What the series' first receipt has to name as its predecessor.
    pub prev: Hash,
}

/// A change of what the ledger decides by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The event's id.
    pub id: EventId,
    /// When the store's business day starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<CutOff>,
    /// Whether the store is a training store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training: Option<bool>,
    /// Products whose threshold changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<ThresholdSetting>,
}

/// The threshold of one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ThresholdSetting {
    /// Which product.
    pub sku: Sku,
    /// Below which share of par it runs low.
    pub threshold: Threshold,
}

/// Something that happened in one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A sale or a refund.
    Receipt(Box<Sealed<Receipt>>),
    /// Goods came in.
    Delivery(StockMovement),
    /// Somebody counted.
    StockCount(StockMovement),
    /// Goods left for another store.
    TransferOut(StockMovement),
    /// Goods came from another store.
    TransferIn(StockMovement),
    /// A register got a series.
    Enrolment(Enrolment),
    /// Settings changed.
    Settings(Settings),
    /// Somebody did something at a register that is no sale.
    Journal(Box<Sealed<JournalEntry>>),
}

/// The kind of an event, as the log's header names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// See [`Event::Receipt`].
    Receipt,
    /// See [`Event::Delivery`].
    Delivery,
    /// See [`Event::StockCount`].
    StockCount,
    /// See [`Event::TransferOut`].
    TransferOut,
    /// See [`Event::TransferIn`].
    TransferIn,
    /// See [`Event::Enrolment`].
    Enrolment,
    /// See [`Event::Settings`].
    Settings,
    /// See [`Event::Journal`].
    Journal,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Receipt,
        Self::Delivery,
        Self::StockCount,
        Self::TransferOut,
        Self::TransferIn,
        Self::Enrolment,
        Self::Settings,
        Self::Journal,
    ];

    /// The name in the log's `type` header.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Delivery => "delivery",
            Self::StockCount => "stock_count",
            Self::TransferOut => "transfer_out",
            Self::TransferIn => "transfer_in",
            Self::Enrolment => "enrolment",
            Self::Settings => "settings",
            Self::Journal => "journal",
        }
    }

    /// The kind of that name, if this version knows it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Why the bytes of a record are no event.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Written by a later version: upgrading is the cure, so nothing after it may be taken.
    #[error("version {0} of the record is from a later Comptoir: upgrade this process")]
    FutureVersion(u16),
    /// A kind that no version known to this one writes.
    #[error("a record of the unknown type {0:?}")]
    UnknownKind(String),
    /// Not the JSON that the kind asks for.
    #[error("the record cannot be read: {0}")]
    Malformed(#[from] serde_json::Error),
}

impl Event {
    /// The version of the records that this program writes.
    pub const VERSION: u16 = 7;

    /// The kind.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Receipt(_) => EventKind::Receipt,
            Self::Delivery(_) => EventKind::Delivery,
            Self::StockCount(_) => EventKind::StockCount,
            Self::TransferOut(_) => EventKind::TransferOut,
            Self::TransferIn(_) => EventKind::TransferIn,
            Self::Enrolment(_) => EventKind::Enrolment,
            Self::Settings(_) => EventKind::Settings,
            Self::Journal(_) => EventKind::Journal,
        }
    }

    /// The id that its maker gave it.
    pub fn id(&self) -> EventId {
        match self {
            Self::Receipt(receipt) => receipt.body.id.into(),
            Self::Delivery(movement)
            | Self::StockCount(movement)
            | Self::TransferOut(movement)
            | Self::TransferIn(movement) => movement.id,
            Self::Enrolment(enrolment) => enrolment.id,
            Self::Settings(settings) => settings.id,
            Self::Journal(entry) => entry.body.id,
        }
    }

    /// The JSON that the log and the store keep.
    pub fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        match self {
            Self::Receipt(receipt) => serde_json::to_vec(receipt),
            Self::Delivery(movement)
            | Self::StockCount(movement)
            | Self::TransferOut(movement)
            | Self::TransferIn(movement) => serde_json::to_vec(movement),
            Self::Enrolment(enrolment) => serde_json::to_vec(enrolment),
            Self::Settings(settings) => serde_json::to_vec(settings),
            Self::Journal(entry) => serde_json::to_vec(entry),
        }
    }

    /// Reads an event back from the log's headers and bytes.
    pub fn decode(kind: &str, version: u16, bytes: &[u8]) -> Result<Self, DecodeError> {
        if version > Self::VERSION {
            return Err(DecodeError::FutureVersion(version));
        }
        let known = EventKind::named(kind).ok_or_else(|| DecodeError::UnknownKind(kind.chars().take(64).collect()))?;
        Ok(match known {
            EventKind::Receipt => Self::Receipt(serde_json::from_slice(bytes)?),
            EventKind::Delivery => Self::Delivery(serde_json::from_slice(bytes)?),
            EventKind::StockCount => Self::StockCount(serde_json::from_slice(bytes)?),
            EventKind::TransferOut => Self::TransferOut(serde_json::from_slice(bytes)?),
            EventKind::TransferIn => Self::TransferIn(serde_json::from_slice(bytes)?),
            EventKind::Enrolment => Self::Enrolment(serde_json::from_slice(bytes)?),
            EventKind::Settings => Self::Settings(serde_json::from_slice(bytes)?),
            EventKind::Journal => Self::Journal(serde_json::from_slice(bytes)?),
        })
    }
}

/// An event at its place in the log, with what the intake knew when it accepted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its place.
    pub position: Position,
    /// The store it belongs to.
    pub store: StoreNo,
    /// When the log took it.
    pub accepted_at: Timestamp,
    /// What the intake found wrong with it.
    pub flags: Vec<FindingKind>,
    /// What happened.
    pub event: Event,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_version_is_told_from_rubbish() {
        let later = Event::VERSION + 1;
        assert!(
            matches!(Event::decode("receipt", later, b"{}"), Err(DecodeError::FutureVersion(version)) if version == later)
        );
        assert!(matches!(Event::decode("hat", 1, b"{}"), Err(DecodeError::UnknownKind(_))));
        assert!(matches!(Event::decode("receipt", 1, b"{"), Err(DecodeError::Malformed(_))));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let movement = StockMovement {
            id: EventId::mint(1, &[2; 10]),
            items: vec![StockItem { sku: "A".parse().unwrap(), quantity: Quantity::ONE }],
            at: Timestamp::UNIX_EPOCH,
            by: None,
            counterpart: None,
        };
        for event in [Event::Delivery(movement.clone()), Event::TransferIn(movement)] {
            let bytes = event.encode().unwrap();
            assert_eq!(Event::decode(event.kind().as_str(), Event::VERSION, &bytes).unwrap(), event);
        }
    }
}
