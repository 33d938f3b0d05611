//! Hashes, keys and signatures: what makes a series of records inalterable.

use crate::canonical::Canonical;
use crate::text;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// A text that is no hash, key or signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not {0}")]
pub struct InvalidEncoding(&'static str);

macro_rules! bytes {
    ($(#[$doc:meta])* $name:ident, $len:literal, $digits:literal, $encode:path, $decode:path, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
        pub struct $name([u8; $len]);

        impl $name {
            /// Wraps the raw bytes.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// The raw bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            fn text(&self) -> [u8; $digits] {
                let mut digits = [0; $digits];
                // There is room for all of them.
                let _ = $encode(&self.0, &mut digits);
                digits
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(text::as_str(&self.text()))
            }
        }

        impl FromStr for $name {
            type Err = InvalidEncoding;

            fn from_str(text: &str) -> Result<Self, InvalidEncoding> {
                let mut bytes = [0; $len];
                match $decode(text.as_bytes(), &mut bytes) {
                    Ok(read) if read.len() == $len => Ok(Self(bytes)),
                    _ => Err(InvalidEncoding($what)),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                text::serialize(&self.text(), serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                text::deserialize(deserializer)
            }
        }
    };
}

bytes!(
    /// A SHA-256 hash (FIPS 180-4), written in 64 lower-case hexadecimal digits.
    Hash, 32, 64, base16ct::lower::encode, base16ct::lower::decode, "a SHA-256 hash: 64 lower-case hexadecimal digits"
);
bytes!(
    /// An Ed25519 public key (RFC 8032), written in base64url without padding.
    PublicKey, 32, 43, Base64UrlUnpadded::encode, Base64UrlUnpadded::decode, "an Ed25519 public key: 43 characters of base64url"
);
bytes!(
    /// An Ed25519 signature (RFC 8032), written in base64url without padding.
    Signature, 64, 86, Base64UrlUnpadded::encode, Base64UrlUnpadded::decode, "an Ed25519 signature: 86 characters of base64url"
);

impl Hash {
    /// What the very first entry of a register's very first series names as its predecessor.
    pub const GENESIS: Self = Self([0; 32]);

    /// SHA-256 of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_bytes(Sha256::digest(bytes).into())
    }
}

impl Signature {
    /// The 3rd, 7th, 13th and 19th characters, which French practice prints on the receipt.
    pub fn short(&self) -> String {
        let text = self.to_string();
        [2, 6, 12, 18].iter().filter_map(|&place| text.chars().nth(place)).collect()
    }
}

/// Where a series ends: the number and hash of its last entry. Number 0 stands before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The number of the last entry, 0 when there is none.
    pub number: u64,
    /// Its hash; for an empty series the hash that its first entry has to name.
    pub hash: Hash,
}

impl Head {
    /// The head of a register's first series before its first receipt.
    pub const GENESIS: Self = Self { number: 0, hash: Hash::GENESIS };
}

/// A record with its hash and the signature over that hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Sealed<T> {
    /// What was sealed; `hash` is over its canonical form.
    pub body: T,
    /// SHA-256 of the canonical form of `body`.
    pub hash: Hash,
    /// Ed25519 over the 32 bytes of `hash`, by the series' key.
    pub signature: Signature,
}

impl<T: Canonical> Sealed<T> {
    /// Whether `hash` is that of `body`; anything else is altered content.
    pub fn is_intact(&self) -> bool {
        self.body.digest() == self.hash
    }
}

#[cfg(feature = "verify")]
impl<T> Sealed<T> {
    /// Whether `key` signed `hash` (RFC 8032, with the strict checks of small-order points).
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(self.signature.as_bytes());
        ed25519_dalek::VerifyingKey::from_bytes(key.as_bytes())
            .is_ok_and(|key| key.verify_strict(self.hash.as_bytes(), &signature).is_ok())
    }
}

#[cfg(feature = "verify")]
impl<T: Canonical> Sealed<T> {
    /// Seals a record with a series' key.
    pub fn seal(body: T, key: &ed25519_dalek::SigningKey) -> Self {
        use ed25519_dalek::Signer;
        let hash = body.digest();
        let signature = Signature(key.sign(hash.as_bytes()).to_bytes());
        Self { body, hash, signature }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_round_trip_and_rubbish_is_refused() {
        let hash = Hash::from_bytes([7; 32]);
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert!("07".parse::<Hash>().is_err());
        assert!("ZZ".repeat(32).parse::<Hash>().is_err());
        let signature = Signature::from_bytes([1; 64]);
        assert_eq!(signature.to_string().len(), 86);
    }

    #[test]
    fn the_third_the_seventh_the_thirteenth_and_the_nineteenth_character_are_printed() {
        let signature = Signature::from_bytes(std::array::from_fn(|place| u8::try_from(place).unwrap()));
        assert!(signature.to_string().starts_with("AAECAwQFBgcICQoLDA0ODx"));
        assert_eq!(signature.short(), "EQC0");
    }
}
