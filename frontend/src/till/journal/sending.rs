//! Sends the entries of every journal in this browser, and lets go of those that the server's log has.

use super::Unsent;
use crate::api::{self, ApiError};
use crate::browser::random;
use crate::db::{self, Waiting};
use crate::live::backoff;
use crate::till::context::Till;
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::StreamExt;
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::Set;
use shared::api::receipts::Outcome;
use std::collections::BTreeSet;

/// How often to look for what another tab has left, in milliseconds, while nothing is written here.
const LOOK_MS: u32 = 20_000;

/// The most entries in one request.
const BATCH: usize = 100;

/// The keys of the entries that the server has refused since the page was opened: they stay where they are.
type Refused = BTreeSet<String>;

pub(super) async fn run(till: Till, mut rings: UnboundedReceiver<()>) {
    let (mut failures, mut refused) = (0, Refused::new());
    loop {
        match send(till, &mut refused).await {
            Ok(true) => failures = 0,
            Ok(false) => {
                failures = 0;
                select(rings.next(), TimeoutFuture::new(LOOK_MS)).await;
            }
            Err(asked_for_ms) => {
                failures += 1;
                let wait = backoff::wait_ms(failures, random::below(u32::MAX)).max(asked_for_ms);
                TimeoutFuture::new(wait).await;
            }
        }
    }
}

/// Sends what waits; whether there was anything. An error is the wait that the server asked for, in milliseconds.
async fn send(till: Till, refused: &mut Refused) -> Result<bool, u32> {
    let waiting = db::load_entries(&till.db()).await.map_err(|_| 0_u32)?;
    let unsent = Unsent { waiting: waiting.len(), refused: refused.len() };
    till.journal.unsent.set(unsent);
    let batch: Vec<_> = waiting.into_iter().filter(|one| !refused.contains(&one.key)).take(BATCH).collect();
    if batch.is_empty() {
        return Ok(false);
    }
    let taken = match api::post_entries(&batch.iter().map(|one| one.text.as_str()).collect::<Vec<_>>()).await {
        Ok(outcomes) => sorted(batch, outcomes.items, refused),
        Err(ApiError::Problem { retry_after, .. }) => return Err(retry_after.unwrap_or(0).min(60) * 1000),
        Err(ApiError::Unreachable | ApiError::Unreadable) => return Err(0),
    };
    // What stays on disk is sent once more, which does no harm.
    db::let_go_entries(&till.db(), &taken).await.map_err(|_| 0_u32)?;
    Ok(true)
}

/// The keys of what the log has; those of what it refuses go to `refused`.
fn sorted(batch: Vec<Waiting>, outcomes: Vec<Outcome>, refused: &mut Refused) -> Vec<String> {
    let mut taken = Vec::new();
    for (Waiting { key, .. }, outcome) in batch.into_iter().zip(outcomes) {
        match outcome {
            Outcome::Accepted { .. } => taken.push(key),
            Outcome::Refused { .. } => drop(refused.insert(key)),
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::EventId;

    #[test]
    fn what_is_taken_goes_and_what_is_refused_stays() {
        let waiting = |key: &str| Waiting { key: key.to_owned(), text: String::new() };
        let problem = r#"{"type":"/p","title":"","status":422,"detail":"","safe":"","remedy":""}"#;
        let outcomes = vec![
            Outcome::Accepted { id: EventId::mint(1, &[1; 10]), flags: vec![] },
            Outcome::Refused { id: None, problem: serde_json::from_str(problem).unwrap() },
        ];
        let mut refused = Refused::new();
        let taken = sorted(vec![waiting("a"), waiting("b"), waiting("c")], outcomes, &mut refused);
        assert_eq!((taken, refused.into_iter().collect::<Vec<_>>()), (vec!["a".to_owned()], vec!["b".to_owned()]));
    }
}
