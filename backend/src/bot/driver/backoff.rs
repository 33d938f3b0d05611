//! Waiting before the next try.

use crate::bot::client::ClientError;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// Waits that double, with chance in them so that many tills do not come back at the same moment.
#[derive(Debug)]
pub struct Backoff {
    rng: ChaCha8Rng,
    failures: u32,
}

impl Backoff {
    /// The first wait is about this long.
    const FIRST: Duration = Duration::from_millis(50);
    /// No wait of its own is longer: a server is back within a second or two.
    const LONGEST: Duration = Duration::from_secs(2);
    /// The longest wait that a server may ask for.
    const LONGEST_ASKED: Duration = Duration::from_secs(10);

    /// No failure yet; `random` is where the chance comes from.
    pub fn new(random: [u8; 8]) -> Self {
        Self { rng: ChaCha8Rng::seed_from_u64(u64::from_le_bytes(random)), failures: 0 }
    }

    /// It worked.
    pub const fn reset(&mut self) {
        self.failures = 0;
    }

    /// It failed: how long to wait, on top of what the server asks of all alike.
    pub fn after(&mut self, error: Option<&ClientError>) -> Duration {
        let doubled = Self::FIRST.saturating_mul(1 << self.failures.min(16)).min(Self::LONGEST);
        self.failures = self.failures.saturating_add(1);
        let wait = doubled / 2 + (doubled / 1024).saturating_mul(self.rng.random_range(0..=512));
        let asked = error.and_then(ClientError::retry_after).unwrap_or_default();
        wait + asked.min(Self::LONGEST_ASKED)
    }
}

/// How long a single request is repeated before the run gives up on the server.
const PATIENCE: Duration = Duration::from_mins(1);

/// Repeats a request that can be repeated until it works, fails for good, or a minute has passed.
pub async fn patiently<T, F: Future<Output = Result<T, ClientError>>>(
    mut backoff: Backoff,
    mut ask: impl FnMut() -> F,
) -> Result<T, ClientError> {
    let start = Instant::now();
    loop {
        match ask().await {
            Err(error) if error.is_passing() && start.elapsed() < PATIENCE => {
                tokio::time::sleep(backoff.after(Some(&error))).await;
            }
            outcome => return outcome,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_bound_and_start_again() {
        let mut backoff = Backoff::new([1; 8]);
        let waits: Vec<_> = std::iter::repeat_with(|| backoff.after(None)).take(40).collect();
        assert!(waits[0] <= Backoff::FIRST && waits[39] >= Backoff::LONGEST / 2);
        assert!(waits.iter().all(|wait| *wait <= Backoff::LONGEST));
        backoff.reset();
        assert!(backoff.after(None) <= Backoff::FIRST);
    }

    #[test]
    fn a_server_is_left_alone_as_long_as_it_asks() {
        let busy = |seconds| ClientError::Busy {
            status: reqwest::StatusCode::SERVICE_UNAVAILABLE,
            retry_after: Some(Duration::from_secs(seconds)),
        };
        assert!(Backoff::new([1; 8]).after(Some(&busy(3))) >= Duration::from_secs(3));
        let longest = Backoff::LONGEST_ASKED + Backoff::LONGEST;
        assert!(Backoff::new([1; 8]).after(Some(&busy(3_600))) <= longest);
        let waits: Vec<_> = (0..9).map(|seed| Backoff::new([seed; 8]).after(Some(&busy(3)))).collect();
        assert!(waits.iter().any(|wait| *wait != waits[0]), "those who are refused together come back apart");
    }
}
