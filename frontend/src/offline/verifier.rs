//! How long and how often a PIN may be recognised without the server. Pure.

use crate::sign_in::Refusal;
use shared::chain::Hash;
use std::fmt;
use std::str::FromStr;

/// For how long after the last sign-in with the server, in milliseconds: a week. Somebody who was dismissed may get in
/// for so long where the network has been cut since; receipts of theirs are flagged when they arrive.
const VALID_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Wrong PINs in a row until only the server can let somebody in again.
const MOST_WRONG: u32 = 5;

/// How somebody who has signed in here with the server is recognised without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    /// As whom, in the server's words.
    pub session: String,
    /// What the PIN is salted with.
    pub salt: Hash,
    /// What the PIN looks like on this device.
    pub digest: Hash,
    learned_at: i64,
    wrong: u32,
}

impl Verifier {
    /// Learns a PIN that the server has just let in.
    pub const fn learned(session: String, salt: Hash, digest: Hash, now: i64) -> Self {
        Self { session, salt, digest, learned_at: now, wrong: 0 }
    }

    /// Counts an attempt before its PIN is looked at, so that breaking it off gains nothing.
    ///
    /// # Errors
    ///
    /// It may not be tried any more.
    pub const fn attempt(&mut self, now: i64) -> Result<(), Refusal> {
        // A clock that was set back proves nothing.
        if now < self.learned_at || now - self.learned_at > VALID_MS {
            return Err(Refusal::TooLongAgo);
        }
        if self.wrong >= MOST_WRONG {
            return Err(Refusal::Locked);
        }
        self.wrong += 1;
        Ok(())
    }

    /// Compares what was typed.
    ///
    /// # Errors
    ///
    /// It is another PIN.
    pub fn settle(&mut self, typed: &Hash) -> Result<(), Refusal> {
        if self.digest != *typed {
            return Err(if self.wrong < MOST_WRONG { Refusal::WrongPin } else { Refusal::Locked });
        }
        self.wrong = 0;
        Ok(())
    }
}

/// A line of figures, and the session behind it.
impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { session, salt, digest, learned_at, wrong } = self;
        write!(f, "{salt} {digest} {learned_at} {wrong}\n{session}")
    }
}

/// The text is not a verifier's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoVerifier;

impl FromStr for Verifier {
    type Err = NoVerifier;

    fn from_str(text: &str) -> Result<Self, NoVerifier> {
        Self::read(text).ok_or(NoVerifier)
    }
}

impl Verifier {
    fn read(text: &str) -> Option<Self> {
        let (figures, session) = text.split_once('\n')?;
        let mut figures = figures.split(' ');
        Some(Self {
            salt: figures.next()?.parse().ok()?,
            digest: figures.next()?.parse().ok()?,
            learned_at: figures.next()?.parse().ok()?,
            wrong: figures.next()?.parse().ok()?,
            session: session.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000_000;

    fn verifier() -> Verifier {
        Verifier::learned(String::new(), Hash::from_bytes([1; 32]), Hash::from_bytes([2; 32]), NOW)
    }

    fn tried(verifier: &mut Verifier, right: bool) -> Result<(), Refusal> {
        verifier.attempt(NOW)?;
        verifier.settle(&Hash::from_bytes([if right { 2 } else { 3 }; 32]))
    }

    #[test]
    fn the_right_pin_gets_in_and_forgets_the_wrong_ones() {
        let mut verifier = verifier();
        for _ in 0..3 {
            assert_eq!(tried(&mut verifier, false), Err(Refusal::WrongPin));
            assert_eq!(tried(&mut verifier, true), Ok(()));
        }
        assert_eq!(verifier.wrong, 0);
    }

    #[test]
    fn five_wrong_pins_lock_even_the_right_one_out() {
        let mut verifier = verifier();
        for _ in 0..4 {
            assert_eq!(tried(&mut verifier, false), Err(Refusal::WrongPin));
        }
        assert_eq!(tried(&mut verifier, false), Err(Refusal::Locked));
        assert_eq!(tried(&mut verifier, true), Err(Refusal::Locked));
    }

    #[test]
    fn an_attempt_that_is_broken_off_counts() {
        let mut verifier = verifier();
        for _ in 0..5 {
            verifier.attempt(NOW).unwrap();
        }
        assert_eq!(verifier.attempt(NOW), Err(Refusal::Locked));
    }

    #[test]
    fn it_lasts_a_week_and_no_clock_lengthens_it() {
        assert_eq!(verifier().attempt(NOW + VALID_MS), Ok(()));
        assert_eq!(verifier().attempt(NOW + VALID_MS + 1), Err(Refusal::TooLongAgo));
        assert_eq!(verifier().attempt(NOW - 1), Err(Refusal::TooLongAgo));
    }

    #[test]
    fn it_is_read_as_it_was_written_and_rubbish_lets_nobody_in() {
        let mut verifier = Verifier { session: "{\n}".to_owned(), ..verifier() };
        verifier.attempt(NOW).unwrap();
        assert_eq!(verifier.to_string().parse(), Ok(verifier));
        for rubbish in ["", "\n", "1 2 3 4\n{}"] {
            assert_eq!(rubbish.parse::<Verifier>(), Err(NoVerifier));
        }
    }
}
