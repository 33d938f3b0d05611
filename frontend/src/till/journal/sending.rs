//! Sends the entries of every journal in this browser, and lets go of those that are saved.

use super::Unsent;
use super::sent::Sent;
use crate::api::{self, ApiError};
use crate::browser::{clock, random};
use crate::db::{self, Db};
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::StreamExt;
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::{RwSignal, Set, WithUntracked};
use shared::ids::StoreNo;
use shared::outbox::{Next, Pace, is_final};
use shared::picture::Picture;
use std::collections::BTreeMap;

/// How often to look for what another tab has left, in milliseconds, while nothing is written here.
const LOOK_MS: u32 = 20_000;

/// How often to look whether what was sent is saved, in milliseconds.
const SAVED_MS: u32 = 2_000;

/// What it takes to send them.
pub(in crate::till) struct Sender {
    /// Where they are.
    pub db: Db,
    /// What is saved; of a store that is not there it is not seen.
    pub pictures: RwSignal<BTreeMap<StoreNo, Picture>>,
    /// Where it is told how many wait.
    pub unsent: RwSignal<Unsent>,
}

impl Sender {
    /// Sends for as long as it is polled. What holds the bell has to live as long.
    pub(in crate::till) async fn run(self, mut rings: UnboundedReceiver<()>) {
        let (mut pace, mut sent) = (Pace::default(), Sent::default());
        loop {
            match pace.after(self.send(&mut sent).await, random::below(u32::MAX)) {
                Next::Send => {}
                Next::Rest => {
                    let is_doubtful = self.unsent.with_untracked(|unsent| unsent.waiting > unsent.refused);
                    select(rings.next(), TimeoutFuture::new(if is_doubtful { SAVED_MS } else { LOOK_MS })).await;
                }
                Next::Wait(wait) => TimeoutFuture::new(wait).await,
            }
        }
    }

    /// Sends what is due; whether there was anything. An error is the wait that the server asked for, in milliseconds.
    async fn send(&self, sent: &mut Sent) -> Result<bool, u32> {
        let mut waiting = db::load_entries(&self.db).await.map_err(|_| 0_u32)?;
        let saved = self.pictures.with_untracked(|pictures| sent.saved(&waiting, pictures));
        if !saved.is_empty() {
            // What stays on disk is sent once more, which does no harm.
            db::let_go_entries(&self.db, &saved).await.map_err(|_| 0_u32)?;
            waiting.retain(|one| !saved.contains(&one.key));
        }
        self.unsent.set(sent.unsent(&waiting));
        let batch = sent.due(&waiting, clock::now_millis());
        if batch.is_empty() {
            return Ok(false);
        }
        match api::post_entries(&batch.iter().map(|one| one.text.as_str()).collect::<Vec<_>>()).await {
            Ok(outcomes) => sent.answered(batch, outcomes.items, clock::now_millis()),
            Err(ApiError::Problem { problem, .. }) if is_final(problem.status) => sent.refused_whole(&batch, *problem),
            Err(ApiError::Problem { retry_after, .. }) => return Err(retry_after.unwrap_or(0).min(60) * 1000),
            Err(ApiError::Unreachable | ApiError::Unreadable) => return Err(0),
        }
        Ok(true)
    }
}
