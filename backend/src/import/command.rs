//! The command, and what it says when it is done.

use super::catalogue;
use super::receipts::{self, Taken};
use super::server::{ImportError, Server, Target};
use clap::{Args, Subcommand};
use shared::api::catalogue::ImportReport;
use std::path::PathBuf;

/// What `comptoir import` is told.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true, args_conflicts_with_subcommands = true)]
pub struct Command {
    #[command(subcommand)]
    what: Option<What>,
    /// A price list: CSV with the columns sku, gtin, name, category, price, tax, unit, threshold.
    file: Option<PathBuf>,
    /// Leave bad rows out instead of importing nothing.
    #[arg(long)]
    skip_bad: bool,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Subcommand)]
enum What {
    /// What a till has exported: receipts and entries of the journal, one to a line.
    Receipts {
        /// The file.
        file: PathBuf,
    },
}

/// Imports what is asked for, and says what was done. Importing the same file again is safe.
///
/// # Errors
///
/// [`ImportError`].
pub async fn run(command: Command) -> Result<(), ImportError> {
    let server = Server::of(command.target)?;
    match (command.what, command.file) {
        (Some(What::Receipts { file }), _) => {
            let Taken { receipts, entries } = receipts::import(&server, &file).await?;
            println!("{receipts} receipts and {entries} entries of the journal are in the log");
        }
        (None, Some(file)) => {
            let ImportReport { added, changed, unchanged, version } =
                catalogue::import(&server, &file, command.skip_bad).await?;
            println!(
                "{added} added, {changed} changed, {unchanged} as they were; the catalogue is at version {version}"
            );
        }
        (None, None) => return Err(ImportError::NoFile),
    }
    Ok(())
}
