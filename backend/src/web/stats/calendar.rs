//! `GET stores/{s}/closings/calendar`: what a store's registers came to in each month of a year, and in the year.

use super::closings::state;
use crate::store::{Store, StoreError};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path, Query};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use crate::web::wall::moment;
use axum::extract::State;
use shared::api::closings::{SpanClosing, StoredClosing, YearQuery};
use shared::api::journal::{JournalQuery, StoredEntry};
use shared::api::problem::Problem;
use shared::closing::{Closing, Periods, Span, State as ClosingState, by_span};
use shared::ids::{RegisterNo, SeriesLetter, StoreNo};
use shared::journal::{Act, ActKind};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A closing, and the entry of the journal that it is.
struct Dated {
    entry: StoredEntry,
    closing: Closing,
}

/// What each register of a store came to in each month of a year and in the year, as the last closing in it says; the newest
/// first, each series by itself. It reads the closings of the store, however many receipts they cover.
#[utoipa::path(
    get,
    path = "/stores/{store}/closings/calendar",
    tag = "figures",
    params(("store" = StoreNo, Path, description = "The store."), YearQuery),
    responses(
        (status = 200, body = Vec<SpanClosing>),
        (status = 403, body = Problem),
        (status = 404, body = Problem, description = "No such store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path(store): Path<StoreNo>,
    Query(query): Query<YearQuery>,
) -> Result<Json<Vec<SpanClosing>>, ApiError> {
    let store = app.stores.require(store).await?.store.clone();
    caller.must_work_in(&store)?;
    let today = moment(app.mint.now(), &store)?.business_day(store.cut_off);
    let year = query.year.unwrap_or_else(|| today.date().year());
    if !(1..=9999).contains(&year) {
        return Err(Kind::BadQuery.because("`year` is 1 to 9999."));
    }
    let periods = app.store.all_periods(store.no).await?;
    let mut spans = Vec::new();
    for (series, closings) in by_series(&*app.store, store.no).await? {
        for span in Span::ALL {
            let found = by_span(span, &closings, |dated| &dated.closing);
            spans.extend(found.filter_map(|(days, is_over)| told(span, days, is_over, periods.get(&series), year)));
        }
    }
    spans.sort_by_key(|told| Reverse((told.span, told.name.clone())));
    Ok(Json(spans))
}

/// What is told of the days of a month or year; nothing of another year's, nor where the till did not count months.
fn told(span: Span, days: &[Dated], is_over: bool, periods: Option<&Periods>, year: i16) -> Option<SpanClosing> {
    let last = days.last().filter(|last| last.closing.day.date().year() == year)?;
    last.closing.to_date.as_ref()?;
    let states = days.iter().map(|dated| state(periods, &dated.entry.sealed.body.entry));
    let closing = StoredClosing { state: worst(states), entry: last.entry.clone() };
    Some(SpanClosing { span, name: span.name(last.closing.day), is_over, closing })
}

/// A sum is no better than the worst of its parts.
fn worst(states: impl Iterator<Item = ClosingState>) -> ClosingState {
    let rank = |state: &ClosingState| match state {
        ClosingState::Complete => 0,
        ClosingState::Waiting => 1,
        ClosingState::Wrong => 2,
    };
    states.max_by_key(rank).unwrap_or(ClosingState::Waiting)
}

/// The closings of each series, in the order of their numbers.
async fn by_series(
    journal: &dyn Store,
    store: StoreNo,
) -> Result<BTreeMap<(RegisterNo, SeriesLetter), Vec<Dated>>, StoreError> {
    let mut series: BTreeMap<_, Vec<Dated>> = BTreeMap::new();
    let act = Some(ActKind::DayClosed);
    let mut query = JournalQuery { act, limit: Some(500), oldest_first: Some(true), ..JournalQuery::of(store) };
    loop {
        let page = journal.journal(&query).await?;
        for entry in page.items {
            if let Act::DayClosed(closing) = &entry.sealed.body.entry {
                let closing = closing.as_ref().clone();
                let body = &entry.sealed.body;
                series.entry((body.register, body.series.clone())).or_default().push(Dated { entry, closing });
            }
        }
        match page.next {
            None => break,
            next => query.cursor = next,
        }
    }
    for closings in series.values_mut() {
        closings.sort_by_key(|dated| dated.closing.number);
    }
    Ok(series)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::{Value, json};
    use shared::chain::Sealed;
    use shared::receipt::Receipt;

    const PATH: &str = "/api/v1/stores/1/closings/calendar";
    const DAY: i64 = 24 * 60 * 60;

    /// Sells and closes on 23, 24 November, and 3 December, and gives the receipt of the first day, which has not arrived yet.
    async fn three_days(server: &Server) -> Sealed<Receipt> {
        let mut till = server.till(1).await;
        let (mut receipts, mut entries) = (Vec::new(), Vec::new());
        for day in [0, 1, 10] {
            receipts.push(till.sell_at(day * DAY, &[("A", 1)]));
            entries.push(till.close_day(day * DAY + 60));
        }
        let first = receipts.remove(0);
        send(server, &receipts).await;
        server.post("/api/v1/journal").json(&json!(entries)).send().await;
        server.save_all().await;
        first
    }

    async fn send(server: &Server, receipts: &[Sealed<Receipt>]) {
        server.post("/api/v1/receipts").json(&json!(receipts)).send().await;
        server.save_all().await;
    }

    fn states(spans: &[Value]) -> Vec<&str> {
        spans.iter().map(|span| span["state"].as_str().unwrap()).collect()
    }

    async fn listed(server: &Server, query: &str) -> Vec<Value> {
        let seller = server.sign_in(1, 1).await;
        let reply = server.get(&format!("{PATH}{query}")).cookie(&seller).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.json.as_array().unwrap().clone()
    }

    #[tokio::test]
    async fn a_month_is_what_its_days_came_to_and_over_once_another_has_begun() {
        let server = Server::with_demo().await;
        send(&server, &[three_days(&server).await]).await;
        let listed = listed(&server, "?year=2026").await;
        let told = |span: &Value| {
            let which = if span["span"] == "year" { "year" } else { "month" };
            let figures = &span["body"]["entry"]["to_date"][which];
            json!([span["span"], span["name"], span["is_over"], figures["receipts"], figures["total"]])
        };
        assert_eq!(
            listed.iter().map(told).collect::<Vec<_>>(),
            [
                json!(["year", "2026", false, 3, 750]),
                json!(["month", "2026-12", false, 1, 250]),
                json!(["month", "2026-11", true, 2, 500]),
            ]
        );
        assert_eq!(states(&listed), ["complete"; 3]);
    }

    #[tokio::test]
    async fn a_month_with_a_day_that_waits_is_not_complete() {
        let server = Server::with_demo().await;
        let first = three_days(&server).await;
        assert_eq!(states(&listed(&server, "?year=2026").await), ["waiting", "complete", "waiting"]);
        send(&server, &[first]).await;
        assert_eq!(states(&listed(&server, "?year=2026").await), ["complete"; 3]);
    }

    #[test]
    fn a_sum_is_no_better_than_the_worst_of_its_parts() {
        use ClosingState::{Complete, Waiting, Wrong};
        assert_eq!(worst([Complete, Wrong, Waiting].into_iter()), Wrong);
        assert_eq!(worst([Complete, Waiting, Complete].into_iter()), Waiting);
        assert_eq!(worst([Complete].into_iter()), Complete);
    }

    #[tokio::test]
    async fn without_a_year_it_is_the_one_that_runs_and_others_are_by_themselves() {
        let server = Server::with_demo().await;
        three_days(&server).await;
        let store = server.app().stores.require(StoreNo::FIRST).await.unwrap().store.clone();
        let today = moment(server.app().mint.now(), &store).unwrap().business_day(store.cut_off);
        let running = today.date().year();
        assert_eq!(listed(&server, "").await, listed(&server, &format!("?year={running}")).await);
        assert_eq!(listed(&server, "?year=2025").await, [] as [Value; 0]);
    }

    #[tokio::test]
    async fn sellers_get_those_of_their_own_store_only_and_a_year_has_four_digits() {
        let server = Server::with_demo().await;
        let seller = server.sign_in(1, 1).await;
        let other = server.get("/api/v1/stores/2/closings/calendar").cookie(&seller).send().await;
        other.is_problem(StatusCode::FORBIDDEN, "forbidden");
        for year in ["0", "10000", "x"] {
            let refused = server.get(&format!("{PATH}?year={year}")).cookie(&seller).send().await;
            refused.is_problem(StatusCode::BAD_REQUEST, "bad-query");
        }
    }
}
