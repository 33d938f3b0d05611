//! One receipt on its way: whether it is to be sent, asked about, or looked at.

use super::Progress;
use crate::chain::Sealed;
use crate::ids::StoreNo;
use crate::mutant::Mutant;
use crate::notice::Saved;
use crate::receipt::Receipt;

/// After how long without *saved* a receipt is sent again, in milliseconds. A copy costs the server little, and makes
/// it say *saved* once more.
const RESEND_MS: i64 = 20_000;

/// A receipt in the outbox, and what is known of its way.
#[derive(Debug, Clone)]
pub(super) struct Parcel {
    pub(super) receipt: Sealed<Receipt>,
    pub(super) progress: Progress,
    /// When it was last sent.
    pub(super) posted_at: Option<i64>,
    /// When the server was asked whether it has it as it stands, once it was displaced.
    pub(super) asked_at: Option<i64>,
    /// Whether the store has other content under its id.
    pub(super) is_displaced: bool,
}

impl Parcel {
    /// Whether it is what a store says that it has saved.
    pub(super) fn is(&self, store: StoreNo, saved: &Saved) -> bool {
        let Receipt { id, register, series, number, .. } = &self.receipt.body;
        let is_there =
            (self.receipt.body.store, *id, *register, *number) == (store, saved.id, saved.register, saved.number);
        is_there && *series == saved.series && !saved.altered
    }

    /// Whether somebody has to look.
    pub(super) const fn is_in_trouble(&self) -> bool {
        self.is_displaced || matches!(self.progress, Progress::Refused(_))
    }

    /// Whether it is to be sent at `now`.
    pub(super) fn is_due(&self, now: i64) -> bool {
        if self.posted_at.is_some() && Mutant::NeverSentAgain.is_on() {
            return false;
        }
        let refused = matches!(self.progress, Progress::Refused(_));
        // What was displaced is for the store to see, once.
        !refused && self.posted_at.is_none_or(|at| !self.is_displaced && is_late(at, now))
    }

    /// Whether it is to be asked at `now` whether it is saved: the server has taken it, long ago.
    pub(super) fn is_doubtful(&self, now: i64) -> bool {
        let is_blind = Mutant::NeverSentAgain.is_on();
        let since = self.asked_at.or(self.posted_at);
        self.progress == Progress::InLog && !is_blind && since.is_none_or(|at| is_late(at, now))
    }
}

/// Whether that was long ago. A clock that was set back must not keep a receipt here.
const fn is_late(at: i64, now: i64) -> bool {
    now - at >= RESEND_MS || now < at
}
