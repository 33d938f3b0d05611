//! Connections that only read; each sees the last durable transaction.

use crate::store::StoreError;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// How many reads run at once; more wait.
const READERS: usize = 4;

/// A small pool of reading connections.
pub struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    /// Opens the connections.
    pub fn open(path: &Path) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.set_prepared_statement_cache_capacity(64);
            Ok(connection)
        };
        Ok(Self::of((0..READERS).map(|_| open()).collect::<rusqlite::Result<Vec<_>>>()?))
    }

    /// Reads by these connections.
    pub fn of(connections: Vec<Connection>) -> Self {
        let permits = Arc::new(Semaphore::new(connections.len()));
        Self { idle: Arc::new(Mutex::new(connections)), permits }
    }

    /// Runs `work` on a free connection, away from the async threads.
    pub async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let unavailable = |cause: &str| StoreError::Unavailable(cause.to_owned());
        let permits = Arc::clone(&self.permits);
        let permit = permits.acquire_owned().await.map_err(|_| unavailable("the readers are closed"))?;
        let idle = Arc::clone(&self.idle);
        let read = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = taken.ok_or_else(|| StoreError::Unavailable("no reader is free".into()))?;
            let outcome = work(&connection);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            outcome
        });
        read.await.map_err(|_| unavailable("a read was cut off"))?
    }
}
