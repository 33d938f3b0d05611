//! Doing without the store while it is away: whoever holds what it said before waits for it a moment, and then not at
//! all for some seconds.

use crate::store::StoreError;
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long an answer is waited for by whoever can do without it.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long nobody asks after there was no answer.
const PAUSE: Duration = Duration::from_secs(5);

/// Whether the store is believed to be away.
#[derive(Debug, Default)]
pub struct Outage {
    ask_again_at: Mutex<Option<Instant>>,
}

impl Outage {
    /// Asks the store, unless it gave no answer a moment ago. With `can_do_without` it is waited for only so long.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] without an answer, and the store's own.
    pub async fn ask<T>(
        &self,
        can_do_without: bool,
        question: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        if !self.is_time_to_ask() {
            return Err(away());
        }
        let answer = if can_do_without {
            tokio::time::timeout(PATIENCE, question).await.unwrap_or_else(|_| Err(away()))
        } else {
            question.await
        };
        self.note(&answer);
        answer
    }

    /// The first one to ask after a pause asks for all others, who go on without an answer meanwhile.
    fn is_time_to_ask(&self) -> bool {
        let (now, mut again_at) = (Instant::now(), self.again_at());
        let is_time = again_at.is_none_or(|at| at <= now);
        if is_time && again_at.is_some() {
            *again_at = Some(now + PAUSE);
        }
        is_time
    }

    fn note<T>(&self, answer: &Result<T, StoreError>) {
        let is_away = matches!(answer, Err(StoreError::Unavailable(_)));
        let before = std::mem::replace(&mut *self.again_at(), is_away.then(|| Instant::now() + PAUSE));
        match (before, is_away) {
            (None, true) => tracing::warn!("the store does not answer; receipts are judged by what it said before"),
            (Some(_), false) => tracing::info!("the store answers again"),
            _ => {}
        }
    }

    fn again_at(&self) -> MutexGuard<'_, Option<Instant>> {
        self.ask_again_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn away() -> StoreError {
    StoreError::Unavailable("it did not answer in time".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn hangs() -> Result<u8, StoreError> {
        tokio::time::sleep(Duration::from_secs(30)).await;
        Err(away())
    }

    fn answers() -> std::future::Ready<Result<u8, StoreError>> {
        std::future::ready(Ok(1))
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_failure_nobody_waits_and_one_asks_again_after_a_pause() {
        let outage = Outage::default();
        let began = Instant::now();
        assert!(outage.ask(true, hangs()).await.is_err());
        assert_eq!(began.elapsed(), PATIENCE);
        assert!(outage.ask(true, answers()).await.is_err(), "it is not asked at all");
        assert_eq!(began.elapsed(), PATIENCE);
        tokio::time::sleep(PAUSE).await;
        let asked = outage.ask(true, hangs());
        let meanwhile = async {
            tokio::task::yield_now().await;
            let again = Instant::now();
            (outage.ask(true, answers()).await, again.elapsed())
        };
        let (asked, (meanwhile, waited)) = tokio::join!(asked, meanwhile);
        assert!(asked.is_err() && meanwhile.is_err() && waited.is_zero());
        tokio::time::sleep(PAUSE).await;
        assert_eq!(outage.ask(true, answers()).await.unwrap(), 1);
        assert_eq!(outage.ask(true, answers()).await.unwrap(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_cannot_do_without_an_answer_waits_for_it() {
        let outage = Outage::default();
        let began = Instant::now();
        assert!(outage.ask(false, hangs()).await.is_err());
        assert_eq!(began.elapsed(), Duration::from_secs(30));
    }
}
