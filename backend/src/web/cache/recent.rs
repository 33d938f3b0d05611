//! A figure as of a moment ago: every socket tells it every few seconds, and one answer is good for all of them.

use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long nobody is asked again.
const LIFETIME: Duration = Duration::from_secs(1);

/// Whoever is asked is asked by one at a time, and at most once a second.
pub struct Recent<E>(Mutex<Option<Held<E>>>);

/// What was said, and when.
struct Held<E> {
    at: Instant,
    said: Result<u64, E>,
}

impl<E> Default for Recent<E> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<E: Clone> Recent<E> {
    /// The figure, as `ask` tells it now or told it within the last second: who waited while somebody else asked is told what
    /// that one was told, however long it took.
    ///
    /// # Errors
    ///
    /// What `ask` fails with, or failed with within the last second.
    pub async fn get(&self, ask: impl Future<Output = Result<u64, E>>) -> Result<u64, E> {
        let mut held = self.0.lock().await;
        if let Some(Held { said, .. }) = held.as_ref().filter(|held| held.at.elapsed() < LIFETIME) {
            return said.clone();
        }
        let said = ask.await;
        *held = Some(Held { at: Instant::now(), said: said.clone() });
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_good_for_a_second_and_so_is_a_failure() {
        let recent = Recent::default();
        let say = async |answer: Result<u64, ()>| recent.get(async { answer }).await;
        assert_eq!(say(Err(())).await, Err(()));
        assert_eq!(say(Ok(1)).await, Err(()));
        tokio::time::advance(LIFETIME).await;
        assert_eq!(say(Ok(1)).await, Ok(1));
        assert_eq!(say(Ok(2)).await, Ok(1));
        tokio::time::advance(LIFETIME).await;
        assert_eq!(say(Ok(2)).await, Ok(2));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waited_for_an_answer_does_not_wait_for_another() {
        for answer in [Err(()), Ok(1)] {
            let (recent, began) = (Recent::default(), Instant::now());
            let ask = || async {
                tokio::time::sleep(LIFETIME * 5).await;
                answer
            };
            let said = tokio::join!(recent.get(ask()), recent.get(ask()), recent.get(ask()));
            assert_eq!((said, began.elapsed()), ((answer, answer, answer), LIFETIME * 5));
        }
    }
}
