//! A checkpoint on its way to the store.

use super::SaverError;
use super::retry::persist;
use crate::store::Store;
use crate::store::projections::Projected;
use shared::mutant::Mutant;
use shared::position::Position;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// Documents that are being written; dropping it lets go of them half-way, as a crash would.
pub struct Checkpoint {
    reached: Position,
    writing: AbortOnDropHandle<Result<Option<()>, SaverError>>,
}

impl Checkpoint {
    /// Begins to write what the store has to have before `reached` may be committed, trying until it succeeds or, once
    /// `stop` was asked for, fails.
    pub fn begin(
        store: &Arc<dyn Store>,
        documents: Vec<Projected>,
        reached: Position,
        stop: &CancellationToken,
    ) -> Self {
        let (store, stop) = (Arc::clone(store), stop.clone());
        let writing = tokio::spawn(async move { Ok(persist!(&stop, store.advance(documents.clone()))) });
        Self { reached, writing: AbortOnDropHandle::new(writing) }
    }

    /// Whether there is nothing more to wait for.
    pub fn is_written(&self) -> bool {
        self.writing.is_finished() || Mutant::CommitBeforeDocuments.is_on()
    }

    /// Waits until the store has everything, and gives what may be committed then; `None` where a stop came before.
    ///
    /// # Errors
    ///
    /// What only a person can mend.
    pub async fn written(self) -> Result<Option<Position>, SaverError> {
        if Mutant::CommitBeforeDocuments.is_on() {
            drop(self.writing.detach());
            return Ok(Some(self.reached));
        }
        match self.writing.await {
            Ok(outcome) => Ok(outcome?.map(|()| self.reached)),
            Err(broken) => match broken.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // Nobody else ends it.
                Err(_) => Ok(None),
            },
        }
    }
}
