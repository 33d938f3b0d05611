//! Which log a store reflects: remembered at the first start, and held against what is found at every later one.

use super::LogError;
use crate::model::AnyStore;
use crate::store::StoreError;
use crate::store::documents::{Document, Swap, Versioned};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The log as the cluster shows it.
#[derive(Debug, Clone)]
pub struct FoundLog {
    /// The cluster's own id.
    pub cluster: String,
    /// The UUID in its first record, unless retention has deleted that.
    pub marker: Option<Uuid>,
    /// How many partitions the events have.
    pub partitions: i32,
    /// What falls short of production's demands.
    pub shortcomings: Vec<String>,
}

/// What a store remembers of its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogIdentity {
    /// Counts the logs that the store was fed from; positions of a later one are ahead of all of an earlier one.
    pub epoch: u32,
    /// The log, once it is known. A restored store waits for the next one that it is given.
    pub source: Option<LogSource>,
}

/// Names a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogSource {
    /// The cluster's own id.
    pub cluster: String,
    /// The UUID in its first record.
    pub marker: Option<Uuid>,
    /// How many partitions the events have.
    pub partitions: i32,
}

impl Document for LogIdentity {
    const KIND: &'static str = "log";
}

/// The only document of its kind.
pub const ONLY: &str = "log";

/// Sees that the log is the one that the store was fed from, and gives its epoch. A store that knows no log yet takes
/// this one.
///
/// # Errors
///
/// [`LogError::Refused`] where it is another one, with what to do; [`LogError::Unavailable`] where the store does not
/// answer.
pub async fn settle(store: &AnyStore, found: &FoundLog) -> Result<u32, LogError> {
    loop {
        let known = store.read::<LogIdentity>(ONLY).await.map_err(from_store)?;
        let identity = match judge(known.as_ref().map(|known| &known.value), found)? {
            Judgement::Same(epoch) => return Ok(epoch),
            Judgement::Take(identity) => identity,
        };
        let expected = known.map(|Versioned { revision, .. }| revision);
        match store.write(ONLY, expected, &identity).await.map_err(from_store)? {
            Swap::Done(_) => return Ok(identity.epoch),
            // Somebody else was quicker: see what they took.
            Swap::Conflict => {}
        }
    }
}

enum Judgement {
    Same(u32),
    Take(LogIdentity),
}

fn judge(known: Option<&LogIdentity>, found: &FoundLog) -> Result<Judgement, LogError> {
    let FoundLog { cluster, marker, partitions, .. } = found;
    let source = LogSource { cluster: cluster.clone(), marker: *marker, partitions: *partitions };
    let Some(known) = known else {
        return Ok(Judgement::Take(LogIdentity { epoch: 1, source: Some(source) }));
    };
    let Some(expected) = &known.source else {
        return Ok(Judgement::Take(LogIdentity { epoch: known.epoch, source: Some(source) }));
    };
    refuse_another(expected, &source)?;
    Ok(Judgement::Same(known.epoch))
}

fn refuse_another(expected: &LogSource, found: &LogSource) -> Result<(), LogError> {
    let refused = |why: String| Err(LogError::Refused(why));
    if expected.cluster != found.cluster {
        return refused(format!(
            "this store was fed from the Kafka cluster {}, not from {}: correct COMPTOIR_EVENTS or COMPTOIR_STORE, or, \
             to move to another cluster, restore a backup (comptoir restore), which takes the next log that it is given",
            expected.cluster, found.cluster
        ));
    }
    if expected.partitions != found.partitions {
        return refused(format!(
            "the events had {} partitions when this store was first fed from them and have {} now, so that stores' \
             events are no longer in one sequence: move to a topic with the number that you want (another prefix in \
             COMPTOIR_EVENTS) by comptoir backup and comptoir restore",
            expected.partitions, found.partitions
        ));
    }
    // Retention deletes the first record in the end; a topic that was made anew starts with another one.
    let is_another = found.marker.is_some() && expected.marker != found.marker;
    if is_another {
        return refused(
            "the topic of events was made anew since this store was fed from it, and what had not been saved is gone \
             with it: restore a backup (comptoir restore), which takes the next log that it is given"
                .into(),
        );
    }
    Ok(())
}

fn from_store(error: StoreError) -> LogError {
    match error {
        StoreError::Corrupt(cause) => LogError::Corrupt(cause),
        StoreError::Unavailable(cause) | StoreError::Full(cause) => LogError::Unavailable(cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Embedded, Engine};

    fn found(cluster: &str, marker: u128, partitions: i32) -> FoundLog {
        let marker = (marker > 0).then(|| Uuid::from_u128(marker));
        FoundLog { cluster: cluster.into(), marker, partitions, shortcomings: Vec::new() }
    }

    #[tokio::test]
    async fn a_store_takes_its_first_log_and_no_other() {
        let folder = Embedded::new();
        let opened = folder.open().await;
        let settle = async |log: FoundLog| settle(&*opened.store, &log).await.map_err(|error| error.to_string());
        assert_eq!(settle(found("a", 7, 12)).await, Ok(1));
        assert_eq!(settle(found("a", 7, 12)).await, Ok(1));
        assert_eq!(settle(found("a", 0, 12)).await, Ok(1), "retention has deleted the marker");
        assert!(settle(found("b", 7, 12)).await.unwrap_err().contains("correct COMPTOIR_EVENTS"));
        assert!(settle(found("a", 8, 12)).await.unwrap_err().contains("made anew"));
        for partitions in [11, 13] {
            assert!(settle(found("a", 7, partitions)).await.unwrap_err().contains("partitions"));
        }
    }

    #[tokio::test]
    async fn a_restored_store_takes_the_next_log_in_its_new_epoch() {
        let folder = Embedded::new();
        let opened = folder.open().await;
        let waiting = LogIdentity { epoch: 4, source: None };
        assert!(matches!(opened.store.write(ONLY, None, &waiting).await, Ok(Swap::Done(_))));
        assert_eq!(settle(&*opened.store, &found("b", 9, 3)).await.unwrap(), 4);
        assert!(settle(&*opened.store, &found("c", 9, 3)).await.is_err());
    }
}
