//! A figure as of a moment ago: every socket tells it every few seconds, and one answer is good for all of them.

use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long nobody is asked again.
const LIFETIME: Duration = Duration::from_secs(1);

/// Whoever is asked is asked at most once a second.
#[derive(Default)]
pub struct Recent(Mutex<Option<(Instant, u64)>>);

impl Recent {
    /// The figure, as `ask` tells it now or told it within the last second.
    ///
    /// # Errors
    ///
    /// What `ask` fails with; it is asked again next time.
    pub async fn get<E>(&self, ask: impl Future<Output = Result<u64, E>>) -> Result<u64, E> {
        let mut held = self.0.lock().await;
        if let Some((_, figure)) = held.filter(|(asked_at, _)| asked_at.elapsed() < LIFETIME) {
            return Ok(figure);
        }
        let asked_at = Instant::now();
        let figure = ask.await?;
        *held = Some((asked_at, figure));
        Ok(figure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_good_for_a_second_and_a_failure_for_nothing() {
        let recent = Recent::default();
        let say = async |answer: Result<u64, ()>| recent.get(async { answer }).await;
        assert_eq!(say(Err(())).await, Err(()));
        assert_eq!(say(Ok(1)).await, Ok(1));
        assert_eq!(say(Ok(2)).await, Ok(1));
        tokio::time::advance(LIFETIME).await;
        assert_eq!(say(Ok(2)).await, Ok(2));
    }
}
