//! What to do with a record that was posted.

use shared::finding::FindingKind;
use shared::mutant::Mutant;
use std::collections::BTreeSet;

/// What to do with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// What it tells has happened, so it is taken, with whatever is wrong with it.
    Take(Vec<FindingKind>),
    /// No key that the store has enrolled signed it.
    Unsigned,
}

impl Verdict {
    /// Takes it with these flags, each once and in order.
    pub fn take(flags: impl IntoIterator<Item = FindingKind>) -> Self {
        Self::Take(BTreeSet::from_iter(flags).into_iter().collect())
    }

    /// Takes it with one more flag.
    pub fn flag(&mut self, flag: FindingKind) {
        if let Self::Take(flags) = self {
            flags.push(flag);
            flags.sort_unstable();
            flags.dedup();
        }
    }

    /// Whether fresher knowledge of store and catalogue could judge otherwise.
    pub fn may_be_outdated(&self) -> bool {
        match self {
            Self::Unsigned => !Mutant::StaleRefusal.is_on(),
            Self::Take(flags) => flags.iter().copied().any(is_doubtful),
        }
    }

    /// What stands whatever fresher knowledge would say; nothing of a signature that only it could confirm.
    pub fn beyond_doubt(self) -> Option<Self> {
        match self {
            Self::Unsigned => None,
            Self::Take(flags) => Some(Self::Take(flags.into_iter().filter(|flag| !is_doubtful(*flag)).collect())),
        }
    }
}

/// Whether a flag may come from not knowing what was enrolled, hired or priced since.
const fn is_doubtful(flag: FindingKind) -> bool {
    use FindingKind::{ForeignKey, UnapprovedPrice, UnknownProduct, UnknownSeller, WrongPrice};
    matches!(flag, ForeignKey | UnapprovedPrice | UnknownProduct | UnknownSeller | WrongPrice)
}
