//! How much of what tills send is worked on at once: a backlog that comes in all at once waits at the door, where it
//! costs nothing, and memory stays within a fixed bound.

use super::problem::{ApiError, Kind};
use super::router::LARGEST_BODY;
use super::state::App;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use shared::mutant::Mutant;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many bytes of bodies are worked on at once. Read and encoded again they take several times as much.
const AT_ONCE: usize = 6 << 20;

/// The unit that is counted in.
const KIB: usize = 1024;

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// The door.
#[derive(Debug, Clone)]
pub struct Intake(Arc<Semaphore>);

impl Default for Intake {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE / KIB)))
    }
}

/// A request's turn, by the length that it declares; the turn is over when this goes.
pub struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl Intake {
    /// Somebody who takes all the room that there is.
    #[cfg(test)]
    pub fn crowd(&self) -> Option<Turn> {
        let room = u32::try_from(self.0.available_permits()).ok()?;
        Some(Turn { _permit: Arc::clone(&self.0).try_acquire_many_owned(room).ok()? })
    }

    /// Whether nobody is inside.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.0.available_permits() == AT_ONCE / KIB
    }

    async fn enter(&self, bytes: usize) -> Option<Turn> {
        let units = u32::try_from(bytes.div_ceil(KIB).clamp(1, LARGEST_BODY / KIB)).ok()?;
        let permit = tokio::time::timeout(PATIENCE, Arc::clone(&self.0).acquire_many_owned(units)).await;
        let mut permit = permit.ok()?.ok()?;
        if Mutant::RequestsStayInside.is_on()
            && let Some(part) = permit.split(1)
        {
            part.forget();
        }
        Some(Turn { _permit: permit })
    }
}

impl FromRequestParts<App> for Turn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let busy = || Kind::Busy.because("More comes in than can be worked on.");
        app.intake.enter(declared(&parts.headers)).await.ok_or_else(busy)
    }
}

/// The length of the body; a sender that does not say it may send as much as anyone.
fn declared(headers: &HeaderMap) -> usize {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|text| text.parse().ok()).unwrap_or(LARGEST_BODY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_is_too_much_at_once_waits_for_its_turn_and_not_for_ever() {
        let intake = Intake::default();
        let first = intake.enter(LARGEST_BODY).await;
        assert!(first.is_some());
        assert!(intake.enter(LARGEST_BODY).await.is_none(), "nobody has left");
        let small = intake.enter(10).await;
        assert!(small.is_some(), "there is room for little ones");
        drop(first);
        assert!(intake.enter(usize::MAX).await.is_some(), "nobody may take more than there is");
    }
}
