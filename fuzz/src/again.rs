//! What was read is the same when it is written and read once more.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::canonical::Canonical;
use std::fmt::Debug;

/// Holds a value against what its own JSON is read as. Gives the JSON.
pub fn is_read_as_written<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Vec<u8> {
    let json = serde_json::to_vec(value).expect("what was read can be written");
    let text = String::from_utf8_lossy(&json);
    let again: T = serde_json::from_slice(&json).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(&again, value, "{text}");
    assert_eq!(serde_json::to_vec(&again).expect("what was read can be written"), json);
    json
}

/// Holds a record's canonical bytes against RFC 8785 as somebody else reads it, and against themselves.
pub fn is_canonical<T: Canonical + DeserializeOwned + PartialEq + Debug>(record: &T) {
    let bytes = record.canonical_bytes();
    let stands: serde_json::Value = serde_json::from_slice(&bytes).expect("canonical bytes are JSON");
    let reference = serde_json_canonicalizer::to_vec(&stands).expect("canonical bytes are I-JSON (RFC 7493)");
    assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&reference));
    let again: T = serde_json::from_slice(&bytes).expect("canonical bytes are read as what they were made of");
    assert_eq!(&again, record);
    assert_eq!(again.canonical_bytes(), bytes);
    assert_eq!(again.digest(), record.digest());
}
