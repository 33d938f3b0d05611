//! The rest after a panic: what breaks off at once each time must not disturb those who share the partitions all the time.

use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The first rest, doubled each time up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_secs(1);

/// The longest rest. Whoever has worked for as long since the last one begins with the shortest again.
const LONGEST: Duration = Duration::from_mins(1);

/// A series of rests.
#[derive(Debug)]
pub struct Rest {
    next: Duration,
    worked_since: Instant,
}

impl Default for Rest {
    fn default() -> Self {
        Self { next: SHORTEST, worked_since: Instant::now() }
    }
}

impl Rest {
    /// Waits: `true` to go on, `false` where a stop was asked for.
    pub async fn is_over(&mut self, stop: &CancellationToken) -> bool {
        if self.worked_since.elapsed() >= LONGEST {
            self.next = SHORTEST;
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return false,
            () = tokio::time::sleep(self.next) => {}
        }
        self.next = (self.next * 2).min(LONGEST);
        self.worked_since = Instant::now();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn each_is_longer_until_it_was_worked_for_a_while() {
        let (stop, mut rest) = (CancellationToken::new(), Rest::default());
        let mut lasts = async || {
            let began = Instant::now();
            assert!(rest.is_over(&stop).await);
            began.elapsed().as_secs()
        };
        let mut seconds = Vec::new();
        for _ in 0..8 {
            seconds.push(lasts().await);
        }
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60]);
        tokio::time::sleep(LONGEST).await;
        assert_eq!(lasts().await, 1);
        stop.cancel();
        assert!(!rest.is_over(&stop).await);
    }
}
