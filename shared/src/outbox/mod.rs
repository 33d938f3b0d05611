//! A till's outbox: what waits to be saved, and what is to be sent next. Times come from outside.

mod pace;
mod parcel;
#[cfg(test)]
mod tests;

pub use pace::{Next, Pace};

use crate::api::problem::Problem;
use crate::api::receipts::{Named, Outcome};
use crate::chain::{Head, Sealed};
use crate::finding::FindingKind;
use crate::ids::{ReceiptId, ReceiptNo, SeriesId, Sku, StoreNo};
use crate::mutant::Mutant;
use crate::notice::Notice;
use crate::quantity::Quantity;
use crate::receipt::Receipt;
use crate::time::Timestamp;
use parcel::Parcel;
use std::collections::BTreeMap;

/// The most receipts in one request: some 300 kB, which a slow line carries well within the patience of a request.
const BATCH: usize = 100;

/// How far a receipt has got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It is on this till's disk.
    OnTill,
    /// It is in the server's log, durably.
    InLog,
    /// It is in the store for good.
    Saved,
    /// The server refuses it; it is kept here.
    Refused(Problem),
}

/// What the server said to a request with receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// What became of each of them, in the order of the request.
    Outcomes(Vec<Outcome>),
    /// A problem with the request as a whole.
    Problem {
        /// What it says.
        problem: Box<Problem>,
        /// After how many seconds it may be asked again.
        retry_after: Option<u32>,
    },
    /// Nothing that can be understood: whether it took them is not known.
    Unknown,
}

/// The longest wait that a server can ask for, in seconds.
const LONGEST_WAIT: u32 = 60;

/// The receipts that are not known to be saved, series by series in the order of their issue.
#[derive(Debug, Clone)]
pub struct Queue {
    parcels: Vec<Parcel>,
    /// Texts on disk that this version cannot read; they stay there.
    unreadable: usize,
    batch: usize,
}

impl Default for Queue {
    fn default() -> Self {
        Self { parcels: Vec::new(), unreadable: 0, batch: BATCH }
    }
}

impl Queue {
    /// Takes up what the disk holds.
    pub fn of_texts(texts: &[String]) -> Self {
        let mut queue = Self::default();
        for text in texts {
            match serde_json::from_str(text) {
                Ok(receipt) => queue.add(receipt),
                Err(_) => queue.unreadable += 1,
            }
        }
        queue
    }

    /// Adds a receipt that was just issued.
    pub fn add(&mut self, receipt: Sealed<Receipt>) {
        self.parcels.push(Parcel {
            receipt,
            progress: Progress::OnTill,
            posted_at: None,
            asked_at: None,
            is_displaced: false,
        });
    }

    /// What to send at `now`, in milliseconds of any clock: what was never sent, and what was sent long ago.
    pub fn batch(&self, now: i64) -> impl Iterator<Item = &Sealed<Receipt>> {
        self.parcels.iter().filter(move |parcel| parcel.is_due(now)).take(self.batch).map(|parcel| &parcel.receipt)
    }

    /// Notes what the server said to a request at `now`.
    ///
    /// # Errors
    ///
    /// The same is to be sent again, after so many milliseconds at least.
    pub fn answered(&mut self, sent: &[ReceiptId], answer: Answer, now: i64) -> Result<(), u32> {
        match answer {
            Answer::Outcomes(outcomes) => self.posted(sent, outcomes, now),
            Answer::Problem { problem, .. } if is_final(problem.status) => self.refused_whole(sent, &problem),
            Answer::Problem { retry_after, .. } => return Err(retry_after.unwrap_or(0).min(LONGEST_WAIT) * 1000),
            Answer::Unknown => return Err(0),
        }
        Ok(())
    }

    /// Notes what became of a batch.
    fn posted(&mut self, sent: &[ReceiptId], outcomes: Vec<Outcome>, now: i64) {
        self.batch = BATCH;
        for (&id, outcome) in sent.iter().zip(outcomes) {
            if let Some(parcel) = self.find(id) {
                parcel.posted_at = Some(now);
                parcel.progress = match outcome {
                    Outcome::Accepted { .. } => Progress::InLog,
                    Outcome::Refused { problem, .. } => Progress::Refused(problem),
                };
            }
        }
    }

    /// Notes that the server refused a request as a whole: with one receipt in it that is the culprit, with more it is
    /// found by sending fewer.
    fn refused_whole(&mut self, sent: &[ReceiptId], problem: &Problem) {
        match sent {
            [id] => {
                if let Some(parcel) = self.find(*id) {
                    parcel.progress = Progress::Refused(problem.clone());
                }
            }
            _ => self.batch = (sent.len() / 2).max(1),
        }
    }

    /// Forgets when receipts were sent, so that all are due again but what was displaced.
    pub fn forget_posts(&mut self) {
        if Mutant::NeverSentAgain.is_on() {
            return;
        }
        for parcel in self.parcels.iter_mut().filter(|parcel| !parcel.is_displaced) {
            parcel.posted_at = None;
        }
    }

