//! Wrong PINs, counted over all instances.

use crate::store::documents::Document;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use shared::ids::{SellerNo, StoreNo};

/// How many wrong PINs are forgiven before the first lock-out.
const FORGIVEN: u32 = 5;
/// How long the first lock-out lasts; each further wrong PIN doubles it.
const FIRST_LOCK: SignedDuration = SignedDuration::from_secs(30);
/// The longest lock-out: at four tries an hour a PIN of four digits holds out for months.
const LONGEST_LOCK: SignedDuration = SignedDuration::from_mins(15);

/// The PINs that somebody tried since the last right one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempts {
    /// How many.
    tried: u32,
    /// Until when no further one is looked at.
    locked_until: Option<Timestamp>,
}

impl Document for Attempts {
    const KIND: &'static str = "sign_in_attempts";
}

/// No PIN is looked at for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockedOut {
    /// When the next one is.
    pub until: Timestamp,
}

impl Attempts {
    /// The document's name.
    pub fn id(store: StoreNo, seller: SellerNo) -> String {
        super::seller::id(store, seller)
    }

    /// Counts a try before its PIN is looked at, so that many at once count too. A right PIN then deletes the document.
    ///
    /// # Errors
    ///
    /// [`LockedOut`] where the tries before have used up what is forgiven.
    pub fn charge(self, now: Timestamp) -> Result<Self, LockedOut> {
        if let Some(until) = self.locked_until.filter(|until| now < *until) {
            return Err(LockedOut { until });
        }
        let tried = self.tried.saturating_add(1);
        Ok(Self { tried, locked_until: lock_after(tried).and_then(|lock| now.checked_add(lock).ok()) })
    }
}

fn lock_after(tried: u32) -> Option<SignedDuration> {
    let doublings = tried.checked_sub(FORGIVEN)?;
    let factor = 2_i32.checked_pow(doublings).unwrap_or(i32::MAX);
    Some(FIRST_LOCK.checked_mul(factor).unwrap_or(LONGEST_LOCK).min(LONGEST_LOCK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn five_tries_then_half_a_minute_then_double() {
        let mut attempts = Attempts::default();
        for _ in 0..5 {
            attempts = attempts.charge(at(0)).unwrap();
        }
        assert_eq!(attempts.charge(at(29)), Err(LockedOut { until: at(30) }));
        attempts = attempts.charge(at(30)).unwrap();
        assert_eq!(attempts.charge(at(89)), Err(LockedOut { until: at(90) }));
    }

    #[test]
    fn no_lock_is_longer_than_a_quarter_of_an_hour() {
        let mut attempts = Attempts::default();
        let mut now = at(0);
        for _ in 0..1000 {
            now = attempts.locked_until.unwrap_or(now);
            attempts = attempts.charge(now).unwrap();
        }
        assert_eq!(attempts.charge(now), Err(LockedOut { until: now + LONGEST_LOCK }));
    }
}
