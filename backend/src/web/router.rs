//! Every route on one page, and what surrounds them.

use super::state::App;
use super::{
    alerts, baskets, catalogue, dead_letters, http, journal, live, openapi, ops, problem, receipts, refunds, refusals,
    registers, sellers, sessions, setup, simulations, site, stats, stock, stores,
};
use axum::extract::DefaultBodyLimit;
use axum::{Router, middleware};
use shared::api::BASE;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The largest body that is read.
pub const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// Everything that the web tier answers to.
pub fn router(app: App) -> Router {
    let (routes, api) = described();
    let pages = site::routes(app.settings.site.as_deref());
    let routes = routes.merge(openapi::page(api)).merge(pages).method_not_allowed_fallback(http::wrong_method);
    surrounded(routes, &app).with_state(app)
}

/// The routes of the API, with their description.
pub fn described() -> (Router<App>, OpenApi) {
    let (routes, api) = OpenApiRouter::with_openapi(openapi::frame())
        .routes(routes!(ops::health::handler))
        .routes(routes!(ops::ready::handler))
        .routes(routes!(ops::metrics::handler))
        .routes(routes!(problem::page::handler))
        .nest(BASE, api())
        .split_for_parts();
    (routes, openapi::finish(api))
}

/// Every route of the API, by its path.
fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        // /sessions
        .routes(routes!(sessions::post::handler))
        // /sessions/current
        .routes(routes!(sessions::current::handler, sessions::delete::handler))
        // /approvals
        .routes(routes!(sessions::approval::handler))
        // /setup
        .routes(routes!(setup::get::handler, setup::post::handler))
        // /stores
        .routes(routes!(stores::list::handler, stores::post::handler))
        // /stores/{store}
        .routes(routes!(stores::get::handler, stores::patch::handler))
        // /stores/{store}/registers
        .routes(routes!(registers::list::handler, registers::post::handler))
        // /stores/{store}/registers/{register}/series
        .routes(routes!(registers::enrol::handler))
        // /stores/{store}/registers/{register}/series/{series}
        .routes(routes!(registers::revoke::handler))
        // /stores/{store}/sellers
        .routes(routes!(sellers::list::handler, sellers::post::handler))
        // /stores/{store}/sellers/{seller}
        .routes(routes!(sellers::patch::handler, sellers::delete::handler))
        // /stores/{store}/reports/x
        .routes(routes!(stats::report::handler))
        // /stores/{store}/closings
        .routes(routes!(stats::closings::handler))
        // /stores/{store}/closings/calendar
        .routes(routes!(stats::calendar::handler))
        // /stores/{store}/deliveries, counts, transfers
        .routes(routes!(stock::deliveries::handler))
        .routes(routes!(stock::counts::handler))
        .routes(routes!(stock::transfers::handler))
        // /stock
        .routes(routes!(stock::get::handler))
        // /receipts
        .routes(routes!(receipts::search::handler, receipts::post::handler))
        // /receipts/export
        .routes(routes!(receipts::export::handler))
        // /receipts/saved
        .routes(routes!(receipts::saved::handler))
        // /receipts/{id}
        .routes(routes!(receipts::get::handler))
        // /receipts/{id}/reprints
        .routes(routes!(receipts::reprint::handler))
        // /receipts/{id}/refunds
        .routes(routes!(refunds::get::handler))
        // /receipts/{id}/refunds/{refund}
        .routes(routes!(refunds::put::handler, refunds::delete::handler))
        // /receipts/{id}/refunds/{refund}/release
        .routes(routes!(refunds::release::handler))
        // /journal
        .routes(routes!(journal::search::handler, journal::post::handler))
        // /catalogue
        .routes(routes!(catalogue::get::handler))
        // /products
        .routes(routes!(catalogue::put_all::handler))
        // /products/{sku}
        .routes(routes!(catalogue::put::handler))
        // /stores/{store}/registers/{register}/baskets
        .routes(routes!(baskets::post::handler))
        // /baskets/{id}
        .routes(routes!(baskets::get::handler, baskets::delete::handler))
        // /baskets/{id}/lines
        .routes(routes!(baskets::add_line::handler))
        // /baskets/{id}/lines/{line}
        .routes(routes!(baskets::change_line::handler, baskets::remove_line::handler))
        // /baskets/{id}/checkout
        .routes(routes!(baskets::checkout::handler))
        // /alerts
        .routes(routes!(alerts::handler))
        // /refusals
        .routes(routes!(refusals::get::handler))
        // /dead-letters
        .routes(routes!(dead_letters::list::handler))
        // /dead-letters/{id}
        .routes(routes!(dead_letters::get::handler))
        // /dead-letters/{id}/publish
        .routes(routes!(dead_letters::publish::handler))
        // /completeness
        .routes(routes!(stats::completeness::handler))
        // /stats
        .routes(routes!(stats::get::handler))
        // /simulations
        .routes(routes!(simulations::list::handler, simulations::post::handler))
        // /simulations/{id}
        .routes(routes!(simulations::get::handler, simulations::delete::handler))
        // /live
        .routes(routes!(live::handler::handler))
}

