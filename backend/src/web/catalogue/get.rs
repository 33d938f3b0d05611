//! `GET catalogue`: the whole catalogue, at once or in pages, or what changed since a version.

use crate::model::product::ProductDocument;
use crate::store::StoreError;
use crate::store::documents::{Document, RawDocument, Revision};
use crate::web::cache::Catalogue;
use crate::web::caller::Caller;
use crate::web::extract::Query;
use crate::web::paging;
use crate::web::problem::ApiError;
use crate::web::state::App;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::api::catalogue::{CatalogueDelta, CatalogueQuery};
use shared::api::problem::Problem;
use shared::ids::Sku;
use shared::product::Product;

/// The whole catalogue, at once or in pages by SKU, or what changed since a version.
#[utoipa::path(
    get,
    path = "/catalogue",
    tag = "catalogue",
    params(CatalogueQuery),
    responses(
        (status = 200, body = CatalogueDelta, headers(("etag" = String, description = "Names the version."))),
        (status = 304, description = "The version is the one that `If-None-Match` names."),
        (status = 404, body = Problem, description = "No such store."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    _: Caller,
    headers: HeaderMap,
    Query(query): Query<CatalogueQuery>,
) -> Result<Response, ApiError> {
    if let Some(store) = query.store {
        app.stores.require(store).await?;
    }
    paging::check_limit(query.limit, CatalogueQuery::LARGEST_PAGE)?;
    let catalogue = app.catalogue.get().await?;
    // Weak (RFC 9110 §8.8.1): the same version goes out compressed and not.
    let etag = format!("W/\"{}\"", catalogue.version());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    let same = known.split(',').any(|known| known.trim() == etag);
    let about = [(header::ETAG, etag), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if same {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let body = body(&app, &catalogue, &query).await?;
    Ok((about, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

async fn body(app: &App, catalogue: &Catalogue, query: &CatalogueQuery) -> Result<Bytes, ApiError> {
    let limit = query.limit.map_or(usize::MAX, usize::from);
    // A version from the future is another server's: whoever names it needs everything.
    if let (Some(since), None) = (query.since.filter(|&version| version <= catalogue.version()), &query.after) {
        let delta = delta(app, catalogue, since).await?;
        if delta.products.len() + delta.removed.len() <= limit {
            return Ok(json(&delta)?);
        }
    }
    Ok(match (&query.after, query.limit) {
        (None, None) => catalogue.whole()?,
        (after, _) => json(&catalogue.page(after.as_ref(), limit))?,
    })
}

fn json(delta: &CatalogueDelta) -> Result<Bytes, StoreError> {
    Ok(serde_json::to_vec(delta)?.into())
}

async fn delta(app: &App, catalogue: &Catalogue, since: u64) -> Result<CatalogueDelta, ApiError> {
    let changes = app.store.changed_since(ProductDocument::KIND, Revision(since)).await?;
    let version = changes.iter().map(|change| change.revision.0).max().unwrap_or(catalogue.version());
    let mut delta = CatalogueDelta { version, ..CatalogueDelta::default() };
    for RawDocument { id, body, .. } in changes {
        match body {
            Some(body) => delta.products.push(product(&body)?),
            None => delta.removed.extend(id.parse::<Sku>()),
        }
    }
    Ok(delta)
}

fn product(body: &[u8]) -> Result<Product, StoreError> {
    Ok(serde_json::from_slice::<ProductDocument>(body)?.product)
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn the_whole_catalogue_then_nothing_then_what_changed() {
        let server = Server::with_demo().await;
        let whole = server.get("/api/v1/catalogue?store=1").operator().send().await;
        assert_eq!(whole.status, StatusCode::OK);
        assert!(whole.json["products"].as_array().unwrap().len() > 500);
        let version = whole.json["version"].as_u64().unwrap();
        let etag = whole.headers["etag"].to_str().unwrap();
        let again = server.get("/api/v1/catalogue").operator().header("if-none-match", etag).send().await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        let mut product = whole.json["products"][0].clone();
        product["price"] = json!(4321);
        let path = format!("/api/v1/products/{}", product["sku"].as_str().unwrap());
        assert_eq!(server.put(&path).operator().json(&product).send().await.status, StatusCode::OK);
        let delta = server.get(&format!("/api/v1/catalogue?since={version}")).operator().send().await;
        assert_eq!(delta.json["products"], json!([product]));
        assert_eq!(delta.json["complete"], false);
        assert!(delta.json["version"].as_u64().unwrap() > version);
    }

    #[tokio::test]
    async fn pages_make_the_whole_and_many_changes_start_them() {
        let server = Server::with_demo().await;
        let get = async |query: &str| {
            let reply = server.get(&format!("/api/v1/catalogue{query}")).operator().send().await;
            assert_eq!(reply.status, StatusCode::OK);
            reply.json
        };
        let whole = get("").await;
        let mut page = get("?limit=200").await;
        assert_eq!(page["complete"], true);
        let mut products = page["products"].as_array().unwrap().clone();
        while let Some(next) = page["next"].as_str() {
            page = get(&format!("?limit=200&after={next}")).await;
            assert_eq!((&page["complete"], &page["version"]), (&json!(false), &whole["version"]));
            products.extend(page["products"].as_array().unwrap().clone());
        }
        assert_eq!(json!(products), whole["products"]);
        let many = get("?since=0&limit=200").await;
        assert_eq!((&many["complete"], many["next"].is_string()), (&json!(true), true));
        let reply = server.get("/api/v1/catalogue?limit=5001").operator().send().await;
        reply.is_problem(StatusCode::BAD_REQUEST, "bad-query");
    }

    #[tokio::test]
    async fn strangers_and_unknown_stores_are_refused() {
        let server = Server::with_demo().await;
        server.get("/api/v1/catalogue").send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
        let reply = server.get("/api/v1/catalogue?store=77").operator().send().await;
        reply.is_problem(StatusCode::NOT_FOUND, "unknown-store");
        let reply = server.get("/api/v1/catalogue?since=x").operator().send().await;
        reply.is_problem(StatusCode::BAD_REQUEST, "bad-query");
    }
}
