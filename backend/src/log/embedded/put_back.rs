//! Putting records back into the log, as another log had them.

use super::EmbeddedLog;
use crate::log::{LogError, LogRecord};
use crate::store::StoreError;
use rusqlite::{Connection, params};
use shared::ids::StoreNo;

impl EmbeddedLog {
    /// Puts records in at the offsets that they have; a second time changes nothing. Resolves once they are durable.
    ///
    /// # Errors
    ///
    /// [`LogError::Rejected`] for a record of no store, and the file's.
    pub async fn put_back(&self, records: Vec<LogRecord>) -> Result<(), LogError> {
        if let Some(stray) = records.iter().find(|record| record.store.is_none()) {
            return Err(LogError::Rejected(format!("record {} names no store", stray.position)));
        }
        let put = move |connection: &Connection| records.iter().try_for_each(|record| put(connection, record));
        self.file.write(put).await?;
        self.appended.send_replace(());
        Ok(())
    }
}

fn put(connection: &Connection, record: &LogRecord) -> Result<(), StoreError> {
    let flags = record.flags.as_ref().map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let flags = (!flags.is_empty()).then(|| serde_json::to_string(flags)).transpose()?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO events (offset, store, kind, version, accepted_at, flags, request_id, payload)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            record.position.offset,
            record.store.map(StoreNo::get),
            record.kind,
            record.version,
            record.accepted_at.as_millisecond(),
            flags,
            record.request_id,
            record.payload
        ])?;
    Ok(())
}
