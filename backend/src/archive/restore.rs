//! `comptoir restore`.

use super::ArchiveError;
use super::digest::Digest;
use super::drain::drain;
use super::line::{Counts, Header};
use super::mark;
use super::options::RestoreOptions;
use super::place::Place;
use super::progress::{Progress, told};
use super::put::Filling;
use super::read_out::{Sink, read_out};
use super::reader::{ArchiveReader, Next};
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Fills an empty store from a file, and says what to do next.
///
/// # Errors
///
/// [`ArchiveError`]; nothing is written before the whole file was found to be right.
pub async fn run(options: RestoreOptions) -> Result<(), ArchiveError> {
    let file = Verified::of(&options.file)?;
    let place = Place::to_fill(&options.place).await?;
    let epoch = restore(&file, &place).await?;
    println!("{} holds {}, as of {}.", place.name(), told(&file.counts), file.header.written_at);
    match place {
        Place::Embedded { .. } => println!(
            "Its log goes on in epoch {epoch}. Put the file `key` that was kept with the archive into the folder, and \
             start comptoir serve."
        ),
        Place::Mongo(_) => println!(
            "It takes the next log that it is given, in epoch {epoch}, from its beginning. Set COMPTOIR_KEY to what it \
             was, and start the savers and the web tier."
        ),
    }
    Ok(())
}

/// An archive that was read to its end and is as it was written.
pub struct Verified {
    path: PathBuf,
    header: Header,
    counts: Counts,
    sha256: String,
}

impl Verified {
    /// Reads an archive to its end.
    ///
    /// # Errors
    ///
    /// What [`ArchiveReader`] finds.
    pub fn of(path: &Path) -> Result<Self, ArchiveError> {
        let mut reader = ArchiveReader::open(path)?;
        let header = reader.header().clone();
        let mut progress = Progress::new("verifying");
        loop {
            if let Next::End(end) = reader.next()? {
                return Ok(Self { path: path.to_owned(), header, counts: end.counts, sha256: end.sha256 });
            }
            progress.step();
        }
    }

    /// How to call it.
    pub fn name(&self) -> String {
        format!("the archive {}", self.sha256)
    }

    /// Whether records wait in it to be saved.
    fn has_events(&self) -> bool {
        self.counts.contains_key("event")
    }

    #[cfg(test)]
    pub fn pretend_partitions(&mut self, partitions: u32) {
        self.header.partitions = Some(partitions);
    }
}

/// Fills a place. Gives the epoch of the next log.
pub async fn restore(file: &Verified, place: &Place) -> Result<u32, ArchiveError> {
    if let Place::Embedded { .. } = place
        && let Some(partitions) = file.header.partitions.filter(|partitions| *partitions > 1)
    {
        return Err(ArchiveError::Partitions(partitions));
    }
    let mut epoch = file.header.epoch + 1;
    let store = place.store();
    let has_arrived = mark::claim(place, &file.name()).await?;
    if !has_arrived {
        fill(file, place).await?;
        mark::note_arrival(&*store).await?;
    }
    if matches!(place, Place::Mongo(_)) && file.has_events() {
        save_events(file, place, epoch).await?;
        epoch += 1;
    }
    place.await_log(epoch).await?;
    mark::lift(&*store).await?;
    Ok(epoch)
}

async fn fill(file: &Verified, place: &Place) -> Result<(), ArchiveError> {
    let mut sent = Digest::default();
    let mut filling = Filling::new(place.store(), place.log());
    let mut progress = Progress::new("restoring");
    let mut reader = ArchiveReader::open(&file.path)?;
    while let Next::Entry(entry) = reader.next()? {
        sent.add(&entry)?;
        filling.take(&entry).await?;
        progress.step();
    }
    filling.flush().await?;
    let mut arrived = Digest::default();
    read_out(&*place.store(), &mut arrived).await?;
    sent.compare(&arrived)
}

/// Saves the log's records into a store whose log is elsewhere: from a log of their own, in an epoch of their own.
async fn save_events(file: &Verified, place: &Place, epoch: u32) -> Result<(), ArchiveError> {
    let folder = std::env::temp_dir().join(format!("comptoir-restore-{}", file.sha256));
    let _ = fs::remove_dir_all(&folder);
    // Made anew, so that it is nobody else's and nobody else reads what is in it.
    let made = fs::DirBuilder::new().mode(0o700).create(&folder);
    made.map_err(|cause| ArchiveError::File { path: folder.clone(), cause })?;
    let log = Place::folder(&folder)?;
    log.await_log(epoch).await?;
    drop(log);
    let log = Place::folder(&folder)?;
    let mut events = Filling::new(log.store(), log.log());
    let mut reader = ArchiveReader::open(&file.path)?;
    while let Next::Entry(entry) = reader.next()? {
        if entry.kind() == "event" {
            events.take(&entry).await?;
        }
    }
    events.flush().await?;
    if let Some(log) = log.log() {
        drain(Arc::new(log), place.store()).await?;
    }
    drop((events, log));
    let _ = fs::remove_dir_all(&folder);
    Ok(())
}
