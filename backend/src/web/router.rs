//! Every route on one page, and what surrounds them.

use super::state::App;
use super::{
    alerts, baskets, catalogue, http, live, ops, receipts, registers, sellers, sessions, simulations, site, stats,
    stock, stores,
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
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// Everything that the web tier answers to.
pub fn router(app: App) -> Router {
    let (routes, api) = described();
    let pages = site::routes(app.settings.site.as_deref());
    let routes = routes.merge(super::openapi::page(api)).merge(pages).method_not_allowed_fallback(http::wrong_method);
    surrounded(routes, &app).with_state(app)
}

/// The routes of the API, with their description.
pub fn described() -> (Router<App>, OpenApi) {
    OpenApiRouter::with_openapi(super::openapi::frame())
        .routes(routes!(ops::health::handler))
        .routes(routes!(ops::ready::handler))
        .routes(routes!(ops::metrics::handler))
        .nest(BASE, api())
        .split_for_parts()
}

/// Every route of the API, by its path.
fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        // /sessions
        .routes(routes!(sessions::post::handler))
        // /sessions/current
        .routes(routes!(sessions::current::handler, sessions::delete::handler))
        // /stores
        .routes(routes!(stores::list::handler, stores::post::handler))
        // /stores/{store}
        .routes(routes!(stores::get::handler))
        // /stores/{store}/registers
        .routes(routes!(registers::post::handler))
        // /stores/{store}/registers/{register}/series
        .routes(routes!(registers::enrol::handler))
        // /stores/{store}/sellers
        .routes(routes!(sellers::handler))
        // /stores/{store}/deliveries, counts, transfers
        .routes(routes!(stock::deliveries::handler))
        .routes(routes!(stock::counts::handler))
        .routes(routes!(stock::transfers::handler))
        // /stock
        .routes(routes!(stock::get::handler))
        // /receipts
        .routes(routes!(receipts::search::handler, receipts::post::handler))
        // /receipts/{id}
        .routes(routes!(receipts::get::handler))
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
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(http::panicked))
        .layer(middleware::from_fn(http::secure))
        .layer(middleware::from_fn_with_state(app.clone(), http::count))
        .layer(TraceLayer::new_for_http().make_span_with(http::span))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(http::MintRequestId(app.mint.clone())))
        .layer(middleware::map_request(http::drop_unfit))
}
