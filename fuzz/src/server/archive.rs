//! Archives: the lines of one, to which the first and the last are added, so that the entries are looked at and not only the
//! hash over them.

use comptoir::probe::read_archive;
use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The target `archive`.
pub fn check(data: &[u8]) {
    // As it stands it is no archive, unless somebody hands in a whole one.
    let _ = read_archive(data);
    let Ok(entries) = std::str::from_utf8(data) else { return };
    let whole = whole(entries);
    let Ok(read) = read_archive(whole.as_bytes()) else { return };
    let again = read.join("\n");
    assert_eq!(read_archive(self::whole(&again).as_bytes()).as_ref(), Ok(&read), "{again}");
    is_refused_when_changed(&whole);
}

/// An archive that holds entries, each on its line.
pub fn whole(entries: &str) -> String {
    let first = json!({"comptoir": {"format": 1, "version": "0", "written_at": "2026-11-23T12:00:00Z",
        "engine": "embedded", "epoch": 1, "partitions": 1}});
    let lines = entries.lines().map(|line| format!("{line}\n"));
    let before: String = std::iter::once(format!("{first}\n")).chain(lines).collect();
    let sha256 = HEXLOWER.encode(&Sha256::digest(&before));
    let last = json!({"end": {"counts": counts(entries), "sha256": sha256}});
    format!("{before}{last}\n")
}

/// How many entries of each kind there are; a receipt is told from other records by its own kind.
fn counts(entries: &str) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for line in entries.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        for (kind, entry) in line.as_object().into_iter().flatten() {
            let is_receipt = entry.get("kind").and_then(Value::as_str) == Some("receipt");
            let kind = match &**kind {
                "receipt" | "movement" if is_receipt => "receipt",
                "receipt" | "movement" => "movement",
                other => other,
            };
            *counts.entry(kind.to_owned()).or_default() += 1;
        }
    }
    counts
}

/// One byte of the entries is another one: the hash over them shows it.
fn is_refused_when_changed(whole: &str) {
    let last = whole.trim_end().rfind('\n').unwrap_or(0);
    let mut bytes = whole.as_bytes().to_vec();
    let place = last / 2;
    bytes[place] ^= 1;
    assert!(read_archive(&bytes).is_err(), "byte {place} of {whole}");
}
