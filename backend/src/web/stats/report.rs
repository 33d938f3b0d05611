//! `GET stores/{s}/reports/x`: the X report.

use crate::ledger::day::{DayFigures, RegisterFigures};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path, Query};
use crate::web::problem::ApiError;
use crate::web::state::App;
use crate::web::wall::moment;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::reports::{RegisterReport, ReportQuery, XReport};
use shared::ids::{RegisterNo, StoreNo};
use shared::payment::Tender;
use shared::tax::TaxLine;

/// The X report of a store: what each register took on a business day, by rate of tax and means of payment, as far as it is
/// saved. It reads one document and closes nothing.
#[utoipa::path(
    get,
    path = "/stores/{store}/reports/x",
    tag = "figures",
    params(("store" = StoreNo, Path, description = "The store."), ReportQuery),
    responses(
        (status = 200, body = XReport),
        (status = 403, body = Problem),
        (status = 404, body = Problem, description = "No such store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Path(store): Path<StoreNo>,
    Query(query): Query<ReportQuery>,
) -> Result<Json<XReport>, ApiError> {
    let store = app.stores.require(store).await?.store.clone();
    caller.must_work_in(&store)?;
    let as_of = app.mint.now();
    let today = || Ok::<_, ApiError>(moment(as_of, &store)?.business_day(store.cut_off));
    let day = query.day.map_or_else(today, Ok)?;
    let figures = app.store.day_figures(store.no, day).await?.unwrap_or_else(|| DayFigures::new(day));
    let registers = figures.registers.into_iter().map(|(no, figures)| report(no, figures)).collect();
    Ok(Json(XReport { store: store.no, day, training: store.training, as_of, registers }))
}

fn report(register: RegisterNo, figures: RegisterFigures) -> RegisterReport {
    let RegisterFigures { receipts, rounding, takings, taxes, tenders } = figures;
    RegisterReport {
        register,
        receipts,
        rounding,
        takings,
        taxes: taxes
            .into_iter()
            .map(|(rate, it)| TaxLine { gross: it.gross, net: it.net, rate, tax: it.tax })
            .collect(),
        tenders: tenders.into_iter().map(|(kind, amount)| Tender { amount, kind }).collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn a_report_sums_the_receipts_own_figures_by_register_rate_and_tender() {
        let server = Server::with_demo().await;
        let mut till = server.till(1).await;
        for pieces in [1, 2] {
            let receipt = serde_json::to_value(till.sell_at(0, &[("A", pieces)])).unwrap();
            server.post("/api/v1/receipts").json(&receipt).send().await;
        }
        server.save_all().await;
        let seller = server.sign_in(1, 1).await;
        let reply = server.get("/api/v1/stores/1/reports/x?day=2026-11-23").cookie(&seller).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        let register = &reply.json["registers"][0];
        assert_eq!((&register["receipts"], &register["takings"]), (&json!(2), &json!(750)), "{}", reply.text);
        assert_eq!(register["tenders"], json!([{"amount": 750, "kind": "cash"}]));
        let tax = &register["taxes"][0];
        let sum = |name: &str| tax[name].as_i64().unwrap();
        assert_eq!((sum("gross"), sum("net") + sum("tax")), (750, 750), "{}", reply.text);
        let other_day = server.get("/api/v1/stores/1/reports/x?day=2026-11-24").cookie(&seller).send().await;
        assert_eq!(other_day.json["registers"], json!([]));
    }

    #[tokio::test]
    async fn sellers_get_that_of_their_own_store_only() {
        let server = Server::with_demo().await;
        let seller = server.sign_in(1, 1).await;
        let reply = server.get("/api/v1/stores/2/reports/x").cookie(&seller).send().await;
        reply.is_problem(StatusCode::FORBIDDEN, "forbidden");
        server.get("/api/v1/stores/1/reports/x").send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
        let unread = server.get("/api/v1/stores/1/reports/x?day=x").cookie(&seller).send().await;
        unread.is_problem(StatusCode::BAD_REQUEST, "bad-query");
    }
}