/// Surrounds the routes; what is added last sees a request first.
fn surrounded(routes: Router<App>, app: &App) -> Router<App> {
    routes
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(http::refuse_cross_site))
        .layer(middleware::from_fn_with_state(app.clone(), http::last_call))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(http::panicked))
        .layer(middleware::from_fn(http::secure))
        .layer(middleware::from_fn_with_state(app.clone(), http::count))
        .layer(TraceLayer::new_for_http().make_span_with(http::span))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(http::MintRequestId(app.mint.clone())))
        .layer(middleware::map_request(http::drop_unfit))
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn unknown_addresses_and_methods_are_problems_too() {
        let server = Server::empty().await;
        for path in ["/hat", "/api/v1/hat", "/api/v1", "/api/v1/stores/1/hat"] {
            server.get(path).send().await.is_problem(StatusCode::NOT_FOUND, "unknown-route");
            server.post(path).send().await.is_problem(StatusCode::NOT_FOUND, "unknown-route");
        }
        let reply = server.delete("/api/v1/stores").send().await;
        reply.is_problem(StatusCode::METHOD_NOT_ALLOWED, "wrong-method");
        assert!(reply.headers.contains_key("allow"));
        server.get("/api/v1/live").operator().send().await.is_problem(StatusCode::BAD_REQUEST, "not-a-websocket");
    }

    #[tokio::test]
    async fn other_sites_change_nothing() {
        let server = Server::with_demo().await;
        let cookie = server.sign_in(1, 9).await;
        let body = json!({"name": "N", "time_zone": "Europe/Paris", "training": true});
        let foreign = server.post("/api/v1/stores").cookie(&cookie).header("sec-fetch-site", "cross-site").json(&body);
        foreign.send().await.is_problem(StatusCode::FORBIDDEN, "cross-site");
        let own = server.post("/api/v1/stores").cookie(&cookie).header("sec-fetch-site", "same-origin").json(&body);
        assert_eq!(own.send().await.status, StatusCode::CREATED);
        let form = server.post("/api/v1/stores").cookie(&cookie).json(&body).header("content-type", "text/plain");
        form.send().await.is_problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json");
    }

    #[tokio::test]
    async fn wrong_tokens_and_stale_cookies_are_nobody() {
        let server = Server::with_demo().await;
        let reply = server.get("/api/v1/stock?store=1").header("authorization", "Bearer wrong").send().await;
        reply.is_problem(StatusCode::UNAUTHORIZED, "wrong-token");
        let reply = server.get("/api/v1/stock?store=1").cookie("comptoir=stale").send().await;
        reply.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
        assert_eq!(reply.headers["www-authenticate"], "Bearer");
        let demo = server.get("/api/v1/stock?store=1").header("authorization", "Bearer demo").send().await;
        demo.is_problem(StatusCode::UNAUTHORIZED, "wrong-token");
    }

    #[tokio::test]
    async fn every_answer_is_careful_named_and_counted() {
        let server = Server::with_demo().await;
        let reply = server.get("/api/v1/stores/1").header("x-request-id", "mine-1").send().await;
        assert_eq!(reply.headers["x-request-id"], "mine-1");
        assert_eq!(reply.headers["cache-control"], "no-store");
        for name in ["content-security-policy", "x-content-type-options", "referrer-policy"] {
            assert!(reply.headers.contains_key(name), "{name}");
        }
        let unfit = server.get("/api/v1/stores/1").header("x-request-id", "a b").send().await;
        assert_eq!(unfit.headers["x-request-id"].len(), 36, "an id of our own");
        let zipped = server.get("/api/v1/catalogue").operator().header("accept-encoding", "br, gzip").send().await;
        assert_eq!(zipped.headers["content-encoding"], "br");
        let metrics = server.get("/metrics").send().await.text;
        let line = r#"comptoir_requests_total{method="GET",route="/api/v1/stores/{store}",status="200"} 2"#;
        assert!(metrics.contains(line), "{metrics}");
    }

    #[tokio::test]
    async fn a_handler_that_panics_gives_a_problem_and_the_server_goes_on() {
        let server = Server::empty().await;
        let panics = axum::Router::new().route("/panic", axum::routing::get(panicking));
        let router = super::surrounded(panics, server.app()).with_state(std::sync::Arc::clone(server.app()));
        let request = axum::http::Request::get("/panic").body(axum::body::Body::empty()).unwrap();
        let reply = tower::ServiceExt::oneshot(router, request).await.unwrap();
        assert_eq!(reply.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(reply.headers()["content-type"], "application/problem+json");
    }

    async fn panicking() -> &'static str {
        panic!("on purpose")
    }
}
