//! The API's description: OpenAPI, and a page to browse it that needs no internet.

use super::state::App;
use axum::Router;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, OpenApi, SecurityRequirement};
use utoipa_swagger_ui::SwaggerUi;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Comptoir",
        description = "The point of sale's API. Money is in minor units (cents), quantities in thousandths, tax rates in \
            basis points. Errors are problem documents (RFC 9457): `detail` says what happened, `safe` what became of the \
            data, `remedy` what to do.",
        license(name = "AGPL-3.0-or-later"),
    ),
    components(schemas(shared::api::live::ClientFrame)),
    tags(
        (name = "sessions", description = "Signing in and out."),
        (name = "stores", description = "Stores, their registers and staff."),
        (name = "receipts", description = "Taking receipts in, and finding them again."),
        (name = "baskets", description = "A consumer's basket, until it is a receipt."),
        (name = "catalogue", description = "What is sold."),
        (name = "stock", description = "What is there, and what comes and goes."),
        (name = "figures", description = "Figures, alerts, and whether everything has arrived."),
        (name = "live", description = "Everything as it happens."),
        (name = "simulations", description = "Bots."),
        (name = "operations", description = "For operators and their tools."),
    ),
)]
struct Frame;

/// The description before any route is in it.
pub fn frame() -> OpenApi {
    let mut frame = <Frame as utoipa::OpenApi>::openapi();
    let components = frame.components.get_or_insert_with(Components::new);
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("comptoir"))));
    components.add_security_scheme("operator", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    let either = ["session", "operator"].map(|name| SecurityRequirement::new(name, Vec::<String>::new()));
    frame.security = Some([SecurityRequirement::default()].into_iter().chain(either).collect());
    frame
}

/// The page at `/api/docs` and the document at `/api/openapi.json`.
pub fn page(api: OpenApi) -> Router<App> {
    SwaggerUi::new("/api/docs").url("/api/openapi.json", api).into()
}

#[cfg(test)]
mod tests {
    use crate::web::router::described;
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use std::path::Path;

    /// `COMPTOIR_UPDATE_OPENAPI=1 cargo test -p comptoir openapi` writes the document anew.
    #[test]
    fn the_committed_description_is_what_the_routes_say() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
        let current = described().1.to_pretty_json().unwrap() + "\n";
        if std::env::var_os("COMPTOIR_UPDATE_OPENAPI").is_some() {
            std::fs::write(&path, &current).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == current, "docs/openapi.json is out of date: run with COMPTOIR_UPDATE_OPENAPI=1");
    }

    #[tokio::test]
    async fn the_page_and_the_document_are_served() {
        let server = Server::empty().await;
        let document = server.get("/api/openapi.json").send().await;
        assert!(document.json["paths"]["/api/v1/receipts"]["post"].is_object());
        let page = server.get("/api/docs/").send().await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("swagger-ui"));
    }
}
