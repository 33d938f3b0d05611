//! The canonical form that is hashed: JCS (RFC 8785) by construction.
//!
//! A canonical type declares its fields in ascending order of their names, holds only integers within ±(2⁵³ − 1),
//! texts, booleans, lists and further canonical types, and leaves absent options out. `serde_json` then writes the very
//! bytes that RFC 8785 asks for, without sorting anything; property tests hold them against an independent
//! implementation.

use crate::chain::Hash;
use serde::Serialize;

/// Room for a usual receipt, in bytes, so that its form is not moved while it is written.
const USUAL: usize = 2048;

/// A record with a canonical form; implement it only for types that keep the rules of this module.
pub trait Canonical: Serialize {
    /// The bytes that are hashed: RFC 8785 over the record.
    fn canonical_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(USUAL);
        // Writing to memory fails only for maps with keys that are no text, which canonical types do not have.
        match serde_json::to_writer(&mut bytes, self) {
            Ok(()) => bytes,
            Err(_) => Vec::new(),
        }
    }

    /// SHA-256 of the canonical bytes.
    fn digest(&self) -> Hash {
        Hash::of(&self.canonical_bytes())
    }
}
