//! What the operator decides, by arguments and environment.

use crate::telemetry::LogFormat;
use clap::Args;
use data_encoding::HEXLOWER_PERMISSIVE;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Where log lines go and how they look.
#[derive(Debug, Clone, Copy, Args)]
pub struct LogOptions {
    /// How log lines look.
    #[arg(long, value_enum, default_value = "pretty", env = "COMPTOIR_LOG_FORMAT", global = true)]
    pub log_format: LogFormat,
}

/// `comptoir serve`: everything in one process, on the embedded engine.
#[derive(Debug, Args)]
pub struct ServeOptions {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080", env = "COMPTOIR_LISTEN")]
    pub listen: SocketAddr,
    /// The folder of the log and the store.
    #[arg(long, default_value = "comptoir-data", env = "COMPTOIR_DATA")]
    pub data: PathBuf,
    /// The folder of the built page.
    #[arg(long, env = "COMPTOIR_SITE")]
    pub site: Option<PathBuf>,
    /// Fills an empty store with three training stores, and takes the token `demo` on a loopback address.
    #[arg(long)]
    pub demo: bool,
    /// Saves at most so many records a second; what is not saved yet stays in the log.
    #[arg(long, value_name = "N")]
    pub saver_rate: Option<NonZeroU32>,
    /// Whoever sends this token is the operator.
    #[arg(long, env = "COMPTOIR_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Says that cookies may only travel over TLS, which something in front of this process terminates.
    #[arg(long, env = "COMPTOIR_SECURE_COOKIES")]
    pub secure_cookies: bool,
}

/// What is wrong with the configuration, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Another engine was asked for.
    #[error("{0} is set, but this program has the embedded engine only: unset it")]
    Engine(&'static str),
    /// The key is no key.
    #[error("{0} is not a key: 64 hexadecimal digits, as `openssl rand -hex 32` prints")]
    Key(String),
    /// The key cannot be kept.
    #[error("the key file {path} cannot be used: {cause}")]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        cause: io::Error,
    },
}

impl ServeOptions {
    /// Refuses what would otherwise be ignored in silence.
    pub fn validate() -> Result<(), ConfigError> {
        let set = |name: &&str| std::env::var_os(name).is_some();
        ["COMPTOIR_EVENTS", "COMPTOIR_STORE"]
            .into_iter()
            .find(set)
            .map_or(Ok(()), |name| Err(ConfigError::Engine(name)))
    }

    /// Whether the demo's token is taken: never where others than this machine can reach.
    pub fn takes_demo_token(&self) -> bool {
        self.demo && self.listen.ip().is_loopback()
    }
}

/// The key that encrypts the keys of series that the server issues on: `COMPTOIR_KEY`, else a random one that is kept in
/// the data folder, readable by this user only.
pub fn encryption_key(folder: &Path, fresh: [u8; 32]) -> Result<[u8; 32], ConfigError> {
    if let Ok(text) = std::env::var("COMPTOIR_KEY") {
        return parse_key(&text).ok_or_else(|| ConfigError::Key("COMPTOIR_KEY".into()));
    }
    let path = folder.join("key");
    let failed = |cause| ConfigError::KeyFile { path: path.clone(), cause };
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            writeln!(file, "{}", HEXLOWER_PERMISSIVE.encode(&fresh)).and_then(|()| file.sync_all()).map_err(failed)?;
            Ok(fresh)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let text = std::fs::read_to_string(&path).map_err(failed)?;
            parse_key(&text).ok_or_else(|| ConfigError::Key(path.display().to_string()))
        }
        Err(error) => Err(failed(error)),
    }
}

fn parse_key(text: &str) -> Option<[u8; 32]> {
    HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_from_others() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(encryption_key(folder.path(), [7; 32]).unwrap(), [7; 32]);
        assert_eq!(encryption_key(folder.path(), [8; 32]).unwrap(), [7; 32]);
        let mode = std::fs::metadata(folder.path().join("key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn rubbish_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("key"), "rubbish").unwrap();
        assert!(matches!(encryption_key(folder.path(), [8; 32]), Err(ConfigError::Key(_))));
    }
}
