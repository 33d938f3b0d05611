//! Records of the event log: kind and version on the first line, as the log's headers have them, and behind it the bytes.

use crate::again::is_canonical;
use shared::event::{DecodeError, Event};

/// The target `records`.
pub fn check(data: &[u8]) {
    let Some((kind, version, payload)) = parts(data) else { return };
    match Event::decode(kind, version, payload) {
        Ok(event) => is_encoded_again(kind, &event),
        Err(DecodeError::FutureVersion(found)) => assert!(found > Event::VERSION),
        Err(error) => {
            assert!(error.to_string().len() < 1_000 + payload.len(), "it says what is wrong, and not all of it");
        }
    }
}

fn parts(data: &[u8]) -> Option<(&str, u16, &[u8])> {
    let end = data.iter().position(|byte| *byte == b'\n')?;
    let (head, payload) = data.split_at_checked(end)?;
    let (kind, version) = std::str::from_utf8(head).ok()?.split_once(' ')?;
    Some((kind, version.parse().ok()?, payload))
}

fn is_encoded_again(kind: &str, event: &Event) {
    assert_eq!(event.kind().as_str(), kind);
    let bytes = event.encode().expect("what was decoded is encoded");
    let again = Event::decode(kind, Event::VERSION, &bytes).expect("what was encoded is decoded");
    assert_eq!(&again, event);
    assert_eq!(again.id(), event.id());
    assert_eq!(again.encode().expect("what was decoded is encoded"), bytes);
    match event {
        Event::Receipt(receipt) => is_canonical(&receipt.body),
        Event::Journal(entry) => is_canonical(&entry.body),
        _ => {}
    }
}
