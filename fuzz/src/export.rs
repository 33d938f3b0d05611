//! Exports of receipts and journals, line by line: whatever stands there is read in bounded memory, and what is wrong is named.

use shared::verify::{Export, Verified};

/// The target `export`.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut export = Export::default();
    let mut lines = 0;
    for line in text.lines() {
        lines += 1;
        if let Err(error) = export.take(line) {
            assert!(!error.to_string().is_empty());
            return;
        }
    }
    if let Ok(Verified { receipts, entries, findings, .. }) = export.end() {
        assert!(receipts + entries <= lines, "each stands on a line of its own");
        // A record is wrong by itself or by its place, and may leave a gap; series and their ends are lines or parts of one.
        assert!(findings.len() <= text.len());
        assert!(findings.iter().all(|finding| !finding.fault.to_string().is_empty()));
    }
}
