//! Ids that follow from what they name, so that doing a thing twice makes one event.

use sha2::{Digest, Sha256};
use shared::ids::EventId;
use uuid::Builder;

/// The id of whatever `parts` name: a UUID of version 8 (RFC 9562 §5.8) over their SHA-256.
pub fn event_id(parts: &[&str]) -> EventId {
    let mut hasher = Sha256::new();
    for part in parts {
        // A length before each part keeps ("ab", "c") and ("a", "bc") apart.
        hasher.update(part.len().to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(digest.split_at(16).0);
    Builder::from_custom_bytes(bytes).into_uuid().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_id_and_others_another() {
        assert_eq!(event_id(&["a", "b"]), event_id(&["a", "b"]));
        assert_ne!(event_id(&["a", "b"]), event_id(&["ab"]));
        assert_ne!(event_id(&["ab", "c"]), event_id(&["a", "bc"]));
        assert_eq!(event_id(&["a"]).uuid().get_version_num(), 8);
    }
}
