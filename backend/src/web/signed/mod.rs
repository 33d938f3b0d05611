//! What tills sign and send: read, judged, and put into the log. The signature authenticates it, not a session.

mod intake;
mod known;
mod posted;
mod refunds;
mod signer;
mod verdict;

pub use intake::{Taken, admit, post};
pub use posted::Posted;
pub use signer::{Signer, signer};
pub use verdict::Verdict;

use super::cache::{Catalogue, StoreView};
use super::problem::Kind;
use serde::de::DeserializeOwned;
use shared::canonical::Canonical;
use shared::chain::Sealed;
use shared::event::Event;
use shared::ids::{EventId, ReceiptId, RegisterNo, SeriesLetter, StoreNo};
use shared::receipt::Receipt;
use shared::time::Timestamp;

/// A kind of record that tills sign and send.
pub trait Signed: Canonical + DeserializeOwned + Send + Sync + 'static {
    /// What several of them are called.
    const NAMES: &'static str;
    /// The problem of one that cannot be read.
    const UNREADABLE: Kind;

    /// Its id.
    fn id(&self) -> EventId;

    /// Its store.
    fn store(&self) -> StoreNo;

    /// The register and the series that it names.
    fn place(&self) -> (RegisterNo, &SeriesLetter);

    /// When it was signed, as it says.
    fn signed_at(&self) -> Timestamp;

    /// What it is called where somebody has to look for it, such as `Receipt 7 of series 1/1/A`.
    fn name(&self) -> String;

    /// Judges one that its store may have signed, by what is known of store and catalogue.
    fn judge(sealed: &Sealed<Self>, view: &StoreView, catalogue: &Catalogue) -> Verdict;

    /// The receipt that it gives back, and itself, where it is a refund.
    fn refund(&self) -> Option<(ReceiptId, &Receipt)> {
        None
    }

    /// The event that goes into the log.
    fn event(sealed: Sealed<Self>) -> Event;
}
