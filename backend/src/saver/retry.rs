//! Trying again, waiting longer each time.

use super::SaverError;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The wait before the first repetition, doubled each time up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_millis(50);

/// The longest wait: an engine that comes back is noticed within it.
const LONGEST: Duration = Duration::from_secs(5);

/// A series of attempts.
#[derive(Debug)]
pub struct Retry {
    wait: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self { wait: SHORTEST }
    }
}

impl Retry {
    /// Waits after a failed attempt: `true` to try again, `false` where a stop was asked for. An error that no waiting
    /// mends is given back.
    pub async fn again(&mut self, error: SaverError, stop: &CancellationToken) -> Result<bool, SaverError> {
        if !error.is_passing() {
            return Err(error);
        }
        tracing::warn!(%error, wait = ?self.wait, "the saver waits and tries again");
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(false),
            () = tokio::time::sleep(self.wait) => self.wait = (self.wait * 2).min(LONGEST),
        }
        Ok(true)
    }
}

/// Evaluates an attempt until it succeeds (`Some`) or until it fails after a stop was asked for (`None`). A macro,
/// since the futures of async closures cannot be told to be `Send`.
macro_rules! persist {
    ($stop:expr, $attempt:expr) => {{
        let mut retry = $crate::saver::retry::Retry::default();
        loop {
            match $attempt.await {
                Ok(value) => break Some(value),
                Err(error) => {
                    if !retry.again(error.into(), $stop).await? {
                        break None;
                    }
                }
            }
        }
    }};
}

pub(super) use persist;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    fn gone() -> StoreError {
        StoreError::Unavailable("gone".into())
    }

    async fn persist_over(stop: &CancellationToken, mut failures: usize) -> Result<Option<&'static str>, SaverError> {
        let mut attempt = async || {
            failures = failures.wrapping_sub(1);
            if failures < 1000 { Err(gone()) } else { Ok("done") }
        };
        Ok(persist!(stop, attempt()))
    }

    #[tokio::test(start_paused = true)]
    async fn goes_on_until_it_succeeds() {
        assert_eq!(persist_over(&CancellationToken::new(), 5).await.unwrap(), Some("done"));
    }

    #[tokio::test(start_paused = true)]
    async fn gives_up_on_damage_and_on_a_stop() {
        let stop = CancellationToken::new();
        let damage = StoreError::Corrupt("bad".into());
        assert!(Retry::default().again(damage.into(), &stop).await.is_err());
        stop.cancel();
        assert_eq!(persist_over(&stop, 5).await.unwrap(), None);
    }
}
