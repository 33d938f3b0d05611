//! Somebody who signs in at another register than the page is open at: the page begins anew, and has to know that they have
//! just come.

use crate::browser::storage;

const NAME: &str = "arrival";

/// The next page is opened by somebody who has just signed in.
pub(super) fn announce() {
    storage::set(NAME, "yes");
}

/// Whether somebody has just signed in, told once.
pub(super) fn take() -> bool {
    let is_one = storage::get(NAME).is_some();
    storage::remove(NAME);
    is_one
}
