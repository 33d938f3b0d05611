//! `comptoir migrate`.

use super::ArchiveError;
use super::digest::Digest;
use super::drain::drain;
use super::line::Counts;
use super::mark;
use super::options::MigrateOptions;
use super::place::Place;
use super::progress::{Progress, told};
use super::put::Filling;
use super::read_out::{Both, read_out};
use std::path::Path;
use std::sync::Arc;

/// Moves an embedded engine's data into `MongoDB`, and says what to do next.
///
/// # Errors
///
/// [`ArchiveError`]; the folder is left as it is.
pub async fn run(options: MigrateOptions) -> Result<(), ArchiveError> {
    let folder = options.data.display();
    if !options.data.is_dir() {
        return Err(crate::store::sqlite::BesideError::Nothing(options.data).into());
    }
    let target = Place::mongo(&options.store).await?;
    let moved = migrate(&options.data, &target).await?;
    println!("{} records that waited in the log were saved first.", moved.saved);
    println!("The MongoDB database holds {}; all of it was read back and compared.", told(&moved.counts));
    println!("It takes the next log that it is given, in epoch {}. What to do now:", moved.epoch);
    println!("  set COMPTOIR_EVENTS=kafka://…/prefix (a new prefix) and COMPTOIR_STORE to the database,");
    println!("  set COMPTOIR_KEY to what {folder}/key holds, unless it was set before,");
    println!("  start the savers and the web tier, and never a server on {folder} again.");
    Ok(())
}

/// What was moved.
#[derive(Debug)]
pub struct Moved {
    /// How many records were saved first.
    pub saved: u64,
    /// How many rows of each kind there were.
    pub counts: Counts,
    /// The epoch of the next log.
    pub epoch: u32,
}

/// Moves a folder's data into an empty place, or one into which moving the same was broken off.
pub async fn migrate(folder: &Path, target: &Place) -> Result<Moved, ArchiveError> {
    let source = Place::folder(folder)?;
    let store = source.store();
    if let Some(other) = mark::unfinished(&*store).await? {
        return Err(ArchiveError::Unfinished(other));
    }
    mark::claim(target, &source_name(folder)).await?;
    let saved = match source.log() {
        Some(log) => drain(Arc::new(log), Arc::clone(&store)).await?,
        None => 0,
    };
    let counts = copy(&source, target).await?;
    let epoch = source.fed_from().await?.0 + 1;
    target.await_log(epoch).await?;
    mark::lift(&*target.store()).await?;
    Ok(Moved { saved, counts, epoch })
}

async fn copy(source: &Place, target: &Place) -> Result<Counts, ArchiveError> {
    let (mut sent, mut arrived) = (Digest::default(), Digest::default());
    let mut filling = Filling::new(target.store(), None);
    let mut progress = Progress::new("moving");
    read_out(&*source.store(), &mut Both(&mut Both(&mut filling, &mut sent), &mut progress)).await?;
    filling.flush().await?;
    let mut progress = Progress::new("reading back");
    read_out(&*target.store(), &mut Both(&mut arrived, &mut progress)).await?;
    sent.compare(&arrived)?;
    Ok(sent.counts())
}

/// How to call what comes from a folder.
pub fn source_name(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    format!("the data folder {}", folder.display())
}
