//! The API's description: OpenAPI, and a page to browse it that needs no internet.

use super::state::App;
use axum::Router;
use shared::api::BASE;
use shared::api::problem::Problem;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, OpenApi, PathItem, RefOr, Response, SecurityRequirement};
use utoipa_swagger_ui::SwaggerUi;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Comptoir",
        description = "The point of sale's API. Money is in minor units (cents), quantities in thousandths, tax rates \
            in basis points. Errors are problem documents (RFC 9457): `detail` says what happened, `safe` what became \
            of the data, `remedy` what to do.",
        license(name = "Apache-2.0"),
    ),
    components(schemas(shared::api::live::ClientFrame)),
    tags(
        (name = "sessions", description = "Signing in and out."),
        (name = "stores", description = "Stores, their registers and staff."),
        (name = "receipts", description = "Taking receipts in, and finding them again."),
        (name = "refunds", description = "What of a receipt is left to give back, and reserving it."),
        (name = "journal", description = "What people do at the registers beside selling, and decide at the desk."),
        (name = "baskets", description = "A consumer's basket, until it is a receipt."),
        (name = "catalogue", description = "What is sold."),
        (name = "stock", description = "What is there, and what comes and goes."),
        (name = "figures", description = "Figures, alerts, and whether everything has arrived."),
        (name = "dead letters", description = "Records of the log that could not be read."),
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

/// What the routes' macros do not say by themselves: each operation's own id, and the media type of problems.
pub fn finish(mut api: OpenApi) -> OpenApi {
    for (path, item) in &mut api.paths.paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(operation_id(method, path));
            for response in operation.responses.responses.values_mut() {
                declare_problem(response);
            }
        }
    }
    api
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    let named = [("get", get), ("put", put), ("post", post), ("delete", delete), ("patch", patch)];
    named.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// `get /api/v1/stores/{store}` becomes `get_stores_store`.
fn operation_id(method: &str, path: &str) -> String {
    let path = path.strip_prefix(BASE).unwrap_or(path).replace(['{', '}'], "");
    format!("{method}{}", path.replace('/', "_"))
}

fn declare_problem(response: &mut RefOr<Response>) {
    let RefOr::T(response) = response else { return };
    let json = "application/json";
    let is_problem = matches!(response.content.get(json), Some(RefOr::T(content))
        if matches!(&content.schema, Some(RefOr::Ref(schema)) if schema.ref_location.ends_with("/Problem")));
    if is_problem && let Some(content) = response.content.shift_remove(json) {
        response.content.insert(Problem::MEDIA_TYPE.to_owned(), content);
    }
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

    #[test]
    fn every_operation_has_an_id_of_its_own_and_problems_their_media_type() {
        let document = serde_json::to_value(described().1).unwrap();
        let methods =
            document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
        let operations: Vec<_> = methods.filter(|operation| operation["operationId"].is_string()).collect();
        let ids: std::collections::BTreeSet<_> =
            operations.iter().map(|it| it["operationId"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), operations.len());
        assert!(ids.contains("post_stores_store_registers_register_series"), "{ids:?}");
        let refused = &document["paths"]["/api/v1/sessions"]["post"]["responses"]["401"]["content"];
        assert!(refused["application/problem+json"].is_object(), "{refused}");
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
