//! Dead letters in SQLite.

use super::Sqlite;
use crate::store::dead_letters::{DeadLetter, DeadLetters, LetterFilter, LetterId};
use crate::store::{StoreError, search_page};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};
use shared::api::Page;
use shared::ids::StoreNo;
use shared::position::Position;
use shared::time::Timestamp;

const COLUMNS: &str = "epoch, offset, partition, store, kind, version, accepted_at, payload, reason, mended_at";

#[async_trait]
impl DeadLetters for Sqlite {
    async fn bury(&self, letters: &[DeadLetter]) -> Result<(), StoreError> {
        let letters = letters.to_vec();
        self.write(move |connection| letters.iter().try_for_each(|letter| bury(connection, letter))).await
    }

    async fn letters(
        &self,
        filter: LetterFilter,
        after: Option<LetterId>,
        limit: usize,
    ) -> Result<Page<DeadLetter>, StoreError> {
        let rows = self.read(move |connection| list(connection, filter, after, limit + 1)).await?;
        Ok(search_page::page(rows, limit, |letter| letter.id.to_string()))
    }

    async fn unplaced(&self) -> Result<u64, StoreError> {
        self.read(move |connection| {
            let sql = "SELECT count(*) FROM dead_letters WHERE store IS NULL AND mended_at IS NULL";
            Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        })
        .await
    }

    async fn letter(&self, id: LetterId) -> Result<Option<DeadLetter>, StoreError> {
        self.read(move |connection| {
            let sql = format!("SELECT {COLUMNS} FROM dead_letters WHERE epoch = ?1 AND offset = ?2 AND partition = ?3");
            let mut select = connection.prepare_cached(&sql)?;
            let Position { epoch, offset } = id.position;
            select.query_row(params![epoch, offset, id.partition], |row| Ok(letter(row))).optional()?.transpose()
        })
        .await
    }

    async fn mark_mended(&self, id: LetterId, at: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            let Position { epoch, offset } = id.position;
            connection
                .prepare_cached(
                    "UPDATE dead_letters SET mended_at = ?4
                     WHERE epoch = ?1 AND offset = ?2 AND partition = ?3 AND mended_at IS NULL",
                )?
                .execute(params![epoch, offset, id.partition, at.as_millisecond()])?;
            Ok(())
        })
        .await
    }
}

fn bury(connection: &Connection, letter: &DeadLetter) -> Result<(), StoreError> {
    let Position { epoch, offset } = letter.id.position;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO dead_letters
             (epoch, offset, partition, store, kind, version, accepted_at, payload, reason, mended_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            epoch,
            offset,
            letter.id.partition,
            letter.store.map(StoreNo::get),
            letter.kind,
            letter.version,
            letter.accepted_at.as_millisecond(),
            letter.payload,
            letter.reason,
            letter.mended_at.map(Timestamp::as_millisecond),
        ])?;
    Ok(())
}

fn list(
    connection: &Connection,
    LetterFilter { open_only, store }: LetterFilter,
    after: Option<LetterId>,
    limit: usize,
) -> Result<Vec<DeadLetter>, StoreError> {
    let start = LetterId { position: Position::default(), partition: 0 };
    let LetterId { position: Position { epoch, offset }, partition } = after.unwrap_or(start);
    let sql = format!(
        "SELECT {COLUMNS} FROM dead_letters
         WHERE (epoch, offset, partition) > (?1, ?2, ?3) AND (mended_at IS NULL OR NOT ?4)
             AND (?5 IS NULL OR store = ?5)
         ORDER BY epoch, offset, partition LIMIT ?6"
    );
    let mut select = connection.prepare_cached(&sql)?;
    let store = store.map(StoreNo::get);
    let rows = select.query_map(params![epoch, offset, partition, open_only, store, limit], |row| Ok(letter(row)))?;
    rows.map(|row| row?).collect()
}

fn letter(row: &Row<'_>) -> Result<DeadLetter, StoreError> {
    let time =
        |millis: i64| Timestamp::from_millisecond(millis).map_err(|error| StoreError::Corrupt(error.to_string()));
    let store = row.get::<_, Option<u64>>(3)?.map(StoreNo::try_from).transpose();
    Ok(DeadLetter {
        id: LetterId { position: Position { epoch: row.get(0)?, offset: row.get(1)? }, partition: row.get(2)? },
        store: store.map_err(|error| StoreError::Corrupt(error.to_string()))?,
        kind: row.get(4)?,
        version: row.get(5)?,
        accepted_at: time(row.get(6)?)?,
        payload: row.get(7)?,
        reason: row.get(8)?,
        mended_at: row.get::<_, Option<i64>>(9)?.map(time).transpose()?,
    })
}
