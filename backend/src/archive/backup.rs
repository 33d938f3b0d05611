//! `comptoir backup`.

use super::ArchiveError;
use super::line::{Counts, FORMAT, Header};
use super::mark::unfinished;
use super::options::BackupOptions;
use super::place::Place;
use super::progress::{Progress, told};
use super::read_out::{Both, read_log, read_out};
use super::writer::ArchiveWriter;
use crate::clock::{Clock, SystemClock};
use shared::time::Timestamp;
use std::path::Path;

/// Writes everything that is kept to a file, and says what it wrote.
///
/// # Errors
///
/// [`ArchiveError`].
pub async fn run(options: BackupOptions) -> Result<(), ArchiveError> {
    let place = Place::to_read(&options.place).await?;
    let counts = write(&place, &options.file, SystemClock.now()).await?;
    println!("{} holds {}.", options.file.display(), told(&counts));
    match place {
        Place::Embedded { .. } => println!("Keep the data folder's file `key` with it, apart from others' eyes."),
        Place::Mongo(_) => {
            println!("What Kafka holds beyond the last checkpoint is in Kafka alone. Keep COMPTOIR_KEY with the file.");
        }
    }
    Ok(())
}

/// Writes the archive of a place.
pub async fn write(place: &Place, file: &Path, now: Timestamp) -> Result<Counts, ArchiveError> {
    let store = place.store();
    if let Some(other) = unfinished(&*store).await? {
        return Err(ArchiveError::Unfinished(other));
    }
    let (epoch, partitions) = place.fed_from().await?;
    let header = Header {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        written_at: now,
        engine: place.engine().to_owned(),
        epoch,
        partitions,
    };
    let mut writer = ArchiveWriter::begin(file, header)?;
    let mut progress = Progress::new("backing up");
    let mut sink = Both(&mut writer, &mut progress);
    let cuts = read_out(&*store, &mut sink).await?;
    if let Some(log) = place.log() {
        read_log(&log, &cuts, &mut sink).await?;
    }
    writer.finish()
}
