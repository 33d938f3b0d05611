//! Dead letters: records that could not be read, kept with their bytes until somebody has mended them.

use super::StoreError;
use async_trait::async_trait;
use shared::api::Page;
use shared::ids::StoreNo;
use shared::position::Position;
use shared::time::Timestamp;
use std::fmt;
use std::str::FromStr;

/// A place in the log that is unique over all its partitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LetterId {
    /// The place within the partition.
    pub position: Position,
    /// The partition.
    pub partition: u32,
}

/// A text is no name of a dead letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a dead letter: three numbers such as 1-42-0 are")]
pub struct InvalidLetterId;

impl fmt::Display for LetterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.position, self.partition)
    }
}

impl FromStr for LetterId {
    type Err = InvalidLetterId;

    fn from_str(text: &str) -> Result<Self, InvalidLetterId> {
        let mut parts = text.split('-');
        let mut next = || parts.next().and_then(|part| part.parse::<u64>().ok()).ok_or(InvalidLetterId);
        let (epoch, offset, partition) = (next()?, next()?, next()?);
        let narrow = |number: u64| u32::try_from(number).map_err(|_| InvalidLetterId);
        let id = Self { position: Position { epoch: narrow(epoch)?, offset }, partition: narrow(partition)? };
        if parts.next().is_none() { Ok(id) } else { Err(InvalidLetterId) }
    }
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its place in the log.
    pub id: LetterId,
    /// The store whose sequence it stands in, if even that can be read.
    pub store: Option<StoreNo>,
    /// Its kind's name, as it calls itself.
    pub kind: String,
    /// The version of its form, as it calls itself.
    pub version: u16,
    /// When the log took it.
    pub accepted_at: Timestamp,
    /// Its bytes.
    pub payload: Vec<u8>,
    /// Why it could not be read, in English.
    pub reason: String,
    /// When a mended copy of it was published; open while absent.
    pub mended_at: Option<Timestamp>,
}

/// Which letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LetterFilter {
    /// Only those that nobody has mended yet.
    pub open_only: bool,
    /// Only those of one store.
    pub store: Option<StoreNo>,
}

/// Where dead letters are kept.
#[async_trait]
pub trait DeadLetters {
    /// Keeps letters; a second time changes nothing. Resolves once they are durable.
    async fn bury(&self, letters: &[DeadLetter]) -> Result<(), StoreError>;

    /// Letters behind `after`, oldest first by their names, at most `limit`.
    async fn letters(
        &self,
        filter: LetterFilter,
        after: Option<LetterId>,
        limit: usize,
    ) -> Result<Page<DeadLetter>, StoreError>;

    /// How many open letters name no store.
    async fn unplaced(&self) -> Result<u64, StoreError>;

    /// One letter.
    async fn letter(&self, id: LetterId) -> Result<Option<DeadLetter>, StoreError>;

    /// A mended copy was published; a second time changes nothing.
    async fn mark_mended(&self, id: LetterId, at: Timestamp) -> Result<(), StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_and_rubbish_is_none() {
        let id = LetterId { position: Position { epoch: 2, offset: 1 << 40 }, partition: 11 };
        assert_eq!(id.to_string().parse(), Ok(id));
        for rubbish in ["", "1-2", "1-2-3-4", "1-x-3", "-1-2-3", "99999999999-1-1"] {
            assert_eq!(rubbish.parse::<LetterId>(), Err(InvalidLetterId), "{rubbish}");
        }
    }
}
