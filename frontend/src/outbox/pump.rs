//! Sends the outbox: in order, in batches when there is a backlog, patiently when the server cannot.

use super::Outbox;
use crate::api::{self, ApiError};
use crate::browser::{clock, random};
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::StreamExt;
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::{Update, UpdateUntracked, WithUntracked};
use shared::api::receipts::MAX_ASKED;
use shared::outbox::{Answer, Next, Pace};

/// How often to look for what is due to be sent again, in milliseconds, while nothing new comes.
const LOOK_MS: u32 = 2_000;

pub(super) async fn run(outbox: Outbox, mut rings: UnboundedReceiver<()>) {
    let mut pace = Pace::default();
    loop {
        match pace.after(send_due(outbox).await, random::below(u32::MAX)) {
            Next::Send => {}
            Next::Rest => drop(select(rings.next(), TimeoutFuture::new(LOOK_MS)).await),
            Next::Wait(wait) => TimeoutFuture::new(wait).await,
        }
    }
}

/// Lets go of what is saved though no notice of it has come: another store's, or one of which the notice was lost.
async fn ask_after(outbox: Outbox) {
    let doubtful =
        outbox.queue.try_update_untracked(|queue| queue.doubtful(clock::now_millis(), MAX_ASKED)).unwrap_or_default();
    if !doubtful.is_empty()
        // Where there is no answer they go out a second time, which does no harm.
        && let Ok(saved) = api::are_saved(doubtful).await
        && !saved.ids.is_empty()
    {
        outbox.saved(&saved.ids);
    }
}

/// Sends what is due; whether there was anything. An error is the wait that the server asked for, in milliseconds.
async fn send_due(outbox: Outbox) -> Result<bool, u32> {
    ask_after(outbox).await;
    let batch = outbox.queue.with_untracked(|queue| queue.batch(clock::now_millis()).cloned().collect::<Vec<_>>());
    if batch.is_empty() {
        return Ok(false);
    }
    let answer = match api::post_receipts(&batch).await {
        Ok(outcomes) => Answer::Outcomes(outcomes.items),
        Err(ApiError::Problem { problem, retry_after }) => Answer::Problem { problem, retry_after },
        Err(ApiError::Unreachable | ApiError::Unreadable) => Answer::Unknown,
    };
    let ids: Vec<_> = batch.iter().map(|sealed| sealed.body.id).collect();
    let noted = outbox.queue.try_update(|queue| queue.answered(&ids, answer, clock::now_millis()));
    noted.unwrap_or(Ok(())).map(|()| true)
}
