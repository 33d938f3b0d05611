//! What the server said last, in its own words, for when it cannot be asked; and the last receipt of each register.

use super::request::{done, finished};
use super::{Db, DbError, KEPT, write};
use shared::ids::{RegisterNo, SellerNo, StoreNo};
use std::fmt;

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The stores with their registers and staff.
    Stores,
    /// Who is signed in.
    Session,
    /// How a seller's PIN is recognised.
    Verifier(StoreNo, SellerNo),
    /// What a store has in stock.
    Stock(StoreNo),
    /// The receipt that a register has issued last in this browser.
    Last(StoreNo, RegisterNo),
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stores => f.write_str("stores"),
            Self::Session => f.write_str("session"),
            Self::Verifier(store, seller) => write!(f, "verifier/{store}/{seller}"),
            Self::Stock(store) => write!(f, "stock/{store}"),
            Self::Last(store, register) => write!(f, "last/{store}/{register}"),
        }
    }
}

/// Keeps a text in the place of what was there.
pub async fn keep(db: &Db, name: Name, text: &str) -> Result<(), DbError> {
    let transaction = write(db, KEPT)?;
    transaction.object_store(KEPT)?.put_with_key(&text.into(), &name.to_string().into())?;
    finished(&transaction).await
}

/// What is kept; nothing where it never was.
pub async fn kept(db: &Db, name: Name) -> Result<Option<String>, DbError> {
    let transaction = db.0.transaction_with_str(KEPT)?;
    let found = done(&transaction.object_store(KEPT)?.get(&name.to_string().into())?).await?;
    Ok(found.as_string())
}
