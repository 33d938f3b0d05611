//! Deliberate bugs, one at a time, for holding the simulation against: a model that is too kind proves nothing.
//!
//! They exist only with the feature `mutants`, which no program that anybody installs has: tests and benches of the server ask
//! for it, and so does whatever Cargo compiles together with them. There no bug is on unless a thread switches it on. Without
//! the feature every question is `false` at compile time, and the bug is not in the program.

/// One bug. Its place in the code is where [`Mutant::is_on`] is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mutant {
    /// The intake answers before the log has confirmed.
    AcknowledgedBeforeLog,
    /// Every sale of a product that runs low raises an alert.
    AlertOnEverySaleBelow,
    /// An alert stays open when there is enough again.
    AlertStaysOpen,
    /// A notice does not say that what is saved is not what was signed.
    AlteredUntold,
    /// The intake takes what no enrolled key has signed.
    AnyKeyIsGood,
    /// Documents are written before the findings and alerts that they follow from.
    BackwardCheckpoint,
    /// Change counts as taken.
    ChangeKept,
    /// A checkpoint holds what nobody was told of yet.
    CheckpointUntold,
    /// The position is committed before the documents are written.
    CommitBeforeDocuments,
    /// The position is committed before the records are saved.
    CommitBeforeSave,
    /// What was wrong with a receipt is told once more of each copy.
    CopiesFindAgain,
    /// A copy counts once more.
    CopyCounts,
    /// A sale counts although a later count has seen it.
    CountIgnoresItsTime,
    /// Business days begin at midnight whatever the settings say.
    CutOffIgnored,
    /// A saver that takes over begins the days anew.
    DaysNotLoaded,
    /// Nobody is told what a day has come to.
    DaysUntold,
    /// A second receipt of one number is taken for a copy.
    DedupeByNumber,
    /// A delivery lowers what a full shelf holds.
    DeliveryLowersPar,
    /// A series does not say how the one before it has ended.
    EnrolmentNamesNobody,
    /// What the intake found is not kept with the record.
    FlagsDropped,
    /// Another series' key is as good as the one that is named.
    ForeignKeyPasses,
    /// A till lets go, on its disk too, of what is in the log and not saved.
    ForgottenOnceAccepted,
    /// Nobody is told of a second receipt under one number.
    ForksPass,
    /// A gap that has filled is told on and on.
    GapStaysOpen,
    /// No hour has takings.
    HoursStandStill,
    /// A ledger keeps in memory whatever it has met.
    LedgerNeverLetsGo,
    /// What cannot be read is passed over.
    LettersDropped,
    /// Nobody is told what is on hand.
    LevelsUntold,
    /// A receipt does not name the one before.
    LinkForgotten,
    /// The link to the receipt before is not checked.
    LinksUnchecked,
    /// A page that has missed a notice is never put right.
    NeverRefreshed,
    /// A till does not send again what it has sent once.
    NeverSentAgain,
    /// The pages are told before the records are saved.
    NoticeBeforeSave,
    /// Of several stores in a batch one is told.
    OneNoticePerBatch,
    /// The intake refuses for good what it cannot look up.
    OutageRefuses,
    /// What cannot be read ends the task that meets it.
    PanicsAtRubbish,
    /// A page does not list what is sold.
    PictureForgetsSales,
    /// A page does not close an alert.
    PictureKeepsAlerts,
    /// A snapshot lacks the open alerts.
    PictureLacksAlerts,
    /// A page takes a notice that is behind what it shows.
    PictureTakesOldNotices,
    /// A document takes a record that it reflects already.
    ProjectionWithoutFence,
    /// A record that is delivered a second time is taken for a copy.
    RedeliveryIsACopy,
    /// A saver does not note what a refund has given back.
    RefundNotNoted,
    /// A key that was replaced is as good as one that was not.
    ReplacedKeyPasses,
    /// A request that is over takes some of the room all the same.
    RequestsStayInside,
    /// What is reserved for one refund is there for others, too.
    ReservationsIgnored,
    /// A web tier remembers every notice.
    RingNeverForgets,
    /// A snapshot lacks the notices that the store does not reflect yet.
    RingNotFolded,
    /// What rounding adds to what is paid is not summed up.
    RoundingDropped,
    /// Nobody is told which numbers are saved.
    SeriesUntold,
    /// The intake refuses by what it knew seconds ago.
    StaleRefusal,
    /// Anybody may sell.
    StrangersSell,
    /// Exactly the threshold is low.
    ThresholdIsLow,
    /// A training store's totals hold real receipts, and the other way round.
    TrainingCounts,
    /// Goods that leave for another store are added.
    TransferOutAdds,
}

impl Mutant {
    /// Every bug.
    pub const ALL: [Self; 55] = [
        Self::AcknowledgedBeforeLog,
        Self::AlertOnEverySaleBelow,
        Self::AlertStaysOpen,
        Self::AlteredUntold,
        Self::AnyKeyIsGood,
        Self::BackwardCheckpoint,
        Self::ChangeKept,
        Self::CheckpointUntold,
        Self::CommitBeforeDocuments,
        Self::CommitBeforeSave,
        Self::CopiesFindAgain,
        Self::CopyCounts,
        Self::CountIgnoresItsTime,
        Self::CutOffIgnored,
        Self::DaysNotLoaded,
        Self::DaysUntold,
        Self::DedupeByNumber,
        Self::DeliveryLowersPar,
        Self::EnrolmentNamesNobody,
        Self::FlagsDropped,
        Self::ForeignKeyPasses,
        Self::ForgottenOnceAccepted,
        Self::ForksPass,
        Self::GapStaysOpen,
        Self::HoursStandStill,
        Self::LedgerNeverLetsGo,
        Self::LettersDropped,
        Self::LevelsUntold,
        Self::LinkForgotten,
        Self::LinksUnchecked,
        Self::NeverRefreshed,
        Self::NeverSentAgain,
        Self::NoticeBeforeSave,
        Self::OneNoticePerBatch,
        Self::OutageRefuses,
        Self::PanicsAtRubbish,
        Self::PictureForgetsSales,
        Self::PictureKeepsAlerts,
        Self::PictureLacksAlerts,
        Self::PictureTakesOldNotices,
        Self::ProjectionWithoutFence,
        Self::RedeliveryIsACopy,
        Self::RefundNotNoted,
        Self::ReplacedKeyPasses,
        Self::RequestsStayInside,
        Self::ReservationsIgnored,
        Self::RingNeverForgets,
        Self::RingNotFolded,
        Self::RoundingDropped,
        Self::SeriesUntold,
        Self::StaleRefusal,
        Self::StrangersSell,
        Self::ThresholdIsLow,
        Self::TrainingCounts,
        Self::TransferOutAdds,
    ];
}

#[cfg(not(feature = "mutants"))]
impl Mutant {
    /// Whether the program has this bug: never.
    pub const fn is_on(self) -> bool {
        false
    }
}

#[cfg(feature = "mutants")]
mod switch {
    use super::Mutant;
    use std::cell::Cell;

    thread_local! {
        static ON: Cell<Option<Mutant>> = const { Cell::new(None) };
    }

    impl Mutant {
        /// Whether the program has this bug on this thread.
        pub fn is_on(self) -> bool {
            ON.get() == Some(self)
        }

        /// Gives this thread one bug, or none.
        pub fn switch_on(mutant: Option<Self>) {
            ON.set(mutant);
        }
    }
}
