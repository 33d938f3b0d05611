//! Dead letters in MongoDB. Their names sort like their places.

use super::{BATCH, Mongo, all, ask, names};
use crate::store::dead_letters::{DeadLetter, DeadLetters, LetterFilter, LetterId};
use crate::store::{StoreError, search_page};
use async_trait::async_trait;
use mongodb::bson::spec::BinarySubtype;
use mongodb::bson::{Binary, Bson, DateTime, Document, doc, serialize_to_raw_document_buf};
use serde::{Deserialize, Serialize};
use shared::api::Page;
use shared::ids::StoreNo;
use shared::position::Position;
use shared::time::Timestamp;

const DEAD_LETTERS: &str = "dead_letters";

#[derive(Serialize, Deserialize)]
struct Row {
    _id: String,
    epoch: u32,
    offset: u64,
    partition: u32,
    store: Option<StoreNo>,
    kind: String,
    version: u16,
    accepted_at: DateTime,
    payload: Binary,
    reason: String,
    mended_at: Option<DateTime>,
}

impl Row {
    fn of(letter: &DeadLetter) -> Self {
        Self {
            _id: names::letter(letter.id),
            epoch: letter.id.position.epoch,
            offset: letter.id.position.offset,
            partition: letter.id.partition,
            store: letter.store,
            kind: letter.kind.clone(),
            version: letter.version,
            accepted_at: date(letter.accepted_at),
            payload: Binary { subtype: BinarySubtype::Generic, bytes: letter.payload.clone() },
            reason: letter.reason.clone(),
            mended_at: letter.mended_at.map(date),
        }
    }

    fn read(self) -> Result<DeadLetter, StoreError> {
        let position = Position { epoch: self.epoch, offset: self.offset };
        Ok(DeadLetter {
            id: LetterId { position, partition: self.partition },
            store: self.store,
            kind: self.kind,
            version: self.version,
            accepted_at: time(self.accepted_at)?,
            payload: self.payload.bytes,
            reason: self.reason,
            mended_at: self.mended_at.map(time).transpose()?,
        })
    }
}

fn date(time: Timestamp) -> DateTime {
    DateTime::from_millis(time.as_millisecond())
}

fn time(date: DateTime) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(date.timestamp_millis()).map_err(|error| StoreError::Corrupt(error.to_string()))
}

#[async_trait]
impl DeadLetters for Mongo {
    async fn bury(&self, letters: &[DeadLetter]) -> Result<(), StoreError> {
        let rows = letters.iter().map(|letter| serialize_to_raw_document_buf(&Row::of(letter)));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        self.insert_new(DEAD_LETTERS, &rows.iter().collect::<Vec<_>>()).await?;
        Ok(())
    }

    async fn letters(
        &self,
        LetterFilter { open_only, store }: LetterFilter,
        after: Option<LetterId>,
        limit: usize,
    ) -> Result<Page<DeadLetter>, StoreError> {
        let mut filter = Document::new();
        filter.extend(after.map(|after| ("_id".to_owned(), doc! { "$gt": names::letter(after) }.into())));
        filter.extend(open_only.then(|| ("mended_at".to_owned(), Bson::Null)));
        filter.extend(store.map(|store| ("store".to_owned(), i64::from(store.get()).into())));
        let collection = self.collection(DEAD_LETTERS).clone_with_type::<Row>();
        let most = i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX);
        let find = collection.find(filter).sort(doc! { "_id": 1 }).limit(most).batch_size(BATCH);
        let rows = all(find).await?.into_iter().map(Row::read).collect::<Result<_, _>>()?;
        Ok(search_page::page(rows, limit, |letter| letter.id.to_string()))
    }

    async fn unplaced(&self) -> Result<u64, StoreError> {
        let open = doc! { "store": null, "mended_at": null };
        Ok(ask(self.collection(DEAD_LETTERS).count_documents(open)).await?)
    }

    async fn letter(&self, id: LetterId) -> Result<Option<DeadLetter>, StoreError> {
        let collection = self.collection(DEAD_LETTERS).clone_with_type::<Row>();
        ask(collection.find_one(doc! { "_id": names::letter(id) })).await?.map(Row::read).transpose()
    }

    async fn mark_mended(&self, id: LetterId, at: Timestamp) -> Result<(), StoreError> {
        let open = doc! { "_id": names::letter(id), "mended_at": null };
        let collection = self.collection(DEAD_LETTERS);
        ask(collection.update_one(open, doc! { "$set": { "mended_at": date(at) } })).await?;
        Ok(())
    }
}
