//! Reading an export line by line, as `GET receipts/export` gives it.

use super::{Finding, SeriesHead, SeriesKey, Verification};
use crate::chain::Sealed;
use crate::ids::{ReceiptNo, RegisterNo, SeriesId, SeriesLetter, StoreNo};
use crate::receipt::Receipt;
use serde::{Deserialize, Serialize};

/// The format that this program writes and reads.
const FORMAT: u32 = 1;

/// The first line of an export.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// The version of the format.
    pub comptoir_export: u32,
    /// The store.
    pub store: StoreNo,
}

impl Heading {
    /// That of a store's export.
    pub const fn of(store: StoreNo) -> Self {
        Self { comptoir_export: FORMAT, store }
    }
}

/// The last line of an export.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Where each series ends.
    pub heads: Vec<SeriesHead>,
    /// How many receipts stand before.
    pub receipts: u64,
}

/// A receipt's line; what surrounds the receipt itself (its place in the log, when it was accepted) is nobody's to sign.
#[derive(Deserialize)]
struct ReceiptLine {
    #[serde(flatten)]
    around: serde_json::Map<String, serde_json::Value>,
}

/// Who an unreadable receipt says that it is.
#[derive(Deserialize)]
struct Claimed {
    store: StoreNo,
    register: RegisterNo,
    series: SeriesLetter,
    number: ReceiptNo,
}

/// Why a file is no export.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// The first line is not that of an export.
    #[error("line 1 is not the heading of an export that this version reads: make it by `GET receipts/export`")]
    NoHeading,
    /// A line is none of an export's.
    #[error("line {0} is none of an export's")]
    Foreign(usize),
    /// The last line is missing.
    #[error("the export breaks off: its last line is missing")]
    NoEnding,
    /// There are fewer receipts, or more, than the last line says.
    #[error("the export holds {found} receipts and says that it holds {said}")]
    Count {
        /// How many there are.
        found: u64,
        /// How many there should be.
        said: u64,
    },
}

/// An export while it is being read.
#[derive(Debug, Default)]
pub struct Export {
    verification: Verification,
    store: Option<StoreNo>,
    lines: usize,
    ending: Option<Ending>,
}

impl Export {
    /// Takes the next line.
    ///
    /// # Errors
    ///
    /// [`ExportError`], after which the rest says nothing.
    pub fn take(&mut self, line: &str) -> Result<(), ExportError> {
        self.lines += 1;
        let foreign = Err(ExportError::Foreign(self.lines));
        if self.lines == 1 {
            let heading = serde_json::from_str::<Heading>(line).ok().filter(|it| it.comptoir_export == FORMAT);
            self.store = heading.map(|heading| heading.store);
            return self.store.map(drop).ok_or(ExportError::NoHeading);
        }
        if self.ending.is_some() {
            return foreign;
        }
        if let Ok(key) = serde_json::from_str::<SeriesKey>(line) {
            // A series of another store, or one that begins again, would hide what is missing.
            if self.store != Some(key.series.store) || !self.verification.introduce(key) {
                return foreign;
            }
        } else if let Ok(ending) = serde_json::from_str::<Ending>(line) {
            self.ending = Some(ending);
        } else if !self.take_receipt(line) {
            return foreign;
        }
        Ok(())
    }

    /// Takes a receipt's line; `false` where it is not even that.
    fn take_receipt(&mut self, line: &str) -> bool {
        let Ok(ReceiptLine { mut around }) = serde_json::from_str(line) else { return false };
        around.remove("position");
        around.remove("accepted_at");
        let claimed = around.get("body").cloned().and_then(|body| serde_json::from_value::<Claimed>(body).ok());
        if let Ok(receipt) = serde_json::from_value::<Sealed<Receipt>>(around.into()) {
            self.verification.take(&receipt, |key| receipt.is_signed_by(key));
            return true;
        }
        let Some(Claimed { store, register, series, number }) = claimed else { return false };
        self.verification.take_unreadable(SeriesId { store, register, letter: series }, number);
        true
    }

    /// What came of it: how many receipts there are, and what is wrong.
    ///
    /// # Errors
    ///
    /// [`ExportError::NoEnding`], [`ExportError::Count`].
    pub fn end(self) -> Result<(u64, Vec<Finding>), ExportError> {
        let Ending { heads, receipts: said } = self.ending.ok_or(ExportError::NoEnding)?;
        let found = self.verification.receipts();
        let findings = self.verification.end(&heads);
        // What is missing is named where its chain shows it; a count alone names nothing.
        if findings.is_empty() && found != said {
            Err(ExportError::Count { found, said })
        } else {
            Ok((found, findings))
        }
    }
}
