//! A series that the server issues on, for consumers' baskets or for what is decided at the desk: its key, sealed, where its
//! chains end, and what is issued but perhaps not yet in the log.

use super::server_book::Book;
use crate::store::documents::Document;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use shared::chain::{Head, PublicKey, Sealed};
use shared::ids::{RegisterNo, StoreNo};
use shared::journal::JournalEntry;
use shared::receipt::Receipt;
use shared::time::CutOff;

/// The bytes of a nonce of XChaCha20-Poly1305.
const NONCE: usize = 24;

/// A series that the server holds the key of. A register has at most one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerSeries {
    /// The store.
    pub store: StoreNo,
    /// The register.
    pub register: RegisterNo,
    /// Whose signatures belong to it.
    pub public_key: PublicKey,
    /// The secret key: a nonce and the ciphertext, in base64.
    sealed_key: String,
    /// Where the chain ends; absent before the first receipt.
    head: Option<Head>,
    /// What it has come to, and its journal.
    #[serde(default)]
    book: Book,
    /// What was issued last, until it is known to be in the log, and a receipt on its basket.
    pending: Option<Issued>,
}

/// What such a series issues. Neither can be read as the other, since an entry's bytes hold a field that no receipt has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Issued {
    /// A receipt.
    Receipt(Box<Sealed<Receipt>>),
    /// An entry of its journal.
    Entry(Box<Sealed<JournalEntry>>),
}

impl Document for ServerSeries {
    const KIND: &'static str = "server_series";
}

/// The document's name.
pub fn id(store: StoreNo, register: RegisterNo) -> String {
    super::register::id(store, register)
}

/// The secret key cannot be opened: it was sealed under another encryption key, or moved here from another register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key of a series that the server issues on cannot be opened: was COMPTOIR_KEY changed?")]
pub struct WrongKey;

impl ServerSeries {
    /// A fresh series whose secret key only `key` opens.
    pub fn seal(
        store: StoreNo,
        register: RegisterNo,
        secret: &[u8; 32],
        key: &[u8; 32],
        nonce: [u8; NONCE],
    ) -> Result<Self, WrongKey> {
        let public_key = PublicKey::from_bytes(SigningKey::from_bytes(secret).verifying_key().to_bytes());
        let about = about(store, register, public_key);
        let payload = Payload { msg: secret, aad: about.as_bytes() };
        let ciphertext = cipher(key).encrypt(&XNonce::from(nonce), payload).map_err(|_| WrongKey)?;
        let sealed_key = BASE64.encode(&[nonce.as_slice(), &ciphertext].concat());
        Ok(Self { store, register, public_key, sealed_key, head: None, book: Book::default(), pending: None })
    }

    /// The series in the place of one whose key is lost: what was said of the store there is not said again.
    #[must_use]
    pub fn in_place_of(self, lost: &Self) -> Self {
        Self { book: Book::in_place_of(&lost.book), ..self }
    }

    /// Where the chain ends, if a receipt was issued.
    pub const fn head(&self) -> Option<Head> {
        self.head
    }

    /// What it has come to, and its journal.
    pub const fn book(&self) -> &Book {
        &self.book
    }

    /// What was issued last, while it is not known to be in the log, and a receipt on its basket.
    pub const fn pending(&self) -> Option<&Issued> {
        self.pending.as_ref()
    }

    /// The series after a receipt, which is pending until it is settled.
    #[must_use]
    pub fn with_receipt(self, receipt: Sealed<Receipt>, cut_off: CutOff) -> Self {
        let book = self.book.with_receipt(&receipt.body, cut_off);
        Self { head: Some(receipt.head()), book, pending: Some(Issued::Receipt(Box::new(receipt))), ..self }
    }

    /// The series after an entry of its journal, which is pending until it is settled.
    #[must_use]
    pub fn with_entry(self, entry: Sealed<JournalEntry>) -> Self {
        Self { book: self.book.with_entry(&entry), pending: Some(Issued::Entry(Box::new(entry))), ..self }
    }

    /// The series once nothing is pending.
    #[must_use]
    pub fn settled(self) -> Self {
        Self { pending: None, ..self }
    }

    /// Opens the secret key.
    pub fn open(&self, key: &[u8; 32]) -> Result<SigningKey, WrongKey> {
        let bytes = BASE64.decode(self.sealed_key.as_bytes()).map_err(|_| WrongKey)?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE>().ok_or(WrongKey)?;
        let about = about(self.store, self.register, self.public_key);
        let payload = Payload { msg: ciphertext, aad: about.as_bytes() };
        let secret = cipher(key).decrypt(&XNonce::from(*nonce), payload).map_err(|_| WrongKey)?;
        Ok(SigningKey::from_bytes(secret.as_slice().try_into().map_err(|_| WrongKey)?))
    }
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key).into())
}

/// What the secret key is bound to, so that it opens nowhere else.
fn about(store: StoreNo, register: RegisterNo, public_key: PublicKey) -> String {
    format!("comptoir series {store}/{register} {public_key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> ServerSeries {
        ServerSeries::seal(StoreNo::FIRST, RegisterNo::FIRST, &[1; 32], &[2; 32], [3; NONCE]).unwrap()
    }

    #[test]
    fn only_its_key_opens_it_and_only_in_its_place() {
        assert_eq!(sealed().open(&[2; 32]).unwrap().to_bytes(), [1; 32]);
        assert_eq!(sealed().open(&[9; 32]).unwrap_err(), WrongKey);
        let moved = ServerSeries { register: RegisterNo::MAX, ..sealed() };
        assert_eq!(moved.open(&[2; 32]).unwrap_err(), WrongKey);
        let cut = ServerSeries { sealed_key: "AAAA".to_owned(), ..sealed() };
        assert_eq!(cut.open(&[2; 32]).unwrap_err(), WrongKey);
    }

    #[test]
    fn the_document_does_not_show_the_secret() {
        let json = serde_json::to_string(&sealed()).unwrap();
        assert!(!json.contains(&BASE64.encode(&[1; 32])), "{json}");
    }
}
