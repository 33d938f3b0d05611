//! What every role does before its work: wait until log and store answer.

use super::RoleError;
use super::front::Front;
use crate::clock::Mint;
use crate::config::EngineOptions;
use crate::demo::{self, DemoStore, SeedError};
use crate::engine::{Engine, EngineError};
use crate::lifecycle::Lifecycle;
use crate::web::setup;
use std::time::Duration;

/// The wait before the first repetition, doubled each time up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_millis(200);

/// The longest wait: an engine that comes is noticed within it.
const LONGEST: Duration = Duration::from_secs(3);

/// What there is to know of an engine that is ready.
pub struct Prepared {
    /// The stores of the demo, if it was asked for.
    pub stores: Vec<DemoStore>,
    /// What falls short of what production asks for.
    pub shortcomings: Vec<String>,
    /// Whether there is no manager yet.
    pub is_fresh: bool,
}

/// Opens the engine, trying for as long as its address cannot be looked up. `None` where a stop was asked for meanwhile.
///
/// # Errors
///
/// What no waiting mends.
pub async fn open(
    options: &EngineOptions,
    mint: &Mint,
    front: &Front,
    life: &Lifecycle,
) -> Result<Option<Engine>, RoleError> {
    patiently(front, life, async || Engine::open(options, mint).await).await
}

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
) -> Result<Option<Prepared>, RoleError> {
    let attempt = async || attempt(engine, is_demo, mint).await.map_err(|error| engine.judge(error));
    patiently(front, life, attempt).await
}

async fn patiently<T>(
    front: &Front,
    life: &Lifecycle,
    mut attempt: impl AsyncFnMut() -> Result<T, EngineError>,
) -> Result<Option<T>, RoleError> {
    front.wait_for("log and store have not answered yet".into());
    let mut wait = SHORTEST;
    loop {
        let error = match attempt().await {
            Ok(done) => return Ok(Some(done)),
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

async fn attempt(engine: &Engine, is_demo: bool, mint: &Mint) -> Result<Prepared, EngineError> {
    let shortcomings = engine.prepare().await?;
    for shortcoming in &shortcomings {
        tracing::warn!(shortcoming, "not as production asks for");
    }
    let stores = if is_demo { seeded(engine, mint).await? } else { Vec::new() };
    let is_fresh = setup::is_needed(&*engine.store).await?;
    Ok(Prepared { stores, shortcomings, is_fresh })
}

async fn seeded(engine: &Engine, mint: &Mint) -> Result<Vec<DemoStore>, EngineError> {
    demo::seed(&engine.store, &*engine.log, mint).await.map_err(|error| match error {
        SeedError::Store(error) => error.into(),
        SeedError::Log(error) => error.into(),
        SeedError::Pin(error) => EngineError::Store(crate::store::StoreError::Corrupt(error.to_string())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::LogError;
    use crate::store::mongo::OpenError;
    use crate::store::sqlite::Sqlite;
    use std::sync::Arc;

    fn lookup() -> EngineError {
        EngineError::Mongo(OpenError::Lookup(mongodb::error::Error::custom("no such name")))
    }

    #[tokio::test(start_paused = true)]
    async fn waits_for_a_name_that_cannot_be_looked_up_yet() {
        let (front, life, mut tries) = (Front::default(), Lifecycle::default(), 0);
        let opened = patiently(&front, &life, async || {
            tries += 1;
            if tries < 5 { Err(lookup()) } else { Ok(tries) }
        });
        assert_eq!(opened.await.unwrap(), Some(5));
    }

    #[tokio::test(start_paused = true)]
    async fn what_no_waiting_mends_is_said_at_once_and_a_stop_ends_the_wait() {
        let (front, life) = (Front::default(), Lifecycle::default());
        let refused = patiently(&front, &life, async || Err::<(), _>(LogError::Refused("no".into()).into())).await;
        assert!(matches!(refused, Err(RoleError::Engine(_))));
        life.soft.cancel();
        assert_eq!(patiently(&front, &life, async || Err::<(), _>(lookup())).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_file_without_room_for_the_demo_is_refused_with_what_to_do() {
        let (folder, front, life) = (tempfile::tempdir().unwrap(), Front::default(), Lifecycle::default());
        let file = Arc::new(Sqlite::open(folder.path()).unwrap());
        file.write(|connection| Ok(connection.pragma_update(None, "max_page_count", 1)?)).await.unwrap();
        let engine = Engine::embedded(file, folder.path());
        let (mint, limit) = (Mint::system(), Duration::from_secs(30));
        let prepared = tokio::time::timeout(limit, prepare(&engine, true, &mint, &front, &life)).await;
        let refused = prepared.expect("it does not wait for room").err().unwrap().to_string();
        assert!(refused.contains("free some space and start again"), "{refused}");
    }
}
