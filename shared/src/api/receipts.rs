//! Posting receipts and finding them again.

use super::problem::Problem;
use crate::chain::{Hash, Sealed};
use crate::finding::FindingKind;
use crate::ids::{EventId, ReceiptId, ReceiptNo, RegisterNo, SellerNo, SeriesLetter, Sku, StoreNo};
use crate::money::Money;
use crate::position::Position;
use crate::receipt::Receipt;
use crate::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

/// The most receipts, or entries of the journal, that one request takes.
pub const MAX_BATCH: usize = 500;

/// What became of one posted record: a receipt, or an entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case", try_from = "PlainOutcome")]
pub enum Outcome {
    /// It is in the log, durably, and will be saved.
    Accepted {
        /// Which.
        id: EventId,
        /// What was found wrong with it; it is kept all the same.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        flags: Vec<FindingKind>,
    },
    /// It cannot be read, or no enrolled key has signed it. Keep it.
    Refused {
        /// Its id, where one can be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<EventId>,
        /// Why.
        problem: Problem,
    },
}

/// An [`Outcome`] as it is read. What `serde` derives for a tagged type copies all of it first, and compiles whatever is in
/// it twice.
#[derive(Deserialize)]
struct PlainOutcome {
    outcome: OutcomeKind,
    id: Option<EventId>,
    #[serde(default)]
    flags: Vec<FindingKind>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum OutcomeKind {
    Accepted,
    Refused,
}

impl TryFrom<PlainOutcome> for Outcome {
    type Error = &'static str;

    fn try_from(PlainOutcome { outcome, id, flags, problem }: PlainOutcome) -> Result<Self, Self::Error> {
        match outcome {
            OutcomeKind::Accepted => Ok(Self::Accepted { id: id.ok_or("an accepted record has an id")?, flags }),
            OutcomeKind::Refused => Ok(Self::Refused { id, problem: problem.ok_or("a refusal has a problem")? }),
        }
    }
}

/// The answer to `POST receipts` and `POST journal`: one outcome for each record, in the order of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outcomes {
    /// The outcomes.
    pub items: Vec<Outcome>,
}

/// A receipt by its name and its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its id.
    pub id: ReceiptId,
    /// Its hash: of two receipts under one id only one is kept as a receipt.
    pub hash: Hash,
}

/// Asks which receipts are saved: `POST receipts/saved`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WhichSaved {
    /// The receipts, at most [`MAX_ASKED`].
    pub receipts: Vec<Named>,
}

/// The most receipts that one question names.
pub const MAX_ASKED: usize = 100;

/// Which of them are saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AreSaved {
    /// Their ids.
    pub ids: Vec<ReceiptId>,
}

/// A receipt in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoredReceipt {
    /// Its place in the log.
    pub position: Position,
    /// When the log took it.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub accepted_at: Timestamp,
    /// The receipt as it was signed.
    #[serde(flatten)]
    pub sealed: Sealed<Receipt>,
}

/// Which receipts to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// The store.
    pub store: StoreNo,
}

/// Which receipts to find; every criterion narrows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct ReceiptQuery {
    /// The store.
    pub store: Option<StoreNo>,
    /// The register.
    pub register: Option<RegisterNo>,
    /// The series.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub series: Option<SeriesLetter>,
    /// Who sold.
    pub seller: Option<SellerNo>,
    /// The number in its series.
    pub number: Option<ReceiptNo>,
    /// A product on it.
    pub product: Option<Sku>,
    /// Its total, in minor units.
    pub amount: Option<Money>,
    /// The first day, by the local date on the receipt.
    pub from: Option<Day>,
    /// The last day, by the local date on the receipt.
    pub to: Option<Day>,
    /// Where the next page starts, as the page before said.
    pub cursor: Option<String>,
    /// How many on a page, 1 to 500; 50 where absent.
    pub limit: Option<u16>,
    /// Oldest saved first instead of newest first.
    pub oldest_first: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_read_as_they_are_written() {
        let id = EventId::mint(1, &[1; 10]);
        let problem = r#"{"type":"/p","title":"","status":422,"detail":"","safe":"","remedy":""}"#;
        for outcome in [
            Outcome::Accepted { id, flags: vec![] },
            Outcome::Accepted { id, flags: vec![FindingKind::AlteredContent] },
            Outcome::Refused { id: None, problem: serde_json::from_str(problem).unwrap() },
            Outcome::Refused { id: Some(id), problem: serde_json::from_str(problem).unwrap() },
        ] {
            let json = serde_json::to_string(&outcome).unwrap();
            assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), outcome, "{json}");
        }
    }

    #[test]
    fn an_outcome_without_what_it_takes_is_none() {
        for json in [r#"{"outcome":"accepted"}"#, r#"{"outcome":"refused"}"#, r#"{"outcome":"hat"}"#, "{}"] {
            assert!(serde_json::from_str::<Outcome>(json).is_err(), "{json}");
        }
    }
}
