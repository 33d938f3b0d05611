//! The command, and what it says.

use crate::https;
use clap::Args;
use shared::verify::{Export, ExportError, Finding, Verified};
use std::io::BufRead;
use std::path::PathBuf;

/// How many findings are printed; the first of them is where to look.
const MOST: usize = 20;

/// What `comptoir verify` is told.
#[derive(Debug, Args)]
pub struct VerifyOptions {
    /// The export, as `GET receipts/export` gives it, in a file or behind an address.
    pub file: String,
    /// The token of an operator or manager, where the export is behind an address.
    #[arg(long, env = "COMPTOIR_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
}

/// Why an export is not what it should be, or cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It cannot be read.
    #[error("{0} cannot be read: {1}")]
    File(PathBuf, std::io::Error),
    /// It cannot be fetched.
    #[error("{0} cannot be fetched: {1}")]
    Fetch(String, reqwest::Error),
    /// It is none.
    #[error(transparent)]
    Line(#[from] ExportError),
    /// Something is wrong with its receipts or journals.
    #[error("the export is not what was signed: {} of its records show it, first {}", .0.len(), .0[0])]
    Found(Vec<Finding>),
}

/// Verifies an export and says that all is well, or names the first receipt or journal entry that shows that it is not;
/// further ones are printed to standard error.
///
/// # Errors
///
/// [`VerifyError`].
pub async fn run(options: VerifyOptions) -> Result<(), VerifyError> {
    let mut export = Export::default();
    if options.file.starts_with("http://") || options.file.starts_with("https://") {
        let text = fetch(&options.file, options.token.as_deref()).await;
        let text = text.map_err(|error| VerifyError::Fetch(options.file.clone(), error))?;
        text.lines().try_for_each(|line| export.take(line))?;
    } else {
        read(&options.file.into(), &mut export)?;
    }
    let Verified { is_sealed, receipts, entries, findings } = export.end()?;
    for finding in findings.iter().take(MOST) {
        eprintln!("{finding}");
    }
    if !findings.is_empty() {
        return Err(VerifyError::Found(findings));
    }
    println!(
        "{receipts} receipts and {entries} journal entries: every chain is whole, and every signature is by the key of its series"
    );
    if !is_sealed {
        println!("No office has sealed this file: hold where its chains end against what you know from elsewhere");
    }
    Ok(())
}

fn read(file: &PathBuf, export: &mut Export) -> Result<(), VerifyError> {
    let failed = |error| VerifyError::File(file.clone(), error);
    let lines = std::io::BufReader::new(std::fs::File::open(file).map_err(failed)?).lines();
    for line in lines {
        export.take(&line.map_err(failed)?)?;
    }
    Ok(())
}

async fn fetch(address: &str, token: Option<&str>) -> Result<String, reqwest::Error> {
    let request = https::client().build()?.get(address);
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    request.send().await?.error_for_status()?.text().await
}
