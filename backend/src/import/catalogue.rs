//! A price list: read whole, and sent only if every row is good.

use super::products;
use super::server::{ImportError, Server};
use reqwest::Method;
use shared::api::catalogue::ImportReport;
use std::path::Path;

/// How many products go in one request: some 200 bytes each, well within what the server takes.
const AT_ONCE: usize = 2_000;

/// Imports a file. Bad rows are written to standard error, each with its line.
///
/// # Errors
///
/// [`ImportError`]. Importing the same file again is safe: what is the same already stays as it is.
pub async fn import(server: &Server, file: &Path, skip_bad: bool) -> Result<ImportReport, ImportError> {
    let bytes = std::fs::read(file).map_err(|error| ImportError::File(file.to_owned(), error))?;
    let rows = products::read(&bytes);
    for error in &rows.errors {
        eprintln!("{}: {error}", file.display());
    }
    if !rows.errors.is_empty() && !skip_bad {
        return Err(ImportError::BadRows(rows.errors.len()));
    }
    let mut total = ImportReport::default();
    for products in rows.products.chunks(AT_ONCE) {
        let done: ImportReport = server.send(Method::PUT, "/products", &products, &[]).await?;
        total.added += done.added;
        total.changed += done.changed;
        total.unchanged += done.unchanged;
        total.version = done.version;
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::server::Target;
    use crate::web::testing::{self, TOKEN};

    const GOOD: &str = "sku,name,category,price,tax\nNEW-1,Pain,Boulangerie,1.05,5.5\nNEW-2,Brie,Fromages,3.20,5.5\n";

    async fn import_to(server: &str, token: &str, text: &str, skip_bad: bool) -> Result<ImportReport, ImportError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let server = Server::of(Target { server: server.to_owned(), token: token.to_owned() }).unwrap();
        import(&server, file.path(), skip_bad).await
    }

    async fn import_into(server: &testing::Server, text: &str, skip_bad: bool) -> Result<ImportReport, ImportError> {
        import_to(&format!("http://{}", server.listen().await), TOKEN, text, skip_bad).await
    }

    #[tokio::test]
    async fn a_file_is_imported_and_again_changes_nothing() {
        let server = testing::Server::empty().await;
        let first = import_into(&server, GOOD, false).await.unwrap();
        assert_eq!((first.added, first.changed, first.unchanged), (2, 0, 0));
        let second = import_into(&server, &GOOD.replace("1.05", "1.10"), false).await.unwrap();
        assert_eq!((second.added, second.changed, second.unchanged), (0, 1, 1));
    }

    #[tokio::test]
    async fn a_bad_row_stops_the_import_unless_it_is_left_out() {
        let server = testing::Server::empty().await;
        let text = format!("{GOOD}NEW-3,,Fromages,1,5.5\n");
        assert!(matches!(import_into(&server, &text, false).await, Err(ImportError::BadRows(1))));
        assert_eq!(server.app().catalogue.latest().await.unwrap().products().count(), 0);
        assert_eq!(import_into(&server, &text, true).await.unwrap().added, 2);
    }

    #[tokio::test]
    async fn a_missing_server_and_a_wrong_token_say_what_to_do() {
        let server = testing::Server::empty().await;
        let address = format!("http://{}", server.listen().await);
        assert!(import_to(&address, "wrong", GOOD, false).await.unwrap_err().to_string().contains("Send the token"));
        let nowhere = import_to("http://127.0.0.1:1", TOKEN, GOOD, false).await;
        assert!(nowhere.unwrap_err().to_string().contains("comptoir serve"));
    }
}
