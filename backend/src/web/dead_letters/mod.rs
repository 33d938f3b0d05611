//! `dead-letters`: what could not be read, for whoever can mend it.

pub mod get;
pub mod list;
pub mod publish;
#[cfg(test)]
mod tests;

use super::caller::Caller;
use super::problem::{ApiError, Kind};
use super::state::App;
use crate::store::dead_letters::{DeadLetter, LetterId};
use shared::api::dead_letters::Letter;

/// A letter that the caller may see and mend.
///
/// # Errors
///
/// [`Kind::UnknownLetter`], [`Kind::Forbidden`], and the store's own.
async fn find(app: &App, caller: &Caller, id: &str) -> Result<DeadLetter, ApiError> {
    let unknown = || Kind::UnknownLetter.because(format!("There is no dead letter {id}."));
    let id: LetterId = id.parse().map_err(|_| unknown())?;
    let letter = app.store.letter(id).await?.ok_or_else(unknown)?;
    match letter.store {
        Some(store) => caller.must_manage(&app.stores.require(store).await?.store)?,
        None => caller.must_manage_chain(app).await?,
    }
    Ok(letter)
}

/// A letter as people see it, with so many of its bytes at most.
fn shown(letter: DeadLetter, most: usize) -> Letter {
    let start = &letter.payload[..letter.payload.len().min(most)];
    Letter {
        id: letter.id.to_string(),
        store: letter.store,
        text: String::from_utf8_lossy(start).into_owned(),
        bytes: letter.payload.len(),
        kind: letter.kind,
        version: letter.version,
        accepted_at: letter.accepted_at,
        reason: letter.reason,
        mended_at: letter.mended_at,
    }
}
