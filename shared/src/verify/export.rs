//! Reading an export line by line, as `GET receipts/export` gives it.

use super::{Chain, Chained, Fault, Finding, SeriesHead, SeriesKey, Verification};
use crate::chain::{Hash, Sealed, Signature};
use crate::ids::{ReceiptNo, RegisterNo, SeriesId, SeriesLetter, StoreNo};
use crate::journal::{Act, JournalEntry};
use crate::position::Position;
use crate::receipt::Receipt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The format that this program writes. It reads all from 1 on: the first one holds no journal, the first two no seal.
const FORMAT: u32 = 3;

/// The first format whose last line is a seal.
const SEALED: u32 = 3;

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

/// The line behind all records of an export: where they end. The seal behind it is over this line as it stands.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// How many entries of journals stand before.
    #[serde(default)]
    pub entries: u64,
    /// Where each series ends.
    pub heads: Vec<SeriesHead>,
    /// Where the journal of each series ends that has one.
    #[serde(default)]
    pub journals: Vec<SeriesHead>,
    /// How many receipts stand before.
    pub receipts: u64,
}

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
        let (ending, _) = self.ending.ok_or(ExportError::NoEnding)?;
        // No format without a seal has an office either, whatever the heading says.
        let wants_seal = self.heading.is_some_and(|heading| heading.comptoir_export >= SEALED);
        if (wants_seal || self.verification.has_office()) && !self.is_sealed {
            return Err(ExportError::NoEnding);
        }
        let (receipts, entries) = (self.verification.receipts(), self.verification.entries());
        let findings = self.verification.end(&ending.heads, &ending.journals);
        // What is missing is named where its chain shows it; a count alone names nothing.
        if findings.is_empty() {
            counted(Chain::Receipts, receipts, ending.receipts)?;
            counted(Chain::Journal, entries, ending.entries)?;
        }
        Ok(Verified { is_sealed: self.is_sealed, receipts, entries, findings })
    }
}

