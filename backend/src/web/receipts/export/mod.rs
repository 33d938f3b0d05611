//! `GET receipts/export`: a store's receipts and journals with the keys of its series, for whoever verifies them without us.

mod reading;

use crate::model::register;
use crate::store::StoreError;
use crate::web::caller::Caller;
use crate::web::desk::Desk;
use crate::web::extract::Query;
use crate::web::http::RequestId;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, header};
use axum::response::IntoResponse;
use futures_util::stream::{self, StreamExt};
use reading::{journal_of, receipts_of};
use serde::{Deserialize, Serialize};
use shared::api::problem::Problem;
use shared::chain::{Hash, Head};
use shared::ids::StoreNo;
use shared::journal::Act;
use shared::verify::{Ending, Heading, SeriesHead, SeriesKey};

/// Which receipts to export.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The store.
    store: StoreNo,
}

/// A series, and where its two chains end as far as they are saved.
#[derive(Debug, Clone)]
struct Exported {
    key: SeriesKey,
    receipts: Head,
    journal: Head,
}

/// A store's receipts and journals as JSON lines: a heading, the key of each series, the receipts of each series in the order
/// of their numbers and then the entries of its journal, whose `body` has the member `kind`, where each chain ends, and the
/// entry of the office's journal that this archive was made, which seals the line before it.
/// `comptoir verify` checks it with nothing else at hand.
#[utoipa::path(
    get,
    path = "/receipts/export",
    tag = "receipts",
    params(ExportQuery),
    responses(
        (status = 200, body = String, content_type = "application/jsonl", description = "One object to a line."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    method: Method,
    caller: Caller,
    request: RequestId,
    Query(query): Query<ExportQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let view = app.stores.require(query.store).await?;
    caller.must_manage(&view.store)?;
    let file = format!("attachment; filename=\"comptoir-store-{}.jsonl\"", query.store);
    let headers = [(header::CONTENT_TYPE, "application/jsonl".to_owned()), (header::CONTENT_DISPOSITION, file)];
    if method == Method::HEAD {
        // A stream, whose length nobody says: that of the archive is not known either (RFC 9110 §8.6).
        return Ok((headers, Body::from_stream(stream::empty::<Result<String, StoreError>>())));
    }
    let desk = Desk::new(&app, &caller, query.store, &request);
    desk.open().await?;
    let all = series(&app, query.store).await?;
    let mut opening = vec![line(&Heading::of(query.store))?];
    for series in &all {
        opening.push(line(&series.key)?);
    }
    let ending = ending(&all);
    let (entries, receipts, ending) = (ending.entries, ending.receipts, line(&ending)?);
    let act = Act::ArchiveMade { ending: Hash::of(ending.trim_end().as_bytes()), entries, receipts };
    let seal = line(&desk.note(act).await?)?;
    let records = stream::iter(all).flat_map(move |Exported { key, receipts, journal }| {
        receipts_of(app.clone(), &key.series, receipts).chain(journal_of(app.clone(), &key.series, journal))
    });
    let lines = stream::iter(opening.into_iter().map(Ok))
        .chain(records)
        .chain(stream::once(async move { Ok::<_, StoreError>(ending + &seal) }));
    Ok((headers, Body::from_stream(lines)))
}

/// The store's series, and where they end.
async fn series(app: &App, store: StoreNo) -> Result<Vec<Exported>, ApiError> {
    let mut found = Vec::new();
    for document in register::of_store(&*app.store, store).await? {
        for entry in &document.series {
            let series = document.series_id(entry);
            let saved = app.store.one_series(&series).await?;
            let journal = saved.as_ref().map_or(Head::GENESIS, |series| series.journal.last());
            let receipts = saved.filter(|series| series.root.is_some()).map(|series| series.last());
            let receipts = receipts.unwrap_or(Head { number: 0, hash: entry.prev });
            let key = SeriesKey { series, public_key: entry.public_key, prev: entry.prev };
            found.push(Exported { key, receipts, journal });
        }
    }
    Ok(found)
}

fn ending(all: &[Exported]) -> Ending {
    let head = |series: &Exported, head| SeriesHead { series: series.key.series.clone(), head };
    let with_journal = all.iter().filter(|series| series.journal.number > 0);
    Ending {
        entries: all.iter().map(|series| series.journal.number).sum(),
        heads: all.iter().map(|series| head(series, series.receipts)).collect(),
        journals: with_journal.map(|series| head(series, series.journal)).collect(),
        receipts: all.iter().map(|series| series.receipts.number).sum(),
    }
}

fn line(value: &impl Serialize) -> Result<String, StoreError> {
    Ok(serde_json::to_string(value)? + "\n")
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;
    use shared::journal::Act;
    use shared::verify::{Chain, Export, ExportError, Fault};

    const PATH: &str = "/api/v1/receipts/export?store=1";

    fn verified(text: &str) -> Vec<(Chain, u64, Fault)> {
        let mut export = Export::default();
        text.lines().for_each(|line| export.take(line).unwrap());
        let found = export.end().unwrap().findings.into_iter();
        found.map(|finding| (finding.chain, finding.number, finding.fault)).collect()
    }

    /// An export of so many receipts, and as many entries of the journal.
    async fn exported(receipts: usize) -> String {
        let server = Server::with_demo().await;
        let mut till = server.till(1).await;
        let mut sold: Vec<_> = (0..receipts).map(|_| till.sell(&[("A", 1)])).collect();
        // They need not arrive in the order of their numbers.
        sold.rotate_left(1);
        let mut noted: Vec<_> = (0..receipts).map(|_| till.note(Act::DrawerOpened)).collect();
        noted.rotate_left(1);
        for receipt in &sold {
            server.post("/api/v1/receipts").json(&json!(receipt)).send().await;
        }
        server.post("/api/v1/journal").json(&json!(noted)).send().await;
        server.save_all().await;
        let reply = server.get(PATH).operator().send().await;
        assert_eq!(reply.status, StatusCode::OK);
        reply.text
    }

    #[tokio::test]
    async fn an_export_verifies_by_itself() {
        let text = exported(3).await;
        assert_eq!(
            (text.matches("\"body\"").count(), text.matches("\"kind\":\"journal\"").count()),
            (7, 4),
            "the seal is an entry too"
        );
        assert_eq!(verified(&text), []);
    }

    #[tokio::test]
    async fn whoever_changes_one_digit_or_takes_one_out_is_found_out() {
        let text = exported(3).await;
        let lines: Vec<_> = text.lines().collect();
        let second = lines.iter().position(|line| line.contains("\"number\":2,")).unwrap();
        let altered = text.replace(lines[second], &lines[second].replace("\"quantity\":1000", "\"quantity\":2000"));
        assert_eq!(verified(&altered), [(Chain::Receipts, 2, Fault::Altered)]);
        let widened = text.replace(lines[second], &lines[second].replace("\"body\":{", "\"body\":{\"hat\":1,"));
        assert_eq!(verified(&widened), [(Chain::Receipts, 2, Fault::Altered)]);
        let removed = text.replace(&format!("{}\n", lines[second]), "");
        assert_eq!(verified(&removed), [(Chain::Receipts, 2, Fault::Missing)]);
    }

    #[tokio::test]
    async fn an_archive_whose_end_is_told_otherwise_or_cut_off_is_not_what_was_signed() {
        let text = exported(2).await;
        let (rest, seal) = text.trim_end().rsplit_once('\n').unwrap();
        let (records, ending) = rest.rsplit_once('\n').unwrap();
        let reordered =
            ending.replacen("{\"entries\":2,", "{", 1).replace("\"receipts\":2}", "\"receipts\":2,\"entries\":2}");
        let otherwise = verified(&format!("{records}\n{reordered}\n{seal}"));
        assert_eq!(otherwise, [(Chain::Journal, 2, Fault::OtherArchive)]);
        let other_seal = seal.replace("\"entries\":2", "\"entries\":1");
        assert_eq!(verified(&format!("{rest}\n{other_seal}")), [(Chain::Journal, 2, Fault::OtherArchive)]);
        for cut in [rest, records] {
            let mut export = Export::default();
            cut.lines().for_each(|line| export.take(line).unwrap());
            assert_eq!(export.end(), Err(ExportError::NoEnding));
        }
        let older = rest.replacen("\"comptoir_export\":3", "\"comptoir_export\":2", 1);
        let mut export = Export::default();
        older.lines().for_each(|line| export.take(line).unwrap());
        assert_eq!(export.end(), Err(ExportError::NoEnding), "no format without a seal has an office");
        let mut export = Export::default();
        text.lines().for_each(|line| export.take(line).unwrap());
        assert!(matches!(export.take(seal), Err(ExportError::Foreign(_))), "there is one seal");
    }

    #[tokio::test]
    async fn and_likewise_with_an_entry_of_the_journal() {
        let text = exported(3).await;
        let is_second = |line: &&str| line.contains("\"journal\"") && line.contains("\"number\":2,");
        let second = text.lines().find(is_second).unwrap();
        let altered = text.replace(second, &second.replace("drawer_opened", "signed_out"));
        assert_eq!(verified(&altered), [(Chain::Journal, 2, Fault::Altered)]);
        let removed = text.replace(&format!("{second}\n"), "");
        assert_eq!(verified(&removed), [(Chain::Journal, 2, Fault::Missing)]);
        let twice = text.replace(second, &format!("{second}\n{second}"));
        assert_eq!(verified(&twice), [(Chain::Journal, 2, Fault::Inserted)]);
        let disguised = text.replace(second, &second.replace("\"kind\":\"journal\",", ""));
        assert_eq!(verified(&disguised)[0], (Chain::Receipts, 2, Fault::Altered), "an entry never passes as a receipt");
    }

    #[tokio::test]
    async fn only_managers_and_operators_get_it() {
        let server = Server::with_demo().await;
        let seller = server.sign_in(1, 1).await;
        server.get(PATH).cookie(&seller).send().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
        server.get(PATH).send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }
}
