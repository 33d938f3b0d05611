//! What a till has exported: signed receipts, one to a line, carried to the server by hand.

use super::server::{ImportError, Server};
use reqwest::Method;
use serde_json::value::RawValue;
use shared::api::receipts::{Outcome, Outcomes};
use std::path::Path;

/// How many receipts go in one request.
const AT_ONCE: usize = 100;

/// The status by which the server says that it took none of a list.
const NONE_TAKEN: u16 = 422;

/// Imports a file and tells how many receipts are in the log then. Those that are not taken are written to standard error,
/// each with its line. A receipt that the server has already is taken again and counts once.
///
/// # Errors
///
/// [`ImportError`]; [`ImportError::NotTaken`] where the rest was taken.
pub async fn import(server: &Server, file: &Path) -> Result<usize, ImportError> {
    let text = std::fs::read_to_string(file).map_err(|error| ImportError::File(file.to_owned(), error))?;
    let lines: Vec<_> = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    let (mut taken, mut left) = (0, 0);
    let mut receipts = Vec::new();
    for (place, line) in lines {
        match serde_json::from_str::<&RawValue>(line) {
            Ok(receipt) => receipts.push((place + 1, receipt)),
            Err(error) => left += report(file, place + 1, &format!("no JSON: {error}")),
        }
    }
    for some in receipts.chunks(AT_ONCE) {
        let bodies: Vec<_> = some.iter().map(|(_, receipt)| receipt).collect();
        let outcomes: Outcomes = server.send(Method::POST, "/receipts", &bodies, &[NONE_TAKEN]).await?;
        for ((line, _), outcome) in some.iter().zip(outcomes.items) {
            match outcome {
                Outcome::Accepted { .. } => taken += 1,
                Outcome::Refused { problem, .. } => left += report(file, *line, &problem.detail),
            }
        }
    }
    if left > 0 { Err(ImportError::NotTaken(left)) } else { Ok(taken) }
}

fn report(file: &Path, line: usize, why: &str) -> usize {
    eprintln!("{}:{line}: {why}", file.display());
    1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::server::Target;
    use crate::testing::Till;
    use crate::web::testing::{self, TOKEN};
    use shared::chain::Sealed;
    use shared::receipt::Receipt;

    async fn import_into(server: &testing::Server, text: &str) -> Result<usize, ImportError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let address = format!("http://{}", server.listen().await);
        import(&Server::of(Target { server: address, token: TOKEN.to_owned() }).unwrap(), file.path()).await
    }

    fn line(receipt: &Sealed<Receipt>) -> String {
        serde_json::to_string(receipt).unwrap() + "\n"
    }

    #[tokio::test]
    async fn what_a_till_exported_is_in_the_log_and_counts_once() {
        let server = testing::Server::with_demo().await;
        let mut till = server.till(1).await;
        let text: String = (0..3).map(|_| line(&till.sell(&[("A", 1)]))).collect();
        for _ in 0..2 {
            assert_eq!(import_into(&server, &text).await.unwrap(), 3);
        }
        server.save_all().await;
        let found = server.get("/api/v1/receipts?store=1").operator().send().await;
        assert_eq!(found.json["items"].as_array().unwrap().len(), 3);
    }

    #[tokio::test]
    async fn what_is_not_taken_is_told_and_the_rest_is_taken() {
        let server = testing::Server::with_demo().await;
        let good = line(&server.till(1).await.sell(&[("A", 1)]));
        let foreign = line(&Till::new(1, 2).sell(&[("A", 1)]));
        let error = import_into(&server, &format!("{good}{foreign}not json\n\n")).await.unwrap_err();
        assert!(matches!(error, ImportError::NotTaken(2)), "{error}");
        server.save_all().await;
        let found = server.get("/api/v1/receipts?store=1").operator().send().await;
        assert_eq!(found.json["items"].as_array().unwrap().len(), 1);
        assert!(matches!(import_into(&server, &foreign).await, Err(ImportError::NotTaken(1))));
    }
}
