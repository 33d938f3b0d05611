//! What a till has exported: signed receipts and entries of the journal, one to a line, carried to the server by hand.

use super::server::{ImportError, Server};
use reqwest::Method;
use serde::Deserialize;
use serde_json::value::RawValue;
use shared::api::receipts::{Outcome, Outcomes};
use shared::journal::RecordKind;
use std::path::Path;

/// How many of them go in one request.
const AT_ONCE: usize = 100;

/// The status by which the server says that it took none of a list.
const NONE_TAKEN: u16 = 422;

/// How many of a file's lines are in the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Receipts.
    pub receipts: usize,
    /// Entries of the journal.
    pub entries: usize,
}

/// A record with the number of its line.
type Line<'a> = (usize, &'a RawValue);

/// As much of a record as tells an entry of the journal from a receipt.
#[derive(Deserialize)]
struct Record {
    body: Body,
}

#[derive(Deserialize)]
struct Body {
    kind: Option<RecordKind>,
}

/// Imports a file and tells how much of it is in the log then. Lines that are not taken are written to standard error,
/// each with its number. What the server has already is taken again and counts once.
///
/// # Errors
///
/// [`ImportError`]; [`ImportError::NotTaken`] where the rest was taken.
pub async fn import(server: &Server, file: &Path) -> Result<Taken, ImportError> {
    let text = std::fs::read_to_string(file).map_err(|error| ImportError::File(file.to_owned(), error))?;
    let (mut receipts, mut entries, mut left) = (Vec::new(), Vec::new(), 0);
    for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<&RawValue>(line) {
            Ok(record) if is_entry(record) => entries.push((place + 1, record)),
            Ok(record) => receipts.push((place + 1, record)),
            Err(error) => {
                report(file, place + 1, &format!("no JSON: {error}"));
                left += 1;
            }
        }
    }
    let all = receipts.len() + entries.len();
    let taken = Taken {
        receipts: post(server, file, "/receipts", &receipts).await?,
        entries: post(server, file, "/journal", &entries).await?,
    };
    left += all - taken.receipts - taken.entries;
    if left > 0 { Err(ImportError::NotTaken(left)) } else { Ok(taken) }
}

/// What cannot be told is posted as a receipt, and refused with the reason.
fn is_entry(record: &RawValue) -> bool {
    let read = serde_json::from_str::<Record>(record.get());
    read.is_ok_and(|record| record.body.kind == Some(RecordKind::Journal))
}

/// Posts records and tells how many were taken.
async fn post(server: &Server, file: &Path, path: &str, lines: &[Line<'_>]) -> Result<usize, ImportError> {
    let mut taken = 0;
    for some in lines.chunks(AT_ONCE) {
        let bodies: Vec<_> = some.iter().map(|(_, record)| record).collect();
        let outcomes: Outcomes = server.send(Method::POST, path, &bodies, &[NONE_TAKEN]).await?;
        for ((line, _), outcome) in some.iter().zip(outcomes.items) {
            match outcome {
                Outcome::Accepted { .. } => taken += 1,
                Outcome::Refused { problem, .. } => report(file, *line, &problem.detail),
            }
        }
    }
    Ok(taken)
}

fn report(file: &Path, line: usize, why: &str) {
    eprintln!("{}:{line}: {why}", file.display());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::server::Target;
    use crate::testing::Till;
    use crate::web::testing::{self, TOKEN};
    use serde::Serialize;
    use shared::chain::Sealed;
    use shared::journal::Act;

    async fn import_into(server: &testing::Server, text: &str) -> Result<Taken, ImportError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let address = format!("http://{}", server.listen().await);
        import(&Server::of(Target { server: address, token: TOKEN.to_owned() }).unwrap(), file.path()).await
    }

    fn line<T: Serialize>(sealed: &Sealed<T>) -> String {
        serde_json::to_string(sealed).unwrap() + "\n"
    }

    #[tokio::test]
    async fn what_a_till_exported_is_in_the_log_and_counts_once() {
        let server = testing::Server::with_demo().await;
        let mut till = server.till(1).await;
        let mut text: String = (0..3).map(|_| line(&till.sell(&[("A", 1)]))).collect();
        text += &line(&till.note(Act::DrawerOpened));
        for _ in 0..2 {
            assert_eq!(import_into(&server, &text).await.unwrap(), Taken { receipts: 3, entries: 1 });
        }
        server.save_all().await;
        for (path, count) in [("receipts", 3), ("journal", 1)] {
            let found = server.get(&format!("/api/v1/{path}?store=1")).operator().send().await;
            assert_eq!(found.json["items"].as_array().unwrap().len(), count, "{path}");
        }
    }

    #[tokio::test]
    async fn what_is_not_taken_is_told_and_the_rest_is_taken() {
        let server = testing::Server::with_demo().await;
        let good = line(&server.till(1).await.sell(&[("A", 1)]));
        let foreign = line(&Till::new(1, 2).sell(&[("A", 1)]));
        let noted = line(&Till::new(1, 2).note(Act::DrawerOpened));
        let error = import_into(&server, &format!("{good}{foreign}{noted}not json\n\n")).await.unwrap_err();
        assert!(matches!(error, ImportError::NotTaken(3)), "{error}");
        server.save_all().await;
        let found = server.get("/api/v1/receipts?store=1").operator().send().await;
        assert_eq!(found.json["items"].as_array().unwrap().len(), 1);
        assert!(matches!(import_into(&server, &foreign).await, Err(ImportError::NotTaken(1))));
    }
}