const fn counted(chain: Chain, found: u64, said: u64) -> Result<(), ExportError> {
    if found == said { Ok(()) } else { Err(ExportError::Count { chain, found, said }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::Author;
    use crate::chain::{Hash, Head, PublicKey};
    use crate::ids::EventId;
    use crate::journal::Deed;
    use crate::verify::tests::{series, sold};
    use ed25519_dalek::SigningKey;

    /// An export of one receipt, whose line is as `change` has it; what is wrong with it.
    fn faults(change: impl FnOnce(String) -> String) -> Vec<Fault> {
        let key = SigningKey::from_bytes(&[7; 32]);
        let receipt = Sealed::seal(sold(Head::GENESIS).body, &key);
        let public_key = PublicKey::from_bytes(key.verifying_key().to_bytes());
        let introduced = SeriesKey { series: series(), public_key, prev: Hash::GENESIS };
        let line = serde_json::to_string(&receipt).unwrap();
        let around = r#"{"position":{"epoch":1,"offset":1},"accepted_at":"2026-11-23T13:32:08Z","#;
        let heads = vec![SeriesHead { series: series(), head: receipt.head() }];
        let ending = Ending { entries: 0, heads, journals: Vec::new(), receipts: 1 };
        let mut export = Export::default();
        let unsealed = Heading { comptoir_export: SEALED - 1, store: series().store };
        export.take(&serde_json::to_string(&unsealed).unwrap()).unwrap();
        export.take(&serde_json::to_string(&introduced).unwrap()).unwrap();
        export.take(&change(line.replacen('{', around, 1))).unwrap();
        export.take(&serde_json::to_string(&ending).unwrap()).unwrap();
        export.end().unwrap().findings.into_iter().map(|finding| finding.fault).collect()
    }

    /// An entry that an archive was made, which ends with a line of this hash.
    fn seal(by: &SigningKey, series: &SeriesId, last: Head, ending: Hash) -> Sealed<JournalEntry> {
        let act = Act::ArchiveMade { ending, entries: 0, receipts: 0 };
        let at = "2026-11-23T14:32:07.250+01:00".parse().unwrap();
        let deed = Deed { act, at, by: Author::OPERATOR, manager: None };
        let id = EventId::mint(last.number, &[1; 10]);
        Sealed::seal(JournalEntry::next(series, last, true, id, deed).unwrap(), by)
    }

    /// What is wrong with an archive of a till and an office, neither of which has a record, under a seal.
    fn wrong(make: impl FnOnce(&SigningKey, &SigningKey, &SeriesId, Hash) -> Sealed<JournalEntry>) -> Vec<Fault> {
        let (till, office) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
        let of_office = SeriesId { register: RegisterNo::OFFICE, ..series() };
        let mut export = Export::default();
        let mut take = |line: &dyn Fn() -> String| export.take(&line()).unwrap();
        take(&|| serde_json::to_string(&Heading::of(series().store)).unwrap());
        for (key, series) in [(&till, series()), (&office, of_office.clone())] {
            let public_key = PublicKey::from_bytes(key.verifying_key().to_bytes());
            take(&|| {
                serde_json::to_string(&SeriesKey { series: series.clone(), public_key, prev: Hash::GENESIS }).unwrap()
            });
        }
        let heads = [series(), of_office.clone()].map(|series| SeriesHead { series, head: Head::GENESIS });
        let ending = Ending { entries: 0, heads: heads.into(), journals: Vec::new(), receipts: 0 };
        let ending = serde_json::to_string(&ending).unwrap();
        take(&|| ending.clone());
        let seal = make(&till, &office, &of_office, Hash::of(ending.as_bytes()));
        take(&|| serde_json::to_string(&seal).unwrap());
        export.end().unwrap().findings.into_iter().map(|finding| finding.fault).collect()
    }

    #[test]
    fn only_the_office_seals_an_archive_and_only_behind_what_it_has_written() {
        let other = [Fault::OtherArchive];
        assert_eq!(wrong(|_, office, id, ending| seal(office, id, Head::GENESIS, ending)), []);
        let later = Head { number: 5, hash: Hash::of(b"on its way") };
        assert_eq!(wrong(|_, office, id, ending| seal(office, id, later, ending)), []);
        assert_eq!(wrong(|till, _, id, ending| seal(till, id, Head::GENESIS, ending)), other);
        assert_eq!(wrong(|till, _, _, ending| seal(till, &series(), Head::GENESIS, ending)), other);
        let invented = SeriesId { letter: SeriesLetter::nth(3).unwrap(), ..series() };
        assert_eq!(wrong(|_, office, _, ending| seal(office, &invented, Head::GENESIS, ending)), other);
        let torn = Head { number: 0, hash: Hash::of(b"another beginning") };
        assert_eq!(wrong(|_, office, id, ending| seal(office, id, torn, ending)), other);
        assert_eq!(wrong(|_, office, id, _| seal(office, id, Head::GENESIS, Hash::GENESIS)), other);
    }

    #[test]
    fn a_receipt_is_clean_as_it_was_signed_and_however_its_members_are_ordered() {
        assert_eq!(faults(|line| line), []);
        assert_eq!(
            faults(|line| line.replacen(r#""change":0,"currency":"EUR""#, r#""currency":"EUR", "change":0"#, 1)),
            []
        );
    }

    /// Of a member that stands twice one reader believes the first and another one the last (RFC 8259 §4).
    #[test]
    fn a_receipt_that_can_be_read_in_two_ways_is_altered() {
        for (member, twice) in [
            (r#""total":100}"#, r#""total":1,"total":100}"#),
            (r#""body":{"#, r#""body":{},"body":{"#),
            (r#""epoch":1"#, r#""epoch":9,"epoch":1"#),
        ] {
            let changed = faults(|line| {
                assert!(line.contains(member), "{line}");
                line.replace(member, twice)
            });
            assert_eq!(changed[..1], [Fault::Altered], "{twice}");
        }
    }

    /// Whoever canonicalises what stands there, without the types of this program, has to come to the same hash.
    #[test]
    fn a_receipt_that_says_what_was_not_signed_is_altered_even_if_it_means_the_same() {
        let id = sold(Head::GENESIS).body.id.to_string();
        let others = [
            (r#""canon":1"#.to_owned(), r#""basket":null,"canon":1"#.to_owned()),
            (r#""id""#.to_owned(), r#""discounts":[],"id""#.to_owned()),
            (id.clone(), id.replace('-', "")),
        ];
        for (signed, other) in others {
            assert_eq!(faults(|line| line.replacen(&signed, &other, 1))[..1], [Fault::Altered], "{other}");
        }
    }
}
