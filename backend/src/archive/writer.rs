//! Writing an archive: to a file beside the one that was asked for, which it becomes once it is whole and on disk.

use super::ArchiveError;
use super::entry::Entry;
use super::line::{Counts, End, Header, Line};
use super::read_out::Sink;
use async_trait::async_trait;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// An archive that is being written.
pub struct ArchiveWriter {
    path: PathBuf,
    part: PathBuf,
    file: BufWriter<File>,
    sha256: Sha256,
    counts: Counts,
}

impl ArchiveWriter {
    /// Begins an archive, readable by this user only: it holds everything.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Exists`], [`ArchiveError::File`].
    pub fn begin(path: &Path, header: Header) -> Result<Self, ArchiveError> {
        use std::os::unix::fs::OpenOptionsExt;
        if path.exists() {
            return Err(ArchiveError::Exists(path.to_owned()));
        }
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&part);
        let file = file.map_err(|cause| ArchiveError::File { path: part.clone(), cause })?;
        let (file, sha256) = (BufWriter::with_capacity(1 << 20, file), Sha256::new());
        let mut writer = Self { path: path.to_owned(), part, file, sha256, counts: Counts::new() };
        writer.line(&Line::Comptoir(header))?;
        Ok(writer)
    }

    /// Ends the archive. Gives how many lines of each kind it has.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Exists`], [`ArchiveError::File`].
    pub fn finish(mut self) -> Result<Counts, ArchiveError> {
        let sha256 = HEXLOWER.encode(&self.sha256.clone().finalize());
        let counts = self.counts.clone();
        self.line(&Line::End(End { counts: counts.clone(), sha256 }))?;
        self.file.flush().and_then(|()| self.file.get_ref().sync_all()).map_err(|cause| self.failed(cause))?;
        if self.path.exists() {
            return Err(ArchiveError::Exists(self.path.clone()));
        }
        fs::rename(&self.part, &self.path).map_err(|cause| self.failed(cause))?;
        self.sync_folder().map_err(|cause| self.failed(cause))?;
        Ok(counts)
    }

    fn line(&mut self, line: &Line) -> Result<(), ArchiveError> {
        let mut bytes = serde_json::to_vec(line).map_err(|cause| self.failed(cause.into()))?;
        bytes.push(b'\n');
        self.sha256.update(&bytes);
        self.file.write_all(&bytes).map_err(|cause| self.failed(cause))
    }

    /// The file's name is on disk only once its folder is.
    fn sync_folder(&self) -> io::Result<()> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }

    fn failed(&self, cause: io::Error) -> ArchiveError {
        ArchiveError::File { path: self.part.clone(), cause }
    }
}

#[async_trait]
impl Sink for ArchiveWriter {
    async fn take(&mut self, entry: &Entry) -> Result<(), ArchiveError> {
        *self.counts.entry(entry.kind().to_owned()).or_default() += 1;
        self.line(&entry.line()?)
    }
}

/// What was not finished is no archive.
impl Drop for ArchiveWriter {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.part);
    }
}
