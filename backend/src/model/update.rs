//! Reading a document, deciding, and writing it back unless somebody was ahead.

use super::AnyStore;
use crate::store::StoreError;
use crate::store::documents::{Document, Swap};

/// What to do with a document that was read.
#[derive(Debug)]
pub enum Change<T, R> {
    /// Replace it, and then answer.
    Write(T, R),
    /// Leave it, and answer.
    Keep(R),
}

/// How often a change is tried when others are ahead each time: enough for a hundred writers of one document, few
/// enough to end.
const TRIES: usize = 100;

/// Changes a document by compare-and-swap; `decide` runs again whenever somebody was ahead.
///
/// # Errors
///
/// Those of `decide`, and [`StoreError`]; after too many tries [`StoreError::Unavailable`].
pub async fn update<T, R, E>(
    store: &AnyStore,
    id: &str,
    mut decide: impl FnMut(Option<T>) -> Result<Change<T, R>, E> + Send,
) -> Result<R, E>
where
    T: Document,
    R: Send,
    E: From<StoreError> + Send,
{
    for _ in 0..TRIES {
        let (revision, value) = store.read::<T>(id).await?.map(|read| (read.revision, read.value)).unzip();
        match decide(value)? {
            Change::Keep(answer) => return Ok(answer),
            Change::Write(document, answer) => {
                if let Swap::Done(_) = store.write(id, revision, &document).await? {
                    return Ok(answer);
                }
            }
        }
    }
    Err(StoreError::Unavailable(format!("the document {} {id} is written by too many at once", T::KIND)).into())
}
