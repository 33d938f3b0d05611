//! What a connection string asks for, and what it may not change.

use mongodb::options::{ClientOptions, ConnectionString, ReadConcern, ReadPreference, SelectionCriteria, WriteConcern};
use std::time::Duration;

/// How long to look for a server that takes writes: longer than a replica set takes to elect a primary is not worth it,
/// since whoever asks asks again.
const SELECTION: Duration = Duration::from_secs(5);

/// How long a majority may take to confirm a write.
pub const MAJORITY: Duration = Duration::from_secs(10);

/// Why a connection string cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is none, or asks for what there is not.
    #[error("the MongoDB connection string cannot be used: {}", .0.kind)]
    Uri(mongodb::error::Error),
    /// It names no database.
    #[error(
        "the MongoDB connection string names no database: add one to its path, as in mongodb://host:27017/comptoir"
    )]
    NoDatabase,
    /// The servers behind a `mongodb+srv` name cannot be looked up; asking again later may help.
    #[error("the servers of the MongoDB connection string cannot be looked up: {}", .0.kind)]
    Lookup(mongodb::error::Error),
}

/// The options and the database's name.
///
/// Reads go to the primary and see what a majority has; writes are done when a majority has them, whatever the
/// connection string says: everything else in Comptoir builds on it.
pub async fn options(uri: &str) -> Result<(ClientOptions, String), OpenError> {
    let parsed = ConnectionString::parse(uri).map_err(OpenError::Uri)?;
    let name = parsed.default_database.clone().ok_or(OpenError::NoDatabase)?;
    let mut options = ClientOptions::parse(parsed).await.map_err(OpenError::Lookup)?;
    options.app_name.get_or_insert_with(|| "comptoir".to_owned());
    options.server_selection_timeout.get_or_insert(SELECTION);
    options.connect_timeout.get_or_insert(SELECTION);
    options.read_concern = Some(ReadConcern::majority());
    options.selection_criteria = Some(SelectionCriteria::ReadPreference(ReadPreference::Primary));
    options.write_concern =
        Some(WriteConcern::builder().w(mongodb::options::Acknowledgment::Majority).w_timeout(MAJORITY).build());
    Ok((options, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_path_names_the_database() {
        let (options, name) = options("mongodb://h1,h2:1234/shops?w=1&readPreference=nearest").await.unwrap();
        assert_eq!((name.as_str(), options.app_name.as_deref()), ("shops", Some("comptoir")));
        assert_eq!(options.write_concern.unwrap().w, Some(mongodb::options::Acknowledgment::Majority));
        assert_eq!(options.selection_criteria, Some(SelectionCriteria::ReadPreference(ReadPreference::Primary)));
    }

    #[tokio::test]
    async fn what_cannot_be_used_is_said() {
        assert!(matches!(options("mongodb://host").await, Err(OpenError::NoDatabase)));
        assert!(matches!(options("mongodb://host/").await, Err(OpenError::NoDatabase)));
        assert!(matches!(options("http://host/shops").await, Err(OpenError::Uri(_))));
    }
}
