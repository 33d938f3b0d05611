//! Setting up an installation that has nothing yet.

use super::{ApiError, get, post, remember_sign_in};
use shared::api::sessions::Session;
use shared::api::setup::{SetUp, SetUpState};

/// Whether there is a manager.
pub async fn is_set_up() -> Result<bool, ApiError> {
    Ok(!get::<SetUpState>("/setup").await?.needed)
}

/// Makes the first store, register and manager, who is signed in.
pub async fn set_up(ask: &SetUp) -> Result<Session, ApiError> {
    let session = post("/setup", ask).await?;
    remember_sign_in();
    Ok(session)
}
