//! Reading an archive, and holding it against what its last line says.

use super::ArchiveError;
use super::entry::Entry;
use super::line::{Counts, End, FORMAT, Header, Line};
use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// An archive that is being read, and was right so far.
pub struct ArchiveReader<R = BufReader<File>> {
    path: PathBuf,
    file: R,
    sha256: Sha256,
    counts: Counts,
    header: Header,
}

/// The least that a first line has in every format.
#[derive(Deserialize)]
struct AnyHeader {
    comptoir: AnyFormat,
}

#[derive(Deserialize)]
struct AnyFormat {
    format: u32,
}

impl ArchiveReader {
    /// Opens an archive and reads its first line.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::File`], [`ArchiveError::Foreign`], [`ArchiveError::Later`].
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let file = File::open(path).map_err(|cause| ArchiveError::File { path: path.to_owned(), cause })?;
        Self::begin(path, BufReader::with_capacity(1 << 20, file))
    }
}

impl<R: BufRead> ArchiveReader<R> {
    /// Reads the first line of an archive, which is called by its path.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::File`], [`ArchiveError::Foreign`], [`ArchiveError::Later`].
    pub fn begin(path: &Path, mut file: R) -> Result<Self, ArchiveError> {
        let failed = |cause| ArchiveError::File { path: path.to_owned(), cause };
        let mut first = Vec::new();
        // A first line has a few hundred bytes; what is no archive may have no line at all.
        io::Read::take(&mut file, 10_000).read_until(b'\n', &mut first).map_err(failed)?;
        let header = header(&first)?;
        let sha256 = Sha256::new().chain_update(&first);
        Ok(Self { path: path.to_owned(), file, sha256, counts: Counts::new(), header })
    }

    /// What the first line says.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// What the next line tells of; the last line, once everything before it was as it says.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Truncated`], [`ArchiveError::Altered`], [`ArchiveError::File`].
    pub fn next(&mut self) -> Result<Next, ArchiveError> {
        let bytes = self.read_line()?;
        let line: Line = serde_json::from_slice(&bytes)
            .map_err(|error| ArchiveError::Altered(format!("a line cannot be read: {error}")))?;
        if let Line::End(end) = line {
            self.check(&end)?;
            return Ok(Next::End(end));
        }
        self.sha256.update(&bytes);
        let entry = line.entry()?;
        *self.counts.entry(entry.kind().to_owned()).or_default() += 1;
        Ok(Next::Entry(Box::new(entry)))
    }

    fn read_line(&mut self) -> Result<Vec<u8>, ArchiveError> {
        let mut bytes = Vec::new();
        let read = self.file.read_until(b'\n', &mut bytes);
        read.map_err(|cause| ArchiveError::File { path: self.path.clone(), cause })?;
        if bytes.last() == Some(&b'\n') { Ok(bytes) } else { Err(ArchiveError::Truncated) }
    }

    fn check(&mut self, end: &End) -> Result<(), ArchiveError> {
        let altered = |cause: &str| Err(ArchiveError::Altered(cause.to_owned()));
        if end.sha256 != HEXLOWER.encode(&self.sha256.clone().finalize()) {
            return altered("its SHA-256 is another one");
        }
        if end.counts != self.counts {
            return altered("it does not have as many lines as it says");
        }
        match self.file.fill_buf() {
            Ok([]) => Ok(()),
            Ok(_) => altered("something stands behind its last line"),
            Err(cause) => Err(ArchiveError::File { path: self.path.clone(), cause }),
        }
    }
}

/// A line that was read.
pub enum Next {
    /// What it tells of.
    Entry(Box<Entry>),
    /// It was the last one.
    End(End),
}

fn header(first: &[u8]) -> Result<Header, ArchiveError> {
    let any: AnyHeader = serde_json::from_slice(first).map_err(|_| ArchiveError::Foreign)?;
    let found = any.comptoir.format;
    if found > FORMAT {
        return Err(ArchiveError::Later { found, known: FORMAT });
    }
    match serde_json::from_slice(first) {
        Ok(Line::Comptoir(header)) => Ok(header),
        Ok(_) => Err(ArchiveError::Foreign),
        Err(error) => Err(ArchiveError::Altered(format!("its first line cannot be read: {error}"))),
    }
}
