//! What an open till does beside selling. Its code comes after the rest, and nobody waits for it.

use super::context::Till;
use super::{auto, customer, journal, keep, lock, taken_over};
use crate::browser::storage;
use crate::offline;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::wasm_split::SplitLoaderError;
use std::pin::Pin;

/// How long until its code is asked for again that could not be had, in milliseconds.
const AGAIN_MS: u32 = 5_000;

/// What is done once.
type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Begins with it as soon as it can.
pub(super) fn begin(till: Till) {
    // What it follows, it follows for as long as the till is open.
    leptos::task::spawn_local(ScopedFuture::new_untracked(async move {
        loop {
            match work(till).await {
                Ok(work) => return work.await,
                Err(_) => TimeoutFuture::new(AGAIN_MS).await,
            }
        }
    }));
}

#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn work(till: Till) -> Result<Work, SplitLoaderError> {
    leptos::task::spawn_local(journal::keep(till));
    keep::keep_stock(till);
    keep::follow_store(till);
    follow_session(till);
    taken_over::follow(till);
    lock::follow(till);
    auto::listen(till);
    customer::listen(till);
    Ok(Box::pin(async move {
        till.sound.make_ready().await;
        // What comes of it stands in the menu. Last, since some browsers ask whoever sits there.
        storage::persist().await;
    }))
}

/// Signs in with the server whoever signed in while it did not answer.
fn follow_session(till: Till) {
    Effect::new(move |_| {
        if till.live.signed_out.get() {
            leptos::task::spawn_local(offline::sign_in_again());
        }
    });
}
