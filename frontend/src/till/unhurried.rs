//! What an open till does once, while nobody waits.

use super::context::Till;
use crate::browser::storage;
use leptos::wasm_split::SplitLoaderError;
use std::pin::Pin;

/// The work.
type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Begins with it. Without a part of the program that has yet to be fetched, it waits for the next start.
pub(super) fn begin(till: Till) {
    leptos::task::spawn_local(async move {
        if let Ok(work) = work(till).await {
            work.await;
        }
    });
}

#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn work(till: Till) -> Result<Work, SplitLoaderError> {
    Ok(Box::pin(async move {
        till.sound.make_ready().await;
        // What comes of it stands in the menu. Last, since some browsers ask whoever sits there.
        storage::persist().await;
    }))
}
