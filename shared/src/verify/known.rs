//! What whoever verifies knows from elsewhere: only that shows an export that was made up by somebody with keys of their own, or
//! whose end was cut off and sealed anew.

use super::{Chain, Fault, Finding};
use crate::chain::{Head, PublicKey};
use crate::ids::SeriesId;
use std::collections::BTreeSet;
use std::str::FromStr;

/// It.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The keys that may sign; any where there are none.
    pub keys: BTreeSet<PublicKey>,
    /// Receipts with which series ended at some time.
    pub heads: Vec<KnownHead>,
    /// Entries with which their journals did.
    pub journals: Vec<KnownHead>,
}

/// The record with which a chain has ended at some time. As a text: its series, number and hash with a colon between, such as
/// `1/2/A:1204:` and 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownHead {
    /// The series.
    pub series: SeriesId,
    /// The number and the hash.
    pub head: Head,
}

/// A text is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a known end is a series, a number and a hash, such as 1/2/A:1204:9f86d081…")]
pub struct NoHead;

impl FromStr for KnownHead {
    type Err = NoHead;

    fn from_str(text: &str) -> Result<Self, NoHead> {
        let (series, rest) = text.split_once(':').ok_or(NoHead)?;
        let (number, hash) = rest.split_once(':').ok_or(NoHead)?;
        let number = number.parse().ok().filter(|number| *number > 0).ok_or(NoHead)?;
        let hash = hash.parse().map_err(|_| NoHead)?;
        Ok(Self { series: series_of(series).ok_or(NoHead)?, head: Head { number, hash } })
    }
}

fn series_of(text: &str) -> Option<SeriesId> {
    let mut parts = text.split('/');
    let mut part = || parts.next();
    let (store, register, letter) = (part()?.parse().ok()?, part()?.parse().ok()?, part()?.parse().ok()?);
    part().is_none().then_some(SeriesId { store, register, letter })
}

impl Known {
    /// Whether a series may be signed by a key.
    pub(super) fn may_sign(&self, key: &PublicKey) -> bool {
        self.keys.is_empty() || self.keys.contains(key)
    }

    /// A record is there.
    pub(super) fn meet(&mut self, chain: Chain, series: &SeriesId, head: Head) {
        let heads = match chain {
            Chain::Receipts => &mut self.heads,
            Chain::Journal => &mut self.journals,
        };
        heads.retain(|known| known.head != head || known.series != *series);
    }

    /// What was not there.
    pub(super) fn missing(self) -> impl Iterator<Item = Finding> {
        let of = |chain: Chain, heads: Vec<KnownHead>| {
            heads.into_iter().map(move |KnownHead { series, head }| Finding {
                series,
                chain,
                number: head.number,
                fault: Fault::OtherHead,
            })
        };
        of(Chain::Receipts, self.heads).chain(of(Chain::Journal, self.journals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Hash;

    #[test]
    fn a_known_end_is_read_as_it_is_printed() {
        let hash = Hash::of(b"receipt");
        let known: KnownHead = format!("1/2/A:1204:{hash}").parse().unwrap();
        assert_eq!((known.series.to_string(), known.head), ("1/2/A".to_owned(), Head { number: 1204, hash }));
        for none in ["", "1/2/A", "1/2/A:1204", "1/2:1:", "1/2/A:0:", "1/2/A/3:1:", "1/2/a:1:", "x/2/A:1:"] {
            assert_eq!(format!("{none}{hash}").parse::<KnownHead>(), Err(NoHead), "{none}");
        }
        assert_eq!("1/2/A:1204:9f86".parse::<KnownHead>(), Err(NoHead));
    }
}
