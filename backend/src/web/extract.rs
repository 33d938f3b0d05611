//! Reading requests, with problem documents for whatever cannot be read.

use super::problem::{ApiError, Kind};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{self, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// A JSON body; as a reply, JSON with status 200.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

/// A JSON body that may be left out where every field has a default.
#[derive(Debug, Clone)]
pub struct MaybeJson<T>(pub T);

/// The variables of the path.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

/// The query.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

/// The bytes of a body that is declared as JSON.
#[derive(Debug, Clone)]
pub struct JsonBytes(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for JsonBytes {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(Kind::NotJson.because("The request carries no `Content-Type: application/json`."));
        }
        Ok(Self(bytes(request, state).await?))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let JsonBytes(body) = JsonBytes::from_request(request, state).await?;
        parse(&body).map(Self)
    }
}

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for MaybeJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let declared = is_json(request.headers());
        let body = bytes(request, state).await?;
        match (body.is_empty(), declared) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => parse(&body).map(Self),
            (false, false) => Err(Kind::NotJson.because("The body carries no `Content-Type: application/json`.")),
        }
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let extract::Path(value) = extract::Path::from_request_parts(parts, state)
            .await
            .map_err(|rejection| Kind::BadPath.because(rejection.body_text()))?;
        Ok(Self(value))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Self::of(&parts.uri)
    }
}

impl<T: DeserializeOwned> Query<T> {
    /// The query of an address.
    ///
    /// # Errors
    ///
    /// [`Kind::BadQuery`].
    pub fn of(uri: &Uri) -> Result<Self, ApiError> {
        let extract::Query(value) =
            extract::Query::try_from_uri(uri).map_err(|rejection| Kind::BadQuery.because(rejection.body_text()))?;
        Ok(Self(value))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => {
                tracing::error!(%error, "a reply cannot be written as JSON");
                Kind::Internal.because("The reply cannot be written as JSON.").into_response()
            }
        }
    }
}

/// Reads a JSON document, telling broken JSON from JSON that is something else than asked for.
///
/// # Errors
///
/// [`Kind::BadJson`] and [`Kind::InvalidContent`].
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|error| unreadable(&error))
}

/// The problem that an error of reading JSON is.
pub fn unreadable(error: &serde_json::Error) -> ApiError {
    let kind = match error.classify() {
        Category::Data => Kind::InvalidContent,
        Category::Syntax | Category::Eof | Category::Io => Kind::BadJson,
    };
    kind.because(error)
}

async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, state).await.map_err(|rejection| broken(&rejection))
}

fn broken(rejection: &BytesRejection) -> ApiError {
    let kind = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Kind::TooLarge } else { Kind::BadBody };
    kind.because(rejection.body_text())
}

fn is_json(headers: &HeaderMap) -> bool {
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    declared.is_some_and(|declared| {
        let essence = declared.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::api::stock::StockQuery;
    use shared::api::stores::NewRegister;

    #[test]
    fn broken_json_is_told_from_wrong_content() {
        assert_eq!(parse::<NewRegister>(b"{").unwrap_err().kind(), Kind::BadJson);
        assert_eq!(parse::<NewRegister>(b"{\"hat\":1}").unwrap_err().kind(), Kind::InvalidContent);
        assert_eq!(parse::<NewRegister>(b"{\"no\":1000}").unwrap_err().kind(), Kind::InvalidContent);
    }

    #[tokio::test]
    async fn a_query_is_typed() {
        let read = async |uri: &str| {
            let (mut parts, ()) = axum::http::Request::builder().uri(uri).body(()).unwrap().into_parts();
            Query::<StockQuery>::from_request_parts(&mut parts, &()).await.map(|Query(query)| query)
        };
        assert_eq!(read("/?store=7&sku=FL-1").await.unwrap().store.get(), 7);
        for wrong in ["/", "/?store=0", "/?store=x", "/?store=1&hat=2"] {
            assert_eq!(read(wrong).await.unwrap_err().kind(), Kind::BadQuery, "{wrong}");
        }
    }
}
