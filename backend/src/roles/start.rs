//! What every role does before its work: wait until log and store answer.

use super::RoleError;
use super::front::Front;
use crate::clock::Mint;
use crate::demo::{self, DemoStore, SeedError};
use crate::engine::{Engine, EngineError};
use crate::lifecycle::Lifecycle;
use std::time::Duration;

/// The wait before the first repetition, doubled each time up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_millis(200);

/// The longest wait: an engine that comes is noticed within it.
const LONGEST: Duration = Duration::from_secs(3);

/// Prepares log and store, and writes the demo data if they are asked for, trying for as long as they do not answer.
/// `None` where a stop was asked for meanwhile.
///
/// # Errors
///
/// What no waiting mends.
pub async fn prepare(
    engine: &Engine,
    is_demo: bool,
    mint: &Mint,
    front: &Front,
    life: &Lifecycle,
) -> Result<Option<Vec<DemoStore>>, RoleError> {
    front.wait_for("log and store have not answered yet".into());
    let mut wait = SHORTEST;
    loop {
        let error = match attempt(engine, is_demo, mint).await {
            Ok(stores) => return Ok(Some(stores)),
            Err(error) if error.is_passing() => error,
            Err(error) => return Err(error.into()),
        };
        tracing::warn!(%error, ?wait, "waiting for log and store");
        front.wait_for(error.to_string());
        tokio::select! {
            () = life.soft.cancelled() => return Ok(None),
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(LONGEST),
        }
    }
}

async fn attempt(engine: &Engine, is_demo: bool, mint: &Mint) -> Result<Vec<DemoStore>, EngineError> {
    for shortcoming in engine.prepare().await? {
        tracing::warn!(shortcoming, "not as production asks for");
    }
    if !is_demo {
        return Ok(Vec::new());
    }
    demo::seed(&engine.store, &*engine.log, mint).await.map_err(|error| match error {
        SeedError::Store(error) => error.into(),
        SeedError::Log(error) => error.into(),
        SeedError::Pin(error) => EngineError::Store(crate::store::StoreError::Corrupt(error.to_string())),
    })
}
