//! The clock and the random source, given to whoever needs them so that a run can be simulated.

use jiff::Timestamp;
use rand::TryRng;
use shared::ids::EventId;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present.
    fn now(&self) -> Timestamp;
}

/// The operating system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Gives unpredictable bytes.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    /// # Panics
    ///
    /// When the operating system has no random bytes to give: keys and tokens made without them would be worthless.
    #[expect(clippy::expect_used, reason = "going on without random bytes would be unsafe")]
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::SysRng.try_fill_bytes(bytes).expect("the operating system gives random bytes");
    }
}

/// A clock and a random source: what it takes to mint ids.
#[derive(Clone)]
pub struct Mint {
    /// Tells the time.
    pub clock: std::sync::Arc<dyn Clock>,
    /// Gives random bytes.
    pub entropy: std::sync::Arc<dyn Entropy>,
}

impl Mint {
    /// The real clock and the real random source.
    pub fn system() -> Self {
        Self { clock: std::sync::Arc::new(SystemClock), entropy: std::sync::Arc::new(SystemEntropy) }
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// `N` random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// What the next id of version 7 is made from: Unix milliseconds and ten random bytes.
    pub fn id_parts(&self) -> (u64, [u8; 10]) {
        (u64::try_from(self.now().as_millisecond()).unwrap_or(0), self.random())
    }

    /// Mints an event's id.
    pub fn event_id(&self) -> EventId {
        let (millis, random) = self.id_parts();
        EventId::mint(millis, &random)
    }
}
