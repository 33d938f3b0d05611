//! What stands behind the question mark of an address.

use super::Told;
use crate::web::Query;
use axum::http::Uri;
use serde::de::DeserializeOwned;

/// Reads a query as the API does; `None` for what no request's line can carry.
pub fn read_query<T: DeserializeOwned>(text: &str) -> Option<Told<T>> {
    let uri = Uri::builder().path_and_query(format!("/?{text}")).build().ok()?;
    Some(Query::of(&uri).map(|Query(read)| read).map_err(|error| Box::new(error.problem())))
}
