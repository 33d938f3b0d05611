//! A web tier of the simulated world: no network and no router, the handlers themselves.

use super::caller::Caller;
use super::extract::{JsonBytes, Path};
use super::http::RequestId;
use super::intake::Turn;
use super::problem::ApiError;
use super::publish::Outgoing;
use super::receipts::{post, saved};
use super::refunds::put;
use super::registers::enrol::{Ask, claim};
use super::state::{App, AppState, Parts};
use crate::model::register::KeyHolder;
use axum::body::Body;
use axum::extract::{FromRequestParts, State};
use axum::http::{Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use shared::api::receipts::{Named, Outcomes, WhichSaved};
use shared::api::refunds::ReserveRefund;
use shared::api::sessions::Enrolled;
use shared::chain::{PublicKey, Sealed};
use shared::event::Event;
use shared::ids::{ReceiptId, RegisterNo, StoreNo};
use shared::outbox::Answer;
use shared::receipt::Receipt;
use shared::refund::{Portion, Returned};

/// The web tier.
#[derive(Clone)]
pub struct Tier(App);

impl Tier {
    pub fn new(parts: Parts) -> Self {
        Self(AppState::new(parts))
    }

    /// A crowd before its door, for as long as it is held.
    pub fn crowd(&self) -> Option<Turn> {
        self.0.intake.crowd()
    }

    /// Whether no request of a till is being worked on.
    pub fn is_idle(&self) -> bool {
        self.0.intake.is_empty()
    }

    /// `POST receipts`, and how a till understands the answer.
    pub async fn post_receipts(self, receipts: Vec<Sealed<Receipt>>) -> Answer {
        let body = serde_json::to_vec(&receipts).unwrap();
        let response = self.handled(body).await.unwrap_or_else(IntoResponse::into_response);
        let (status, headers) = (response.status(), response.headers().clone());
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        if let Some(outcomes) = read::<Outcomes>(&body).filter(|_| status.is_success() || status.as_u16() == 422) {
            return Answer::Outcomes(outcomes.items);
        }
        let retry_after = headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        read(&body).map_or(Answer::Unknown, |problem| Answer::Problem { problem: Box::new(problem), retry_after })
    }

    async fn handled(self, body: Vec<u8>) -> Result<Response, ApiError> {
        let request = Request::builder().header(header::CONTENT_LENGTH, body.len());
        let (mut parts, _) = request.body(Body::empty()).unwrap().into_parts();
        let turn = Turn::from_request_parts(&mut parts, &self.0).await?;
        post::handler(State(self.0), RequestId::default(), turn, JsonBytes(body.into())).await
    }

    /// `POST receipts/saved`; nothing without an answer.
    pub async fn are_saved(self, receipts: Vec<Named>) -> Option<Vec<ReceiptId>> {
        let asked = super::extract::Json(WhichSaved { receipts });
        saved::handler(State(self.0), asked).await.ok().map(|answer| answer.0.ids)
    }

    /// `PUT receipts/{id}/refunds/{refund}`: what is given back.
    ///
    /// # Errors
    ///
    /// The status that the caller gets.
    pub async fn reserve(
        self,
        of: ReceiptId,
        refund: ReceiptId,
        lines: Vec<Returned>,
    ) -> Result<Vec<Portion>, StatusCode> {
        let (places, asked) = (Path((of, refund)), super::extract::Json(ReserveRefund { lines }));
        let reserved = put::handler(State(self.0), Caller::Operator, places, asked).await;
        reserved.map(|reserved| reserved.0.lines).map_err(|error| error.into_response().status())
    }

    /// Claims a register for a key.
    ///
    /// # Errors
    ///
    /// The status that the caller gets.
    pub async fn enrol(
        self,
        store: StoreNo,
        register: RegisterNo,
        key: PublicKey,
        take_over: bool,
    ) -> Result<Enrolled, StatusCode> {
        let ask = Ask { key, held_by: KeyHolder::Till, holder: "a simulated till".to_owned(), take_over };
        let status = |error: ApiError| error.into_response().status();
        let view = self.0.stores.require(store).await.map_err(status)?;
        claim(&self.0, &view.store, register, ask, &RequestId::default()).await.map_err(status)
    }

    /// Books what a manager reports; whether it is in the log.
    pub async fn book(self, store: StoreNo, event: Event) -> bool {
        self.0.publish(vec![Outgoing::new(store, event)], &RequestId::default()).await.is_ok()
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}
