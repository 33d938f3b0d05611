//! Reading an export line by line, as `GET receipts/export` gives it.

use super::ending::{COUNTED, Ending, FORMAT, Heading, SEALED, SeriesEnds};
use super::{Chain, Chained, Fault, Finding, Known, SeriesKey, Verification};
use crate::chain::{Hash, Sealed, Signature};
use crate::ids::{ReceiptNo, RegisterNo, SeriesId, SeriesLetter, StoreNo};
use crate::journal::{Act, JournalEntry};
use crate::position::Position;
use crate::receipt::Receipt;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A record's line; what surrounds the record itself (its place in the log, when it was accepted) is nobody's to sign.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordLine<T> {
    #[serde(default, rename = "position")]
    _position: Option<Position>,
    #[serde(default, rename = "accepted_at")]
    _accepted_at: Option<String>,
    body: T,
    hash: Hash,
    signature: Signature,
}

impl<T: Chained + DeserializeOwned> RecordLine<T> {
    /// Reads a line whose body is, as it stands, what is hashed: whoever canonicalises it without the types of this program
    /// comes to the same bytes, and no member stands twice, of which one reader would believe the first and another the last.
    fn read(line: &str, body: &Value) -> Option<Sealed<T>> {
        let read: Self = serde_json::from_str(line).ok()?;
        let stands = serde_json::to_value(&read.body).is_ok_and(|signed| signed == *body);
        stands.then_some(Sealed { body: read.body, hash: read.hash, signature: read.signature })
    }
}

/// Who an unreadable record says that it is. Entries of a journal are numbered as receipts are.
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
    /// The last line is missing, or the one before it.
    #[error("the export breaks off: its last line is missing")]
    NoEnding,
    /// There are fewer records of a kind, or more, than the last line says.
    #[error("the export holds {found} lines of the kind {chain} and says that it holds {said}")]
    Count {
        /// Of which kind.
        chain: Chain,
        /// How many there are.
        found: u64,
        /// How many there should be.
        said: u64,
    },
}

/// What came of a whole export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whether the office's key has sealed it: without, nobody says that all of it is there.
    pub is_sealed: bool,
    /// How many receipts there are.
    pub receipts: u64,
    /// How many entries of journals there are.
    pub entries: u64,
    /// The series, and where they end: whoever keeps keys and ends elsewhere holds them against these.
    pub series: Vec<SeriesEnds>,
    /// What is wrong; the first record that shows it comes first.
    pub findings: Vec<Finding>,
}

/// An export while it is being read.
#[derive(Debug, Default)]
pub struct Export {
    verification: Verification,
    heading: Option<Heading>,
    lines: usize,
    /// Where the records end, and the hash of the line that says so.
    ending: Option<(Ending, Hash)>,
    is_sealed: bool,
}

impl Export {
    /// An export that has to agree with what is known.
    pub fn with(known: Known) -> Self {
        Self { verification: Verification::with(known), ..Self::default() }
    }

    /// Takes the next line.
    ///
    /// # Errors
    ///
    /// [`ExportError`], after which the rest says nothing.
    pub fn take(&mut self, line: &str) -> Result<(), ExportError> {
        self.lines += 1;
        let foreign = Err(ExportError::Foreign(self.lines));
        if self.lines == 1 {
            let heading = serde_json::from_str::<Heading>(line).ok();
            self.heading = heading.filter(|heading| (1..=FORMAT).contains(&heading.comptoir_export));
            return if self.heading.is_some() { Ok(()) } else { Err(ExportError::NoHeading) };
        }
        if self.ending.is_some() {
            return if self.take_seal(line) { Ok(()) } else { foreign };
        }
        if let Ok(key) = serde_json::from_str::<SeriesKey>(line) {
            // A series of another store, or one that begins again, would hide what is missing.
            let store = self.heading.as_ref().map(|heading| heading.store);
            if store != Some(key.series.store) || !self.verification.introduce(key) {
                return foreign;
            }
        } else if let Ok(ending) = serde_json::from_str::<Ending>(line) {
            if self.is_of(COUNTED) && !ending.is_counted() {
                return foreign;
            }
            self.ending = Some((ending, Hash::of(line.as_bytes())));
        } else if !self.take_record(line) {
            return foreign;
        }
        Ok(())
    }

    /// Takes the entry of the office's journal that an archive was made; `false` where it is not even that. Entries between
    /// what the archive holds of that journal and this one may still be on their way.
    fn take_seal(&mut self, line: &str) -> bool {
        let body = serde_json::from_str::<Value>(line).ok().and_then(|mut around| Some(around.get_mut("body")?.take()));
        let seal = body.and_then(|body| RecordLine::<JournalEntry>::read(line, &body));
        let (Some(seal), Some((_, said)), false) = (seal, &self.ending, self.is_sealed) else { return false };
        let Act::ArchiveMade { ending, .. } = &seal.body.entry else { return false };
        let is_right = ending == said && self.verification.is_sealed_by(&seal);
        if !is_right {
            self.verification.find(seal.body.series_id(), Chain::Journal, seal.body.number.get(), Fault::OtherArchive);
        }
        self.is_sealed = true;
        true
    }

    /// Takes a record's line; `false` where it is not even that.
    fn take_record(&mut self, line: &str) -> bool {
        let Ok(mut around) = serde_json::from_str::<Value>(line) else { return false };
        let Some(body) = around.get_mut("body").map(Value::take) else { return false };
        // No receipt has a kind.
        if body.get("kind").is_some() {
            self.take_sealed::<JournalEntry>(line, body)
        } else {
            self.take_sealed::<Receipt>(line, body)
        }
    }

    fn take_sealed<T: Chained + DeserializeOwned>(&mut self, line: &str, body: Value) -> bool {
        if let Some(record) = RecordLine::<T>::read(line, &body) {
            self.verification.take(&record, |key| record.is_signed_by(key));
            return true;
        }
        let Ok(Claimed { store, register, series, number }) = serde_json::from_value(body) else { return false };
        self.verification.take_unreadable(SeriesId { store, register, letter: series }, T::CHAIN, number.get());
        true
    }

    /// What came of it: what there is, and what is wrong.
    ///
    /// # Errors
    ///
    /// [`ExportError::NoEnding`], [`ExportError::Count`].
    pub fn end(self) -> Result<Verified, ExportError> {
        let Some((ending, _)) = &self.ending else { return Err(ExportError::NoEnding) };
        // No format without a seal has an office either, whatever the heading says.
        if (self.is_of(SEALED) || self.verification.has_office()) && !self.is_sealed {
            return Err(ExportError::NoEnding);
        }
        let (receipts, entries) = (self.verification.receipts(), self.verification.entries());
        let series = ending.of_series(self.verification.keys());
        let findings = self.verification.end(&ending.heads, &ending.journals);
        // What is missing is named where its chain shows it; a count alone names nothing.
        if findings.is_empty() {
            counted(Chain::Receipts, receipts, ending.receipts)?;
            counted(Chain::Journal, entries, ending.entries)?;
        }
        Ok(Verified { is_sealed: self.is_sealed, receipts, entries, series, findings })
    }

    /// Whether the heading says that it is of this format or a later one.
    fn is_of(&self, format: u32) -> bool {
        self.heading.as_ref().is_some_and(|heading| heading.comptoir_export >= format)
    }
}

const fn counted(chain: Chain, found: u64, said: u64) -> Result<(), ExportError> {
    if found == said { Ok(()) } else { Err(ExportError::Count { chain, found, said }) }
}
