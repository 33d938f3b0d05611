//! Which invariant has to catch which deliberate bug: another one that does so by chance would hide that the right one is blind.

use super::invariants::Invariant;
use shared::mutant::Mutant;

/// The invariants that say what is wrong with a bug.
pub const fn due(mutant: Mutant) -> &'static [Invariant] {
    match mutant {
        Mutant::AcknowledgedBeforeLog => &[Invariant::AcceptedIsInTheLog],
        Mutant::AlertOnEverySaleBelow | Mutant::AlertStaysOpen | Mutant::ThresholdIsLow => {
            &[Invariant::OneAlertPerCrossing]
        }
        Mutant::AnyKeyIsGood => {
            &[Invariant::OnlyWhatWasSignedIsTaken, Invariant::ForgedAndForkedIsFlaggedAndNothingElse]
        }
        Mutant::BackwardCheckpoint => &[
            Invariant::ForgedAndForkedIsFlaggedAndNothingElse,
            Invariant::NoticesTellWhatIsSo,
            Invariant::OneAlertPerCrossing,
        ],
        Mutant::ChangeKept | Mutant::HoursStandStill | Mutant::RoundingDropped => &[Invariant::TotalsAreSums],
        Mutant::CheckpointUntold => &[Invariant::EverythingIsTold, Invariant::ToldBeforeCommitted],
        Mutant::CommitBeforeDocuments => &[Invariant::WrittenBeforeCommitted],
        Mutant::CommitBeforeSave | Mutant::LettersDropped => &[Invariant::SavedBeforeCommitted],
        Mutant::CopiesFindAgain => &[Invariant::NothingElseIsTold],
        Mutant::AlteredUntold
        | Mutant::CopyCounts
        | Mutant::CountIgnoresItsTime
        | Mutant::CutOffIgnored
        | Mutant::DaysNotLoaded
        | Mutant::DeliveryLowersPar
        | Mutant::GapStaysOpen
        | Mutant::ProjectionWithoutFence
        | Mutant::RedeliveryIsACopy
        | Mutant::TrainingCounts
        | Mutant::TransferOutAdds => &[Invariant::NoticesTellWhatIsSo],
        Mutant::DaysUntold | Mutant::LevelsUntold | Mutant::SeriesUntold => &[Invariant::EverythingIsTold],
        Mutant::DedupeByNumber => &[Invariant::NoticesTellWhatIsSo, Invariant::StockIsExact, Invariant::TotalsAreSums],
        Mutant::FlagsDropped
        | Mutant::ForeignKeyPasses
        | Mutant::ForksPass
        | Mutant::LinkForgotten
        | Mutant::LinksUnchecked
        | Mutant::ReplacedKeyPasses
        | Mutant::StrangersSell => &[Invariant::ForgedAndForkedIsFlaggedAndNothingElse],
        Mutant::ForgottenOnceAccepted => &[Invariant::TillKeepsWhatIsNotSaved],
        Mutant::LedgerNeverLetsGo | Mutant::RequestsStayInside | Mutant::RingNeverForgets => {
            &[Invariant::MemoryIsBounded]
        }
        Mutant::EnrolmentNamesNobody => &[Invariant::SeriesFollowOneAnother],
        Mutant::NeverRefreshed => &[Invariant::PagesShowWhatIsStored],
        Mutant::NeverSentAgain | Mutant::OutageRefuses | Mutant::StaleRefusal => &[Invariant::EverythingSettles],
        Mutant::NoticeBeforeSave => &[Invariant::SavedBeforeTold],
        Mutant::OneNoticePerBatch => &[Invariant::ToldBeforeCommitted, Invariant::EverythingIsTold],
        Mutant::PanicsAtRubbish => &[Invariant::NothingPanics],
        Mutant::PictureForgetsSales | Mutant::PictureKeepsAlerts => &[Invariant::PagesShowWhatTheyAreTold],
        Mutant::PictureLacksAlerts => &[Invariant::PicturesAreTrue],
        Mutant::PictureTakesOldNotices => &[Invariant::PagesNeverGoBack],
        Mutant::RefundNotNoted => &[Invariant::RefundsAreNoted],
        Mutant::ReservationsIgnored => &[Invariant::NoMoreComesBackThanWasBought],
        Mutant::RingNotFolded => &[Invariant::PagesMissNothingThatTheirTierKnows],
    }
}
