//! What the operator decides, by arguments and environment.

pub mod key;

use crate::telemetry::LogFormat;
use clap::Args;
use std::io;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

/// Where log lines go and how they look.
#[derive(Debug, Clone, Copy, Args)]
pub struct LogOptions {
    /// How log lines look.
    #[arg(long, value_enum, default_value = "pretty", env = "COMPTOIR_LOG_FORMAT", global = true)]
    pub log_format: LogFormat,
}

/// Where events and everything known are kept.
#[derive(Debug, Clone, Args)]
pub struct EngineOptions {
    /// The folder of the embedded engine's log and store.
    #[arg(long, default_value = "comptoir-data", env = "COMPTOIR_DATA")]
    pub data: PathBuf,
    /// The log: kafka://host:port,…/prefix; the embedded engine where neither this nor the store is named.
    #[arg(long, value_name = "URL", env = "COMPTOIR_EVENTS")]
    pub events: Option<String>,
    /// The store: mongodb://host:port/database, or mongodb+srv://…
    #[arg(long, value_name = "URL", env = "COMPTOIR_STORE", hide_env_values = true)]
    pub store: Option<String>,
    /// How many partitions the topic of events gets when it is made: savers share them among them, and they never change.
    #[arg(long, value_name = "N", default_value = "12", env = "COMPTOIR_PARTITIONS", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub partitions: u16,
}

/// What the web tier is told.
#[derive(Debug, Clone, Args)]
pub struct WebOptions {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080", env = "COMPTOIR_LISTEN")]
    pub listen: SocketAddr,
    /// The folder of the built page.
    #[arg(long, env = "COMPTOIR_SITE")]
    pub site: Option<PathBuf>,
    /// Fills an empty store with three training stores, and takes the token `demo` on a loopback address.
    #[arg(long)]
    pub demo: bool,
    /// Whoever sends this token is the operator.
    #[arg(long, env = "COMPTOIR_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Says that cookies may only travel over TLS, which something in front of this process terminates; they do anyway
    /// where it speaks TLS itself.
    #[arg(long, env = "COMPTOIR_SECURE_COOKIES")]
    pub secure_cookies: bool,
    /// What addresses of pages start with where browsers are, such as `https://tills.example.com`: for what is printed at the
    /// start, behind a proxy or in a container.
    #[arg(long, value_name = "URL", env = "COMPTOIR_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Speaks TLS by this file's certificates, in PEM form, the server's own first.
    #[arg(long, value_name = "FILE", requires = "tls_key", env = "COMPTOIR_TLS_CERT")]
    pub tls_cert: Option<PathBuf>,
    /// The private key that goes with the certificate, in PEM form.
    #[arg(long, value_name = "FILE", requires = "tls_cert", env = "COMPTOIR_TLS_KEY")]
    pub tls_key: Option<PathBuf>,
    /// Says that every request comes through a proxy in front of this process: the last address of `X-Forwarded-For` is the
    /// client's. Without one anybody can write that header.
    #[arg(long, env = "COMPTOIR_BEHIND_PROXY")]
    pub behind_proxy: bool,
}

/// `comptoir serve`: everything in one process.
#[derive(Debug, Args)]
pub struct ServeOptions {
    #[command(flatten)]
    pub engine: EngineOptions,
    #[command(flatten)]
    pub web: WebOptions,
    /// Saves at most so many records a second; what is not saved yet stays in the log.
    #[arg(long, value_name = "N")]
    pub saver_rate: Option<NonZeroU32>,
}

/// `comptoir web`: pages and API, apart from the savers.
#[derive(Debug, Args)]
pub struct WebRoleOptions {
    #[command(flatten)]
    pub engine: EngineOptions,
    #[command(flatten)]
    pub web: WebOptions,
}

/// `comptoir saver`: one of those who save.
#[derive(Debug, Args)]
pub struct SaverOptions {
    #[command(flatten)]
    pub engine: EngineOptions,
    /// The address where operators see how it is: /healthz, /readyz, /metrics. 127.0.0.1:8081 where it is not said, or
    /// any other port of this machine where another saver has that one; the saver says which.
    #[arg(long, env = "COMPTOIR_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Saves at most so many records a second; what is not saved yet stays in the log.
    #[arg(long, value_name = "N")]
    pub rate: Option<NonZeroU32>,
}

impl EngineOptions {
    /// Sees that several processes can use the engine.
    ///
    /// # Errors
    ///
    /// [`ConfigError::EmbeddedApart`].
    pub const fn must_be_shared(&self, role: &'static str) -> Result<(), ConfigError> {
        match (&self.events, &self.store) {
            (None, None) => Err(ConfigError::EmbeddedApart(role)),
            _ => Ok(()),
        }
    }
}

impl WebOptions {
    /// The files of certificates and key, if this process speaks TLS itself.
    pub fn tls(&self) -> Option<(&Path, &Path)> {
        self.tls_cert.as_deref().zip(self.tls_key.as_deref())
    }

    /// Whether cookies may only travel over TLS: where this process speaks it, or something in front of it does.
    pub fn keeps_cookies_to_tls(&self) -> bool {
        self.secure_cookies || self.tls().is_some()
    }

    /// Whether the demo's token is taken: never where others than this machine can reach.
    pub fn takes_demo_token(&self) -> bool {
        self.demo && self.listen.ip().is_loopback()
    }
}

/// What is wrong with the configuration, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Half of an engine was named.
    #[error("{0} is set and {1} is not: set both for Kafka and MongoDB, or neither for the embedded engine")]
    Half(&'static str, &'static str),
    /// Roles that run apart need an engine that several processes can use.
    #[error(
        "`comptoir {0}` runs apart from the others, which the embedded engine cannot do, being one file of one process: \
         set COMPTOIR_EVENTS=kafka://… and COMPTOIR_STORE=mongodb://…, or run `comptoir serve`"
    )]
    EmbeddedApart(&'static str),
    /// All instances have to share one key.
    #[error("COMPTOIR_KEY is not set: all web instances share one; make it by `openssl rand -hex 32` and keep it safe")]
    NoKey,
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

#[cfg(test)]
mod tests {
    use super::WebOptions;
    use clap::Parser;

    #[derive(Parser)]
    struct Alone {
        #[command(flatten)]
        web: WebOptions,
    }

    #[test]
    fn cookies_keep_to_tls_where_there_is_any() {
        let keeps = |args: &[&str]| {
            let args = std::iter::once("comptoir").chain(args.iter().copied());
            Alone::try_parse_from(args).unwrap().web.keeps_cookies_to_tls()
        };
        assert!(!keeps(&[]));
        assert!(keeps(&["--secure-cookies"]));
        assert!(keeps(&["--tls-cert", "cert.pem", "--tls-key", "key.pem"]));
    }
}
