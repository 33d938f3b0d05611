//! Random bytes, and the ids minted from them.

use super::clock;
use shared::ids::{EventId, ReceiptId};

/// Random bytes from the browser's cryptographic source.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Ok(crypto) = leptos::prelude::window().crypto() {
        // Fails for more than 65,536 bytes only.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// A number below `bound`, evenly enough for jitter and bots.
pub fn below(bound: u32) -> u32 {
    u32::from_le_bytes(bytes()).checked_rem(bound).unwrap_or(0)
}

/// The id of a receipt that is about to be issued.
pub fn receipt_id() -> ReceiptId {
    ReceiptId::mint(clock::now_millis().unsigned_abs(), &bytes())
}

/// The id of something that is about to be reported.
pub fn event_id() -> EventId {
    EventId::mint(clock::now_millis().unsigned_abs(), &bytes())
}