    /// Hears what a store has saved: lets go of that, and gives what was here. A receipt stays whose id the store has with
    /// another register, series or number, or with other content.
    pub fn hear(&mut self, notice: &Notice) -> Vec<Receipt> {
        let is_gone = |parcel: &mut Parcel| notice.saved.iter().any(|saved| parcel.is(notice.store, saved));
        let gone = self.parcels.extract_if(.., is_gone).map(|parcel| parcel.receipt.body).collect();
        for parcel in &mut self.parcels {
            parcel.is_displaced |= takes_place_of(notice, parcel.receipt.body.id);
        }
        gone
    }

    /// Lets go of receipts that are saved as they stand here, and gives those that were here.
    pub fn let_go(&mut self, ids: &[ReceiptId]) -> Vec<Receipt> {
        let is_gone = |parcel: &mut Parcel| ids.contains(&parcel.receipt.body.id);
        self.parcels.extract_if(.., is_gone).map(|parcel| parcel.receipt.body).collect()
    }

    /// The number of a receipt that is here.
    pub fn number(&self, id: ReceiptId) -> Option<ReceiptNo> {
        let parcel = self.parcels.iter().find(|parcel| parcel.receipt.body.id == id);
        parcel.map(|parcel| parcel.receipt.body.number)
    }

    /// Whether a notice speaks of a receipt that is here.
    pub fn is_concerned(&self, notice: &Notice) -> bool {
        self.parcels.iter().any(|parcel| takes_place_of(notice, parcel.receipt.body.id))
    }

    /// How far a receipt has got; what is not here is saved.
    pub fn progress(&self, id: ReceiptId) -> Progress {
        let parcel = self.parcels.iter().find(|parcel| parcel.receipt.body.id == id);
        parcel.map_or(Progress::Saved, |parcel| parcel.progress.clone())
    }

    /// How many receipts are not known to be saved.
    pub fn waiting(&self) -> usize {
        self.parcels.len() + self.unreadable
    }

    /// How many were refused or displaced, or cannot be read: somebody has to look.
    pub fn refused(&self) -> usize {
        self.unreadable + self.parcels.iter().filter(|parcel| parcel.is_in_trouble()).count()
    }

    /// The first receipt whose id the store has with other content.
    pub fn displaced(&self) -> Option<ReceiptNo> {
        self.parcels.iter().find(|parcel| parcel.is_displaced).map(|parcel| parcel.receipt.body.number)
    }

    /// The first receipt that the server refuses, and why.
    pub fn refusal(&self) -> Option<(ReceiptNo, Problem)> {
        self.parcels.iter().find_map(|parcel| match &parcel.progress {
            Progress::Refused(problem) => Some((parcel.receipt.body.number, problem.clone())),
            _ => None,
        })
    }

    /// Those that the server has taken once, long ago: it is asked whether they are saved before they go out a second time. What was
    /// displaced is asked about too, since it may be the copy that came later.
    pub fn doubtful(&mut self, now: i64, most: usize) -> Vec<Named> {
        let doubtful = self.parcels.iter_mut().filter(|parcel| parcel.is_doubtful(now));
        let named = |parcel: &mut Parcel| {
            // The others are asked about each time that they are due.
            parcel.asked_at = parcel.is_displaced.then_some(now);
            Named { id: parcel.receipt.body.id, hash: parcel.receipt.hash }
        };
        doubtful.take(most).map(named).collect()
    }

    /// The last of a series.
    pub fn last_of(&self, series: &SeriesId) -> Option<Head> {
        let heads = self.parcels.iter().filter(|parcel| parcel.receipt.body.series_id() == *series);
        heads.map(|parcel| parcel.receipt.head()).max_by_key(|head| head.number)
    }

    /// When the oldest of them was issued.
    pub fn oldest(&self) -> Option<Timestamp> {
        self.parcels.iter().map(|parcel| parcel.receipt.body.issued_at.timestamp()).min()
    }

    /// How much of each product those of a store hold.
    pub fn quantities(&self, store: StoreNo) -> BTreeMap<Sku, Quantity> {
        let mut quantities = BTreeMap::<Sku, Quantity>::new();
        let receipts = self.parcels.iter().map(|parcel| &parcel.receipt.body).filter(|body| body.store == store);
        for line in receipts.flat_map(|body| &body.lines) {
            let sum = quantities.entry(line.sku.clone()).or_default();
            *sum = sum.saturating_plus(line.quantity);
        }
        quantities
    }

    fn find(&mut self, id: ReceiptId) -> Option<&mut Parcel> {
        self.parcels.iter_mut().find(|parcel| parcel.receipt.body.id == id)
    }
}

/// Whether a notice says that the store has a receipt by this id, or has got other content under it.
fn takes_place_of(notice: &Notice, id: ReceiptId) -> bool {
    let differs = |kind| kind == FindingKind::CopyDiffers;
    notice.saved.iter().any(|saved| saved.id == id)
        || notice.findings.iter().any(|finding| differs(finding.kind) && finding.event == Some(id.into()))
}

/// Whether asking again with the same would get the same: what the client did wrong, but for "too many" and time-outs.
pub const fn is_final(status: u16) -> bool {
    matches!(status, 400..=499) && !matches!(status, 401 | 403 | 404 | 408 | 425 | 429)
}
