//! Exports, line by line.

use super::journal::noted;
use super::{chain, series, sold};
use crate::author::Author;
use crate::chain::{Hash, Head, PublicKey, Sealed};
use crate::ids::{EventId, RegisterNo, SeriesId, SeriesLetter};
use crate::journal::{Act, Deed, JournalEntry};
use crate::verify::{
    Chain, Ending, Export, ExportError, Fault, Heading, Holds, Known, KnownHead, SeriesHead, SeriesKey, Verification,
    Verified,
};
use ed25519_dalek::SigningKey;

/// A format without a seal.
const UNSEALED: u32 = 2;

/// An export of two receipts in a format, the line of the first and the ending as they are changed; what came of it.
fn read(
    format: u32,
    line: impl FnOnce(String) -> String,
    ending: impl FnOnce(&mut Ending),
) -> Result<Verified, ExportError> {
    let key = SigningKey::from_bytes(&[7; 32]);
    let first = Sealed::seal(sold(Head::GENESIS).body, &key);
    let second = Sealed::seal(sold(first.head()).body, &key);
    let public_key = PublicKey::from_bytes(key.verifying_key().to_bytes());
    let around = r#"{"position":{"epoch":1,"offset":1},"accepted_at":"2026-11-23T13:32:08Z","#;
    let mut said = Ending::default();
    let holds = Some(Holds::of([&first, &second]));
    said.take(Chain::Receipts, SeriesHead { series: series(), head: second.head(), holds });
    ending(&mut said);
    let lines = [
        json(&Heading { comptoir_export: format, store: series().store }),
        json(&SeriesKey { series: series(), public_key, prev: Hash::GENESIS }),
        line(json(&first).replacen('{', around, 1)),
        json(&second),
        json(&said),
    ];
    let mut export = Export::default();
    lines.iter().try_for_each(|line| export.take(line))?;
    export.end()
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// What is wrong with an export of which a receipt's line is as `change` has it.
fn faults(change: impl FnOnce(String) -> String) -> Vec<Fault> {
    let found = read(UNSEALED, change, |_| ()).unwrap().findings;
    found.into_iter().map(|finding| finding.fault).collect()
}

/// What is wrong with an export whose ending is as `change` has it.
fn said(change: impl FnOnce(&mut Ending, &mut Holds)) -> Vec<(Chain, u64, Fault)> {
    let change = |ending: &mut Ending| {
        let mut holds = ending.heads[0].holds.unwrap();
        change(ending, &mut holds);
        ending.heads[0].holds = Some(holds);
    };
    let found = read(UNSEALED, |line| line, change).unwrap().findings;
    found.into_iter().map(|finding| (finding.chain, finding.number, finding.fault)).collect()
}

#[test]
fn what_a_chain_holds_is_what_is_said() {
    let other = [(Chain::Receipts, 2, Fault::OtherSums)];
    assert_eq!(said(|_, _| ()), []);
    assert_eq!(said(|_, holds| holds.total = Some(199.into())), other);
    assert_eq!(said(|_, holds| holds.count = 3), other);
    assert_eq!(said(|_, holds| holds.first = Some(Head { number: 1, hash: Hash::GENESIS })), other);
    let journal =
        SeriesHead { series: series(), head: Head::GENESIS, holds: Some(Holds { count: 1, ..Holds::default() }) };
    assert_eq!(said(|ending, _| ending.journals.push(journal)), [(Chain::Journal, 0, Fault::OtherSums)]);
    let elsewhere = Head { number: 9, hash: Hash::GENESIS };
    assert_eq!(
        said(|ending, holds| (ending.heads[0].head, holds.count) = (elsewhere, 9)),
        [(Chain::Receipts, 9, Fault::OtherEnd)],
        "what is missing is named once"
    );
}

/// What was said before chains were counted is still read; whoever drops it from a later format is found out.
#[test]
fn only_older_formats_may_leave_out_what_a_chain_holds() {
    let uncounted = |ending: &mut Ending| ending.heads[0].holds = None;
    assert_eq!(read(UNSEALED, |line| line, uncounted).map(|verified| verified.findings), Ok(Vec::new()));
    assert_eq!(read(4, |line| line, uncounted), Err(ExportError::Foreign(5)));
    assert_eq!(read(4, |line| line, |_| ()), Err(ExportError::NoEnding), "there is no seal");
    assert_eq!(read(5, |line| line, |_| ()), Err(ExportError::NoHeading));
}

#[test]
fn a_refund_is_taken_off_and_a_journal_comes_to_nothing() {
    let mut receipts = chain(2);
    receipts[1].body.total = (-30).into();
    let holds = Holds::of(&receipts);
    assert_eq!((holds.count, holds.first, holds.total), (2, Some(receipts[0].head()), Some(70.into())));
    assert_eq!(Holds::of::<JournalEntry>([]), Holds::default());
    assert_eq!(Holds::of([&noted(Head::GENESIS, Act::SignedIn)]).total, None);
}

#[test]
fn a_known_end_has_to_be_there_wherever_the_chain_ends() {
    let receipts = chain(3);
    let found = |known: Head, count: usize| {
        let known = KnownHead { series: series(), head: known };
        let mut verification = Verification::with(Known { heads: vec![known], ..Known::default() });
        let public_key = PublicKey::from_bytes(SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes());
        assert!(verification.introduce(SeriesKey { series: series(), public_key, prev: Hash::GENESIS }));
        receipts[..count].iter().for_each(|receipt| verification.take(receipt, |_| true));
        let head = receipts[count - 1].head();
        let found = verification.end(&[SeriesHead { series: series(), head, holds: None }], &[]);
        found.into_iter().map(|finding| (finding.chain, finding.number, finding.fault)).collect::<Vec<_>>()
    };
    let [second, third] = [receipts[1].head(), receipts[2].head()];
    assert_eq!(found(second, 3), []);
    assert_eq!(found(third, 2), [(Chain::Receipts, 3, Fault::OtherHead)], "cut off and sealed anew");
    let other = Head { hash: Hash::of(b"another"), ..second };
    assert_eq!(found(other, 3), [(Chain::Receipts, 2, Fault::OtherHead)], "written anew");
}

#[test]
fn the_series_are_told_with_their_keys_and_one_of_another_key_is_named() {
    let public = |seed: u8| PublicKey::from_bytes(SigningKey::from_bytes(&[seed; 32]).verifying_key().to_bytes());
    let office = SeriesId { register: RegisterNo::OFFICE, ..series() };
    let found = |known: &[PublicKey]| {
        let mut verification = Verification::with(Known { keys: known.iter().copied().collect(), ..Known::default() });
        for (series, public_key) in [(series(), public(7)), (office.clone(), public(8))] {
            assert!(verification.introduce(SeriesKey { series, public_key, prev: Hash::GENESIS }));
        }
        let heads = [series(), office.clone()].map(|series| SeriesHead { series, head: Head::GENESIS, holds: None });
        let found = verification.end(&heads, &[]);
        found.into_iter().map(|finding| (finding.series, finding.chain, finding.fault)).collect::<Vec<_>>()
    };
    assert_eq!(found(&[public(7), public(8), public(9)]), []);
    assert_eq!(found(&[public(7)]), [(office.clone(), Chain::Journal, Fault::UnknownKey)]);
    assert_eq!(found(&[public(8)]), [(series(), Chain::Receipts, Fault::UnknownKey)]);
    let verified = read(UNSEALED, |line| line, |_| ()).unwrap();
    let [told] = &verified.series[..] else { panic!("{:?}", verified.series) };
    assert_eq!(
        (&told.series, told.public_key, told.receipts.number, told.journal),
        (&series(), public(7), 2, Head::GENESIS)
    );
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
    let heads = [series(), of_office.clone()].map(|series| SeriesHead {
        series,
        head: Head::GENESIS,
        holds: Some(Holds::default()),
    });
    let ending = json(&Ending { heads: heads.into(), ..Ending::default() });
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
