//! What the commands are told.

use clap::Args;
use std::path::PathBuf;

/// Where what is known is kept.
#[derive(Debug, Clone, Args)]
pub struct PlaceOptions {
    /// The folder of the embedded engine's log and store.
    #[arg(long, default_value = "comptoir-data", env = "COMPTOIR_DATA")]
    pub data: PathBuf,
    /// The store: mongodb://host:port/database, or mongodb+srv://…; the embedded engine's where absent.
    #[arg(long, value_name = "URL", env = "COMPTOIR_STORE", hide_env_values = true)]
    pub store: Option<String>,
}

/// `comptoir backup`: writes everything that is kept to one file.
#[derive(Debug, Clone, Args)]
pub struct BackupOptions {
    #[command(flatten)]
    pub place: PlaceOptions,
    /// The file to write; it must not exist.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `comptoir restore`: fills an empty store from such a file.
#[derive(Debug, Clone, Args)]
pub struct RestoreOptions {
    #[command(flatten)]
    pub place: PlaceOptions,
    /// The file that `comptoir backup` wrote.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `comptoir migrate`: moves an embedded engine's data into an empty MongoDB database.
#[derive(Debug, Clone, Args)]
pub struct MigrateOptions {
    /// The folder of the embedded engine's log and store; its server has to be stopped.
    #[arg(long, default_value = "comptoir-data", env = "COMPTOIR_DATA")]
    pub data: PathBuf,
    /// The store to fill: mongodb://host:port/database, or mongodb+srv://…
    #[arg(long, value_name = "URL", env = "COMPTOIR_STORE", hide_env_values = true)]
    pub store: String,
}
