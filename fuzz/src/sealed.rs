//! Receipts and entries of the journal, as tills send them: one JSON object with body, hash and signature.

use crate::again::{is_canonical, is_read_as_written};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::canonical::Canonical;
use shared::chain::Sealed;
use shared::journal::JournalEntry;
use shared::receipt::Receipt;
use shared::receipt_code::Reference;
use shared::refund::left;
use std::fmt::Debug;

/// The target `sealed`.
pub fn check(data: &[u8]) {
    if let Some(receipt) = read::<Receipt>(data) {
        assert!(serde_json::from_slice::<Sealed<JournalEntry>>(data).is_err(), "neither passes as the other");
        is_its_code(&receipt);
        // Whatever it says, what is wrong with it is told.
        let _ = (receipt.own_findings(), receipt.body.given_back(), left(&receipt.body, []));
    }
    if let Some(entry) = read::<JournalEntry>(data) {
        let _ = (entry.own_findings(), entry.head());
    }
}

fn read<T>(data: &[u8]) -> Option<Sealed<T>>
where
    T: Canonical + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let sealed: Sealed<T> = serde_json::from_slice(data).ok()?;
    let json = is_read_as_written(&sealed);
    is_canonical(&sealed.body);
    let again: Sealed<T> = serde_json::from_slice(&json).ok()?;
    assert_eq!(again.is_intact(), sealed.is_intact());
    Some(sealed)
}

fn is_its_code(receipt: &Sealed<Receipt>) {
    let reference = Reference::read(&receipt.code()).expect("a receipt's own code is one");
    let body = &receipt.body;
    assert_eq!((reference.store, reference.register, reference.number), (body.store, body.register, body.number));
    assert_eq!((reference.series, reference.hash), (body.series.clone(), receipt.hash));
}
