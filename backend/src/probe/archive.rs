//! Archives, from memory rather than from a file.

use crate::archive::{ArchiveError, ArchiveReader, Next};
use std::path::Path;

/// Reads an archive to its end, as `comptoir restore` does before it writes anything. Gives each of its entries as the line
/// that a backup would write of it.
///
/// # Errors
///
/// Why it is none, or not as it was written, in words.
pub fn read_archive(file: &[u8]) -> Result<Vec<String>, String> {
    read(file).map_err(|error| error.to_string())
}

fn read(file: &[u8]) -> Result<Vec<String>, ArchiveError> {
    let mut reader = ArchiveReader::begin(Path::new("archive"), file)?;
    let mut lines = Vec::new();
    while let Next::Entry(entry) = reader.next()? {
        let line = serde_json::to_string(&entry.line()?);
        lines.push(line.map_err(|error| ArchiveError::Untold(entry.kind().into(), error.to_string()))?);
    }
    Ok(lines)
}
