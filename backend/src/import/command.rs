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
const LIMIT: Duration = Duration::from_mins(1);

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing::{Server, TOKEN};

    const GOOD: &str = "sku,name,category,price,tax\nNEW-1,Pain,Boulangerie,1.05,5.5\nNEW-2,Brie,Fromages,3.20,5.5\n";

    async fn import(server: &Server, text: &str, skip_bad: bool) -> Result<ImportReport, ImportError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("products.csv");
        std::fs::write(&file, text).unwrap();
        let address = server.listen().await;
        run(Arguments { file, server: format!("http://{address}"), token: TOKEN.to_owned(), skip_bad }).await
    }

    #[tokio::test]
    async fn a_file_is_imported_and_again_changes_nothing() {
        let server = Server::empty().await;
        let first = import(&server, GOOD, false).await.unwrap();
        assert_eq!((first.added, first.changed, first.unchanged), (2, 0, 0));
        let second = import(&server, &GOOD.replace("1.05", "1.10"), false).await.unwrap();
        assert_eq!((second.added, second.changed, second.unchanged), (0, 1, 1));
    }

    #[tokio::test]
    async fn a_bad_row_stops_the_import_unless_it_is_left_out() {
        let server = Server::empty().await;
        let text = format!("{GOOD}NEW-3,,Fromages,1,5.5\n");
        assert!(matches!(import(&server, &text, false).await, Err(ImportError::BadRows(1))));
        assert_eq!(server.app().catalogue.latest().await.unwrap().products().count(), 0);
        assert_eq!(import(&server, &text, true).await.unwrap().added, 2);
    }

    #[tokio::test]
    async fn a_missing_server_and_a_wrong_token_say_what_to_do() {
        let server = Server::empty().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("products.csv");
        std::fs::write(&file, GOOD).unwrap();
        let address = server.listen().await;
        let wrong = Arguments { file, server: format!("http://{address}"), token: "wrong".to_owned(), skip_bad: false };
        assert!(run(wrong.clone()).await.unwrap_err().to_string().contains("Send the token"));
        let nowhere = Arguments { server: "http://127.0.0.1:1".to_owned(), ..wrong };
        assert!(run(nowhere).await.unwrap_err().to_string().contains("comptoir serve"));
    }
}
