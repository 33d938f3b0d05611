//! The sign-in page sends what waits in this browser: whoever closes has gone home when the line is back, and what they sold last
//! would leave no gap that anybody sees.

use super::claim;
use super::journal::{Sender, on_the_way};
use crate::browser::locks;
use crate::db::Db;
use crate::outbox::{Outbox, StartError};
use futures_channel::mpsc::unbounded;
use futures_util::future::{join3, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use std::convert::Infallible;
use std::pin::{Pin, pin};

/// Between two looks, in milliseconds: at whether a till is open in another tab, and at how many wait. Whoever signs in at once is
/// not held up by what is sent.
const LOOK_MS: u32 = 2_000;

/// What sends, for as long as it is polled.
type Sending = Pin<Box<dyn Future<Output = ()>>>;

/// Sends for as long as the sign-in page is shown; how many receipts and entries are on their way.
pub(super) fn begin(db: Db) -> Signal<usize> {
    let count = RwSignal::new(0);
    leptos::task::spawn_local_scoped_with_cancellation(async move {
        loop {
            TimeoutFuture::new(LOOK_MS).await;
            if let Ok(sending) = sender(db.clone(), count).await {
                return sending.await;
            }
        }
    });
    count.into()
}

#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn sender(db: Db, count: RwSignal<usize>) -> Result<Sending, SplitLoaderError> {
    Ok(Box::pin(take_turns(db, count)))
}

/// A till that is open in another tab sends for all of this browser, and goes by what its store says of each.
async fn take_turns(db: Db, count: RwSignal<usize>) {
    loop {
        if !is_till_open().await {
            // What cannot be read now is looked at again.
            let _ = select(pin!(send(db.clone(), count)), pin!(until_till_opens())).await;
            count.set(0);
        }
        TimeoutFuture::new(LOOK_MS).await;
    }
}

async fn until_till_opens() {
    while !is_till_open().await {
        TimeoutFuture::new(LOOK_MS).await;
    }
}

/// Whether another tab has a register. A browser that does not tell opens no till either, and has nothing to send.
async fn is_till_open() -> bool {
    locks::is_any_held(claim::LOCKS).await.unwrap_or(true)
}

async fn send(db: Db, count: RwSignal<usize>) -> Result<Infallible, StartError> {
    let (outbox, receipts) = Outbox::take_up(db.clone()).await?;
    let unsent = RwSignal::default();
    let (_bell, rings) = unbounded();
    let entries = Sender { db, pictures: RwSignal::default(), unsent }.run(rings);
    let shown = async {
        loop {
            count.set(untrack(|| on_the_way(outbox, unsent)));
            TimeoutFuture::new(LOOK_MS).await;
        }
    };
    join3(receipts, entries, shown).await.2
}
