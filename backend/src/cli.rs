//! The command line: one program, several roles.

use crate::clock::Mint;
use crate::{archive, bot, config, import, roles, telemetry, verify};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A point of sale for a chain of stores.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    log: config::LogOptions,
    #[command(subcommand)]
    role: Role,
}

#[derive(Debug, Subcommand)]
enum Role {
    /// Everything in one process.
    Serve(config::ServeOptions),
    /// Pages and API, on Kafka and MongoDB, apart from the savers.
    Web(config::WebRoleOptions),
    /// One of the savers that share the log's partitions among them, on Kafka and MongoDB.
    Saver(config::SaverOptions),
    /// Sells in training stores of its own, and audits what came of it.
    Bot(bot::options::BotOptions),
    /// Brings in a catalogue, or receipts that a till has exported.
    Import(import::Command),
    /// Verifies an export of receipts by its chains and public keys alone.
    Verify(verify::VerifyOptions),
    /// Writes everything that is kept to one file, while the system runs.
    Backup(archive::BackupOptions),
    /// Fills an empty store from such a file.
    Restore(archive::RestoreOptions),
    /// Moves the embedded engine's data into MongoDB.
    Migrate(archive::MigrateOptions),
}

/// Does what the command line asks for; what goes wrong is told on standard error.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start(cli.log.log_format);
    match cli.role {
        Role::Serve(options) => exit(roles::serve(options).await),
        Role::Web(options) => exit(roles::web(options).await),
        Role::Saver(options) => exit(roles::saver(options).await),
        Role::Bot(options) => bot::command::run(options, Mint::system()).await,
        Role::Import(options) => exit(import::run(options).await),
        Role::Verify(options) => exit(verify::run(options).await),
        Role::Backup(options) => exit(archive::backup(options).await),
        Role::Restore(options) => exit(archive::restore(options).await),
        Role::Migrate(options) => exit(archive::migrate(options).await),
    }
}

/// One sentence for the person who started this, and the exit code for whatever started them.
fn exit<E: std::fmt::Display>(outcome: Result<(), E>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("comptoir: {error}");
            ExitCode::FAILURE
        }
    }
}
