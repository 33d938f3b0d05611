//! The command, and what it says.

use crate::https;
use clap::Args;
use futures_util::TryStreamExt as _;
use shared::chain::{Head, PublicKey};
use shared::verify::{Chain, Export, ExportError, Finding, Known, KnownHead, SeriesEnds, Verified};
use std::io::{self, BufRead as _, BufReader};
use std::path::PathBuf;
use tokio::io::AsyncBufReadExt as _;
use tokio_util::io::StreamReader;

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
    /// A public key that you keep elsewhere, as this command prints it; several may be given. Then a series that is signed by
    /// none of them is a finding.
    #[arg(long = "key", value_name = "KEY")]
    pub keys: Vec<PublicKey>,
    /// A receipt with which a series ended when you looked, as SERIES:NUMBER:HASH from what this command prints; several may be
    /// given. Where it is not there, the end was cut off or written anew.
    #[arg(long = "head", value_name = "HEAD")]
    pub heads: Vec<KnownHead>,
    /// Likewise an entry of its journal.
    #[arg(long = "journal-head", value_name = "HEAD")]
    pub journals: Vec<KnownHead>,
}

/// Why an export is not what it should be, or cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It cannot be read.
    #[error("{0} cannot be read: {1}")]
    File(PathBuf, io::Error),
    /// It cannot be fetched.
    #[error("{0} cannot be fetched: {1}")]
    Fetch(String, io::Error),
    /// It is none.
    #[error(transparent)]
    Line(#[from] ExportError),
    /// Something is wrong with its receipts or journals.
    #[error("the export is not what was signed: {} of its records show it, first {}", .0.len(), .0[0])]
    Found(Vec<Finding>),
}

/// Verifies an export and says that all is well, or names the first receipt or journal entry that shows that it is not;
/// further ones are printed to standard error. The keys of the series and where they end are printed either way.
///
/// # Errors
///
/// [`VerifyError`].
pub async fn run(options: VerifyOptions) -> Result<(), VerifyError> {
    let VerifyOptions { file, token, keys, heads, journals } = options;
    let knows_keys = !keys.is_empty();
    let mut export = Export::with(Known { keys: keys.into_iter().collect(), heads, journals });
    if file.starts_with("http://") || file.starts_with("https://") {
        fetch(&file, token.as_deref(), &mut export).await?;
    } else {
        read(&file.into(), &mut export)?;
    }
    let Verified { is_sealed, receipts, entries, series, findings } = export.end()?;
    series.iter().for_each(tell);
    for finding in findings.iter().take(MOST) {
        eprintln!("{finding}");
    }
    if !findings.is_empty() {
        return Err(VerifyError::Found(findings));
    }
    println!(
        "{receipts} receipts and {entries} journal entries: every chain is whole, and every signature is by the key of its series"
    );
    if !knows_keys {
        println!(
            "The keys come with the file: hold them against those that you keep elsewhere, or name those by --key"
        );
    }
    if !is_sealed {
        println!(
            "No office has sealed this file: hold where its chains end against what you know from elsewhere, or name that by --head"
        );
    }
    Ok(())
}

/// Prints a series with its key, and where its chains end.
fn tell(SeriesEnds { series, public_key, receipts, journal }: &SeriesEnds) {
    println!("series {series} key {public_key}");
    for (chain, Head { number, hash }) in [(Chain::Receipts, receipts), (Chain::Journal, journal)] {
        if *number > 0 {
            println!("series {series} ends with {chain} no. {number}, hash {hash}");
        }
    }
}

fn read(file: &PathBuf, export: &mut Export) -> Result<(), VerifyError> {
    let failed = |error| VerifyError::File(file.clone(), error);
    let lines = BufReader::new(std::fs::File::open(file).map_err(failed)?).lines();
    for line in lines {
        export.take(&line.map_err(failed)?)?;
    }
    Ok(())
}

/// Takes an export line by line as it comes, since that of some years may be larger than memory.
async fn fetch(address: &str, token: Option<&str>, export: &mut Export) -> Result<(), VerifyError> {
    let failed = |error| VerifyError::Fetch(address.to_owned(), error);
    let answer = ask(address, token).await.map_err(|error| failed(io::Error::other(error)))?;
    let mut lines = StreamReader::new(Box::pin(answer.bytes_stream().map_err(io::Error::other))).lines();
    while let Some(line) = lines.next_line().await.map_err(failed)? {
        export.take(&line)?;
    }
    Ok(())
}

async fn ask(address: &str, token: Option<&str>) -> reqwest::Result<reqwest::Response> {
    let request = https::client().build()?.get(address);
    let request = token.into_iter().fold(request, reqwest::RequestBuilder::bearer_auth);
    request.send().await?.error_for_status()
}
