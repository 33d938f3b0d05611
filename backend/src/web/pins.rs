//! Hashing and checking PINs: argon2id, a few at a time, away from the threads that answer requests.

use super::problem::{ApiError, Kind};
use crate::clock::Mint;
use crate::model::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many PINs are worked on at once: each takes a core for tens of milliseconds and 7 MiB.
const AT_ONCE: usize = 2;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Works on PINs.
pub struct Pins {
    mint: Mint,
    turns: Arc<Semaphore>,
}

impl Pins {
    /// A desk that nobody waits at.
    pub fn new(mint: Mint) -> Self {
        Self { mint, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Waits for a turn at the desk.
    ///
    /// # Errors
    ///
    /// [`Kind::Busy`] where too many are worked on.
    pub async fn turn(&self) -> Result<Turn, ApiError> {
        let busy = || Kind::Busy.because("Too many PINs are being checked at once.");
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned());
        Ok(Turn { _turn: turn.await.map_err(|_| busy())?.map_err(|_| busy())? })
    }

    /// Hashes a PIN, in PHC's string format.
    ///
    /// # Errors
    ///
    /// [`Kind::Busy`] where too many are worked on.
    pub async fn hash(&self, pin: String) -> Result<String, ApiError> {
        let salt: [u8; 16] = self.mint.random();
        self.turn().await?.work(move || pin::hash(&pin, &salt)).await?.map_err(|error| {
            tracing::error!(%error, "a PIN could not be hashed");
            Kind::Internal.because("The PIN could not be hashed.")
        })
    }
}

/// A turn at the desk, until it is dropped.
pub struct Turn {
    _turn: OwnedSemaphorePermit,
}

impl Turn {
    /// Whether a PIN is the one behind `hash`; against no hash it never is, after the same time.
    ///
    /// # Errors
    ///
    /// [`Kind::Internal`] where the work breaks off.
    pub async fn verify(self, pin: String, hash: Option<String>) -> Result<bool, ApiError> {
        self.work(move || pin::verify(&pin, hash.as_deref())).await
    }

    async fn work<R: Send + 'static>(self, work: impl FnOnce() -> R + Send + 'static) -> Result<R, ApiError> {
        let work = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(self);
            result
        });
        work.await.map_err(|error| {
            tracing::error!(%error, "working on a PIN broke off");
            Kind::Internal.because("The PIN could not be worked on.")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_pin_is_known_again_and_another_is_not() {
        let pins = Pins::new(Mint::system());
        let hash = pins.hash("1111".to_owned()).await.unwrap();
        let is_right = async |pin: &str, hash| pins.turn().await.unwrap().verify(pin.to_owned(), hash).await.unwrap();
        assert!(is_right("1111", Some(hash.clone())).await);
        assert!(!is_right("1112", Some(hash)).await);
        assert!(!is_right("1111", None).await);
    }
}
