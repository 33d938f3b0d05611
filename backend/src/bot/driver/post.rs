//! Posts a register's receipts until all are saved.

use super::backoff::Backoff;
use super::outbox::Batch;
use super::register::Register;
use super::tally::Tally;
use crate::bot::client::{Client, ClientError};
use shared::api::receipts::Outcome;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// The most receipts in one request. A batch is what waits when a request can be sent: at a rate that the server keeps
/// up with that is one receipt, at full speed it is this many. A fifth of what the API takes keeps requests short, and
/// the registers between them keep the server's group commit full.
pub const BATCH: usize = 100;
/// After how long an accepted receipt is posted again that is not known to be saved, while its register sells and after.
const REPOST: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(3));
/// How often that is looked at.
const CHECK: Duration = Duration::from_secs(1);

/// Posts for one register. One request at a time, lowest numbers first, so that the chain's order is the log's.
pub struct Poster {
    /// Whose receipts.
    pub register: Arc<Register>,
    /// The server.
    pub client: Client,
    /// Counters.
    pub tally: Arc<Tally>,
    /// Waiting before the next try.
    pub backoff: Backoff,
    /// Ends everything, saved or not.
    pub abort: CancellationToken,
}

impl Poster {
    /// Posts until the register is closed and all is saved, or the run is aborted. Fails only where no repetition helps:
    /// on a token that is not good enough.
    pub async fn post_all(mut self) -> Result<(), ClientError> {
        let mut complained = false;
        while !self.register.is_done() && !self.abort.is_cancelled() {
            let Some(batch) = self.register.next_batch(BATCH) else {
                self.wait_for_work().await;
                continue;
            };
            match self.post(batch).await {
                Ok(()) => self.backoff.reset(),
                Err(error) if error.is_denied() => return Err(error),
                Err(error) => {
                    if !error.is_passing() && !std::mem::replace(&mut complained, true) {
                        self.tally.fault(format!("series {}: {error}", self.register.series));
                    }
                    self.pause(&error).await;
                }
            }
        }
        Ok(())
    }

    async fn post(&self, batch: Batch) -> Result<(), ClientError> {
        let Batch { items, json } = batch;
        let numbers = items.iter().map(|(number, _)| *number);
        let outcomes =
            self.client.post_receipts(json).await.inspect_err(|_| self.register.put_back(numbers.clone()))?;
        let mut outcomes = outcomes.items.into_iter();
        let (mut accepted, mut kept, mut refusal) = (Vec::new(), Vec::new(), None);
        for (number, id) in items {
            match outcomes.next() {
                Some(Outcome::Accepted { id: named, flags }) if named == id.into() => {
                    if !flags.is_empty() {
                        self.tally.fault(format!("receipt {id} was accepted with the flags {flags:?}"));
                    }
                    accepted.push(number);
                }
                other => {
                    kept.push(number);
                    refusal.get_or_insert(refused(other));
                }
            }
        }
        self.register.accepted(accepted);
        self.register.put_back(kept);
        refusal.map_or(Ok(()), Err)
    }

    async fn wait_for_work(&self) {
        tokio::select! {
            () = self.register.wake.notified() => {}
            () = self.abort.cancelled() => {}
            () = tokio::time::sleep(CHECK) => self.repost(),
        }
    }

    /// Posts again what should be saved by now. As long as the server says that the log holds unsaved records, the
    /// receipt is most likely one of them, and a copy would only make that queue longer.
    fn repost(&self) {
        let (selling, closed) = REPOST;
        let age = if self.register.is_closed() { closed } else { selling };
        if self.tally.backlog.load(Relaxed) == 0
            && let Some(deadline) = Instant::now().checked_sub(age)
        {
            self.register.repost(deadline);
        }
    }

    async fn pause(&mut self, error: &ClientError) {
        let pause = self.backoff.after(Some(error));
        tokio::select! {
            () = self.abort.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

fn refused(outcome: Option<Outcome>) -> ClientError {
    let detail = match outcome {
        Some(Outcome::Refused { problem, .. }) => format!("{}: {}", problem.title, problem.detail),
        Some(Outcome::Accepted { id, .. }) => format!("the answer names receipt {id} out of turn"),
        None => "the answer has too few outcomes".to_owned(),
    };
    ClientError::Refused { what: "POST receipts".to_owned(), status: reqwest::StatusCode::UNPROCESSABLE_ENTITY, detail }
}
