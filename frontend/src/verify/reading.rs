//! Reading a file bit by bit, so that the page stays alive and a large one needs little memory.

use super::known;
use super::lines::Lines;
use crate::browser::file::Chosen;
use gloo_timers::future::TimeoutFuture;
use shared::verify::{Export, ExportError, Known, Verified};
use wasm_bindgen::JsValue;

/// How many records are checked before the page gets a turn: a signature takes a good part of a millisecond.
const TURN: usize = 25;

/// What came of a file.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It was read to its end: it is whole, or the first record that shows that it is not comes first among its findings. Beside it,
    /// whether keys were named that have to have signed it.
    Read(Verified, bool),
    /// What was named as a key is none, and nothing was read.
    NoKey(String),
    /// It is no export, or not a whole one.
    NoExport(ExportError),
    /// The browser does not read it.
    Unreadable(String),
}

/// Verifies a file, and tells how many of its bytes it has read. Its series have to be signed by one of the keys in `known`, if there
/// are any.
pub async fn verify(chosen: &Chosen, known: &str, progress: impl Fn(usize)) -> Outcome {
    let keys = match known::keys(known) {
        Ok(keys) => keys,
        Err(word) => return Outcome::NoKey(word),
    };
    let knows_keys = !keys.is_empty();
    let mut export = Export::with(Known { keys, ..Known::default() });
    match feed(chosen, &mut export, progress).await {
        Ok(()) => export.end().map_or_else(Outcome::NoExport, |verified| Outcome::Read(verified, knows_keys)),
        Err(outcome) => outcome,
    }
}

async fn feed(chosen: &Chosen, export: &mut Export, progress: impl Fn(usize)) -> Result<(), Outcome> {
    let unreadable = |error: JsValue| Outcome::Unreadable(crate::browser::message(&error));
    let (mut lines, mut read) = (Lines::default(), 0);
    let pieces = chosen.pieces().map_err(unreadable)?;
    while let Some(piece) = pieces.next().await.map_err(unreadable)? {
        for turn in lines.take(&piece).chunks(TURN) {
            for line in turn {
                export.take(line).map_err(Outcome::NoExport)?;
            }
            TimeoutFuture::new(0).await;
        }
        read += piece.len();
        progress(read);
    }
    lines.end().map_or(Ok(()), |last| export.take(&last).map_err(Outcome::NoExport))
}
