//! Moving projections forward.

use super::error::{DUPLICATE, of_code};
use super::projections::PROJECTIONS;
use super::update::{WriteError, fit};
use super::{BATCH, Mongo, all, names};
use crate::store::StoreError;
use crate::store::projections::Projected;
use mongodb::bson::{RawDocumentBuf, doc, rawdoc};
use shared::position::Position;
use std::collections::HashMap;

/// What a statement holds beside body and id, in bytes.
const FRAME: usize = 400;

/// How often a document may be found in the way without being ahead before somebody else has to try.
const PATIENCE: usize = 5;

struct Step {
    name: String,
    document: Document,
}

struct Document {
    store: i64,
    epoch: i64,
    offset: i64,
    position: Position,
    kind: &'static str,
    id: String,
    body: String,
}

impl Step {
    fn of(projected: Projected) -> Result<Self, StoreError> {
        let Projected { store, kind, id, position, body } = projected;
        let name = names::projection(kind, store, &id);
        let body = String::from_utf8(body).map_err(|error| StoreError::Corrupt(format!("{name}: {error}")))?;
        let offset = i64::try_from(position.offset).map_err(|error| StoreError::Corrupt(format!("{name}: {error}")))?;
        let (store, epoch, kind) = (store.get().into(), position.epoch.into(), kind.as_str());
        Ok(Self { name, document: Document { store, epoch, offset, position, kind, id, body } })
    }

    fn size(&self) -> usize {
        FRAME + self.document.id.len() + self.document.body.len()
    }

    /// Matches what is behind. Where the document is there and not behind, the upsert finds its name taken.
    fn statement(&self) -> RawDocumentBuf {
        let Document { store, epoch, offset, kind, id, body, .. } = &self.document;
        rawdoc! {
            "q": {
                "_id": self.name.as_str(),
                "store": *store,
                "$or": [{ "epoch": { "$lt": *epoch } }, { "epoch": *epoch, "offset": { "$lt": *offset } }],
            },
            "u": {
                "$set": {
                    "kind": *kind,
                    "id": id.as_str(),
                    "epoch": *epoch,
                    "offset": *offset,
                    "body": body.as_str(),
                },
            },
            "upsert": true,
        }
    }
}

/// Writes documents in the order given, a command at a time.
pub async fn advance(mongo: &Mongo, documents: Vec<Projected>) -> Result<(), StoreError> {
    let mut steps = documents.into_iter().map(Step::of).collect::<Result<Vec<_>, _>>()?;
    let mut patience = PATIENCE;
    while !steps.is_empty() {
        let count = fit(steps.iter().map(Step::size));
        let updated = mongo.update(PROJECTIONS, steps[..count].iter().map(Step::statement), true).await?;
        let done = match updated.write_errors.first() {
            None => count,
            Some(error) => stopped_at(error)?,
        };
        let before = steps.len();
        steps.drain(..done);
        if done < count {
            steps = behind(mongo, steps).await?;
        }
        if steps.len() == before {
            patience = patience.checked_sub(1).ok_or_else(|| in_the_way(&steps[0].name))?;
        }
    }
    Ok(())
}

fn stopped_at(error: &WriteError) -> Result<usize, StoreError> {
    if error.code == DUPLICATE { Ok(error.index) } else { Err(of_code(error.code, &error.errmsg)) }
}

fn in_the_way(name: &str) -> StoreError {
    StoreError::Unavailable(format!("{name} is being written by somebody else"))
}

/// The steps whose documents are still behind, asked of all of them in one round trip. The one that was in the way is
/// asked about too: usually it is ahead, but of two that make a document at once one finds the other's in the way, and
/// that may be behind.
async fn behind(mongo: &Mongo, steps: Vec<Step>) -> Result<Vec<Step>, StoreError> {
    let names: Vec<_> = steps.iter().map(|step| step.name.as_str()).collect();
    let collection = mongo.collection(PROJECTIONS);
    let find = collection.find(doc! { "_id": { "$in": names } }).projection(doc! { "epoch": 1, "offset": 1 });
    let mut reached = HashMap::new();
    for document in all(find.batch_size(BATCH + 1)).await? {
        let name = document.get_str("_id").map_err(|error| StoreError::Corrupt(error.to_string()))?;
        reached.insert(name.to_owned(), super::rows::position(&document)?);
    }
    let is_behind = |step: &Step| reached.get(&step.name).is_none_or(|reached| *reached < step.document.position);
    Ok(steps.into_iter().filter(is_behind).collect())
}
