//! Whoever has signed in without the server, until it has let them in.

use crate::api::{self, ApiError, Patience};
use crate::browser::clock;
use shared::api::sessions::SignIn;
use std::cell::RefCell;

thread_local! {
    /// Who signed in without the server, to be signed in with it as soon as it answers. Never written anywhere.
    static UNCONFIRMED: RefCell<Option<Unconfirmed>> = const { RefCell::new(None) };
}

/// Somebody whom the server has still to let in.
#[derive(Debug, PartialEq, Eq)]
struct Unconfirmed {
    who: SignIn,
    /// From when on the server may be asked, in milliseconds since the page was loaded.
    not_before: i64,
}

/// Somebody is let in without the server.
pub fn hold(who: SignIn) {
    UNCONFIRMED.set(Some(Unconfirmed { who, not_before: 0 }));
}

/// Nobody waits for it any more.
pub fn forget() {
    UNCONFIRMED.set(None);
}

/// Signs in with the server whoever signed in without it, if anybody has and it may be asked.
pub async fn sign_in_again() {
    let Some(who) = UNCONFIRMED.with_borrow(|held| held.as_ref()?.due(clock::page_millis())) else { return };
    let answer = api::sign_in(&who, Patience::Full).await;
    let is_here = UNCONFIRMED.with_borrow(|held| held.as_ref().is_some_and(|held| held.who == who));
    match answer {
        // They have signed out while the server was thinking.
        Ok(_) if !is_here => drop(api::sign_out().await),
        Err(error) if is_here && is_undecided(&error) => {
            let not_before = not_before(&error, clock::page_millis());
            UNCONFIRMED.set(Some(Unconfirmed { who, not_before }));
        }
        _ if is_here => forget(),
        _ => {}
    }
}

impl Unconfirmed {
    /// Whom the server may be asked about by now.
    fn due(&self, now: i64) -> Option<SignIn> {
        (now >= self.not_before).then(|| self.who.clone())
    }
}

/// From when on the server may be asked again. What it locks out it counts against the whole store's address.
fn not_before(error: &ApiError, now: i64) -> i64 {
    match error {
        ApiError::Problem { retry_after: Some(seconds), .. } => now + i64::from(*seconds) * 1000,
        _ => now,
    }
}

/// Whether an answer leaves open whether somebody is let in. That their number is locked for a while says nothing of their PIN:
/// somebody else may have typed the wrong ones.
fn is_undecided(error: &ApiError) -> bool {
    error.is_away() || error.status() == Some(429)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::StoreNo;

    fn refused(status: u16) -> ApiError {
        let problem = format!(r#"{{"type":"/p","title":"","status":{status},"detail":"","safe":"","remedy":""}}"#);
        ApiError::Problem { problem: Box::new(serde_json::from_str(&problem).unwrap()), retry_after: None }
    }

    fn somebody() -> SignIn {
        SignIn { store: StoreNo::FIRST, seller: "1".parse().unwrap(), pin: "1111".to_owned() }
    }

    #[test]
    fn the_server_is_not_asked_again_before_it_says() {
        let locked = match refused(429) {
            ApiError::Problem { problem, .. } => ApiError::Problem { problem, retry_after: Some(30) },
            other => other,
        };
        let held = Unconfirmed { who: somebody(), not_before: not_before(&locked, 5_000) };
        assert_eq!(held.due(34_999), None);
        assert_eq!(held.due(35_000), Some(somebody()));
        assert_eq!(not_before(&ApiError::Unreachable, 5_000), 5_000);
    }

    #[test]
    fn whoever_signed_in_without_the_server_is_forgotten_once_it_says_that_they_are_not_let_in() {
        for open in [ApiError::Unreachable, refused(503), refused(429)] {
            assert!(is_undecided(&open), "{open:?}");
        }
        for settled in [refused(401), refused(422), ApiError::Unreadable] {
            assert!(!is_undecided(&settled), "{settled:?}");
        }
    }
}
