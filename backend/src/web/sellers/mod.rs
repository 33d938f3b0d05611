//! A store's staff: seeing, adding, changing and dismissing.

mod change;
pub mod delete;
pub mod list;
pub mod patch;
pub mod post;

#[cfg(test)]
mod tests;

use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use shared::ids::StoreNo;
use shared::store::is_pin;

/// The longest name that a receipt prints, in characters.
const LONGEST_NAME: usize = 40;

/// Sees that somebody can have this name.
///
/// # Errors
///
/// [`Kind::InvalidSeller`].
fn validate_name(name: &str) -> Result<(), ApiError> {
    let is_printable = name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    if name.trim().is_empty() || !is_printable {
        return Err(Kind::InvalidSeller.because("A name is 1 to 40 printable characters."));
    }
    Ok(())
}

/// Sees that a PIN can be one.
///
/// # Errors
///
/// [`Kind::InvalidSeller`].
fn validate_pin(pin: &str) -> Result<(), ApiError> {
    if is_pin(pin) { Ok(()) } else { Err(Kind::InvalidSeller.because("A PIN is 4 to 12 digits.")) }
}

/// Has everybody look at the staff of a store again.
async fn tell(app: &App, store: StoreNo) {
    app.stores.forget(store).await;
    app.hub.announce_change(store);
}
