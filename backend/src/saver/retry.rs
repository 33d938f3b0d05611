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
    /// Attempts until it succeeds, fails for good, or fails once more after a stop was asked for (`None`).
    pub async fn run<T>(
        mut self,
        stop: &CancellationToken,
        mut attempt: impl AsyncFnMut() -> Result<T, SaverError>,
    ) -> Result<Option<T>, SaverError> {
        loop {
            match attempt().await {
                Ok(value) => return Ok(Some(value)),
                Err(error) if !error.is_passing() => return Err(error),
                Err(error) => tracing::warn!(%error, wait = ?self.wait, "the saver waits and tries again"),
            }
            tokio::select! {
                () = stop.cancelled() => return Ok(None),
                () = tokio::time::sleep(self.wait) => self.wait = (self.wait * 2).min(LONGEST),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    fn passing() -> SaverError {
        StoreError::Unavailable("gone".into()).into()
    }

    #[tokio::test(start_paused = true)]
    async fn goes_on_until_it_succeeds() {
        let mut left = 5;
        let attempt = async || {
            left -= 1;
            if left > 0 { Err(passing()) } else { Ok("done") }
        };
        assert_eq!(Retry::default().run(&CancellationToken::new(), attempt).await.unwrap(), Some("done"));
    }

    #[tokio::test(start_paused = true)]
    async fn gives_up_on_damage_and_on_a_stop() {
        let stop = CancellationToken::new();
        let damage = async || Err::<(), _>(StoreError::Corrupt("bad".into()).into());
        assert!(Retry::default().run(&stop, damage).await.is_err());
        stop.cancel();
        let attempt = async || Err::<(), _>(passing());
        assert_eq!(Retry::default().run(&stop, attempt).await.unwrap(), None);
    }
}
