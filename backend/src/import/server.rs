//! The server that takes what is imported.

use crate::https;
use crate::web::DEMO_TOKEN;
use clap::Args;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::BASE;
use shared::api::problem::Problem;
use std::path::PathBuf;
use std::time::Duration;

/// How long one request may take.
const LIMIT: Duration = Duration::from_mins(1);

/// Which server, and as whom.
#[derive(Debug, Clone, Args)]
pub struct Target {
    /// The server that takes it.
    #[arg(long, env = "COMPTOIR_SERVER", default_value = "http://127.0.0.1:8080", global = true)]
    pub server: String,
    /// The operator's token.
    #[arg(long, env = "COMPTOIR_TOKEN", hide_env_values = true, default_value = DEMO_TOKEN, global = true)]
    pub token: String,
}

/// Why nothing, or not everything, was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// No file was named.
    #[error("name the file: `comptoir import products.csv`, or `comptoir import receipts FILE`")]
    NoFile,
    /// The file cannot be read.
    #[error("{0} cannot be read: {1}")]
    File(PathBuf, std::io::Error),
    /// Some rows are bad.
    #[error("{0} bad rows, nothing was imported: mend them, or leave them out with --skip-bad")]
    BadRows(usize),
    /// Some lines were not taken.
    #[error("{0} of the lines were not taken; keep the file, and see above why")]
    NotTaken(usize),
    /// The server cannot be reached.
    #[error("{0} does not answer ({1}): start it with `comptoir serve`, or name another with --server")]
    Unreachable(String, reqwest::Error),
    /// The server refused.
    #[error("the server refused: {}. {} {}", .0.detail, .0.safe, .0.remedy)]
    Refused(Box<Problem>),
    /// The answer is not one of Comptoir's.
    #[error("{0} answered with status {1} and not as a comptoir server does: name another with --server")]
    NotComptoir(String, u16),
}

/// A connection to it.
pub struct Server {
    client: reqwest::Client,
    target: Target,
}

impl Server {
    /// Makes ready to ask.
    ///
    /// # Errors
    ///
    /// [`ImportError::Unreachable`] where no request can be made at all.
    pub fn of(target: Target) -> Result<Self, ImportError> {
        let client = https::client().timeout(LIMIT).build();
        let client = client.map_err(|error| ImportError::Unreachable(target.server.clone(), error))?;
        Ok(Self { client, target })
    }

    /// Sends something to a path below the API's base; an answer with one of `statuses`, or a success, is read.
    ///
    /// # Errors
    ///
    /// [`ImportError`].
    pub async fn send<T: DeserializeOwned>(
        &self,
        method: reqwest::Method,
        path: &str,
        body: &(impl Serialize + Sync),
        statuses: &[u16],
    ) -> Result<T, ImportError> {
        let Target { server, token } = &self.target;
        let url = format!("{}{BASE}{path}", server.trim_end_matches('/'));
        let sent = self.client.request(method, url).bearer_auth(token).json(body).send().await;
        let response = sent.map_err(|error| ImportError::Unreachable(server.clone(), error))?;
        let status = response.status();
        let foreign = |_| ImportError::NotComptoir(server.clone(), status.as_u16());
        if status.is_success() || statuses.contains(&status.as_u16()) {
            return response.json().await.map_err(foreign);
        }
        Err(ImportError::Refused(Box::new(response.json().await.map_err(foreign)?)))
    }
}
