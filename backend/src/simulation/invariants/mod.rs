//! What has to hold whatever happens.

mod during;
mod end;
mod enrolled;
mod memory;
mod notice;
mod pages;
mod picture;
mod refunds;
mod told;

pub use end::judge;
pub use enrolled::Ends;
pub use pages::pages_agree;
pub use picture::pictures_are_true;

use std::fmt;

/// What has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invariant {
    AcceptedIsInTheLog,
    AcceptedIsSavedOnce,
    OnlyWhatWasSignedIsTaken,
    ForgedAndForkedIsFlaggedAndNothingElse,
    SavedBeforeTold,
    ToldBeforeCommitted,
    SavedBeforeCommitted,
    WrittenBeforeCommitted,
    NoticesTellWhatIsSo,
    EverythingIsTold,
    NothingElseIsTold,
    StockIsExact,
    OneAlertPerCrossing,
    SeriesAreWhole,
    SeriesFollowOneAnother,
    TotalsAreSums,
    NoMoreComesBackThanWasBought,
    RefundsAreNoted,
    SettingsAreKept,
    UnreadableIsPutAside,
    TillKeepsWhatIsNotSaved,
    PagesShowWhatIsStored,
    PicturesAreTrue,
    PagesNeverGoBack,
    PagesShowWhatTheyAreTold,
    PagesMissNothingThatTheirTierKnows,
    MemoryIsBounded,
    EverythingSettles,
    NothingPanics,
}

/// It did not hold.
#[derive(Debug, Clone)]
pub struct Violation {
    pub invariant: Invariant,
    pub detail: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.invariant, self.detail)
    }
}

/// What a check says.
pub type Held = Result<(), Violation>;

/// Says that an invariant held, or in which way it did not.
pub fn must(invariant: Invariant, holds: bool, detail: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(Violation { invariant, detail: detail() }) }
}
