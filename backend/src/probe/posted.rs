//! What is posted: receipts, and entries of the journal.

use crate::web::{Posted, Signed};
use shared::api::problem::Problem;
use shared::chain::Sealed;
use shared::journal::JournalEntry;
use shared::receipt::Receipt;

/// Something that was read, or the problem that whoever sent it is told.
pub type Told<T> = Result<T, Box<Problem>>;

/// Reads the body of `POST receipts`: one receipt or a list, each readable or not by itself.
///
/// # Errors
///
/// The problem of a body of which nothing is read.
pub fn read_posted_receipts(body: &[u8]) -> Told<Vec<Told<Sealed<Receipt>>>> {
    read(body)
}

/// Reads the body of `POST journal`: one entry or a list, each readable or not by itself.
///
/// # Errors
///
/// The problem of a body of which nothing is read.
pub fn read_posted_entries(body: &[u8]) -> Told<Vec<Told<Sealed<JournalEntry>>>> {
    read(body)
}

fn read<T: Signed>(body: &[u8]) -> Told<Vec<Told<Sealed<T>>>> {
    let posted = Posted::<T>::read(body).map_err(|error| Box::new(error.problem()))?;
    Ok(posted.items.into_iter().map(|item| item.map_err(|refused| Box::new(refused.problem.problem()))).collect())
}
