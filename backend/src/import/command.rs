//! The command: reads the file, and sends it to the server only if every row is good.

use super::products;
use crate::web::DEMO_TOKEN;
use clap::Args;
use shared::api::BASE;
use shared::api::catalogue::ImportReport;
use shared::api::problem::Problem;
use shared::product::Product;
use std::path::PathBuf;
use std::time::Duration;

/// How many products go in one request: some 200 bytes each, well within what the server takes.
const AT_ONCE: usize = 2_000;

/// How long one request may take.
const LIMIT: Duration = Duration::from_secs(60);

/// What `comptoir import` is told.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// The file: CSV with the columns sku, gtin, name, category, price, tax, unit, threshold.
    pub file: PathBuf,
    /// The server that takes the products.
    #[arg(long, env = "COMPTOIR_SERVER", default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// The operator's token.
    #[arg(long, env = "COMPTOIR_TOKEN", hide_env_values = true, default_value = DEMO_TOKEN)]
    pub token: String,
    /// Leave bad rows out instead of importing nothing.
    #[arg(long)]
    pub skip_bad: bool,
}

/// Why nothing, or not everything, was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{0} cannot be read: {1}")]
    File(PathBuf, std::io::Error),
    /// Some rows are bad.
    #[error("{0} bad rows, nothing was imported: mend them, or leave them out with --skip-bad")]
    BadRows(usize),
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

/// Imports a file and says what was done. Bad rows are written to standard error, each with its line.
///
/// # Errors
///
/// [`ImportError`]. Importing the same file again is safe: what is the same already stays as it is.
pub async fn run(arguments: Arguments) -> Result<ImportReport, ImportError> {
    let bytes = std::fs::read(&arguments.file).map_err(|error| ImportError::File(arguments.file.clone(), error))?;
    let rows = products::read(&bytes);
    for error in &rows.errors {
        eprintln!("{}: {error}", arguments.file.display());
    }
    if !rows.errors.is_empty() && !arguments.skip_bad {
        return Err(ImportError::BadRows(rows.errors.len()));
    }
    let client = reqwest::Client::builder().timeout(LIMIT).build();
    let client = client.map_err(|error| ImportError::Unreachable(arguments.server.clone(), error))?;
    let mut total = ImportReport::default();
    for products in rows.products.chunks(AT_ONCE) {
        let done = send(&client, &arguments, products).await?;
        total.added += done.added;
        total.changed += done.changed;
        total.unchanged += done.unchanged;
        total.version = done.version;
    }
    Ok(total)
}

async fn send(client: &reqwest::Client, to: &Arguments, products: &[Product]) -> Result<ImportReport, ImportError> {
    let unreachable = |error| ImportError::Unreachable(to.server.clone(), error);
    let url = format!("{}{BASE}/products", to.server.trim_end_matches('/'));
    let response = client.put(url).bearer_auth(&to.token).json(products).send().await.map_err(unreachable)?;
    let status = response.status();
    let foreign = |_| ImportError::NotComptoir(to.server.clone(), status.as_u16());
    if status.is_success() {
        return response.json().await.map_err(foreign);
    }
    Err(ImportError::Refused(Box::new(response.json().await.map_err(foreign)?)))
}
