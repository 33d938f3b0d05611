//! A till's outbox: what waits to be saved, and what is to be sent next. Times come from outside.

use crate::api::problem::Problem;
use crate::api::receipts::{Named, Outcome};
use crate::chain::{Head, Sealed};
use crate::finding::FindingKind;
use crate::ids::{ReceiptId, ReceiptNo, SeriesId, Sku, StoreNo};
use crate::mutant::Mutant;
use crate::notice::{Notice, Saved};
use crate::quantity::Quantity;
use crate::receipt::Receipt;
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// After how long without *saved* a receipt is sent again, in milliseconds. A copy costs the server little, and makes
/// it say *saved* once more.
const RESEND_MS: i64 = 20_000;
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

#[derive(Debug, Clone)]
struct Parcel {
    receipt: Sealed<Receipt>,
    progress: Progress,
    posted_at: Option<i64>,
    /// When the server was asked whether it has it as it stands, once it was displaced.
    asked_at: Option<i64>,
    /// Whether the store has other content under its id.
    is_displaced: bool,
}

impl Parcel {
    /// Whether it is what a store says that it has saved.
    fn is(&self, store: StoreNo, saved: &Saved) -> bool {
        let Receipt { id, register, series, number, .. } = &self.receipt.body;
        let is_there =
            (self.receipt.body.store, *id, *register, *number) == (store, saved.id, saved.register, saved.number);
        is_there && *series == saved.series && !saved.altered
    }

    /// Whether somebody has to look.
    const fn is_in_trouble(&self) -> bool {
        self.is_displaced || matches!(self.progress, Progress::Refused(_))
    }

    /// Whether it is to be sent at `now`.
    fn is_due(&self, now: i64) -> bool {
        if self.posted_at.is_some() && Mutant::NeverSentAgain.is_on() {
            return false;
        }
        let refused = matches!(self.progress, Progress::Refused(_));
        // What was displaced is for the store to see, once.
        !refused && self.posted_at.is_none_or(|at| !self.is_displaced && is_late(at, now))
    }

    /// Whether it is to be asked at `now` whether it is saved: the server has taken it, long ago.
    fn is_doubtful(&self, now: i64) -> bool {
        let is_blind = Mutant::NeverSentAgain.is_on();
        let since = self.asked_at.or(self.posted_at);
        self.progress == Progress::InLog && !is_blind && since.is_none_or(|at| is_late(at, now))
    }
}

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

/// Whether that was long ago. A clock that was set back must not keep a receipt here.
const fn is_late(at: i64, now: i64) -> bool {
    now - at >= RESEND_MS || now < at
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical::Canonical;
    use crate::chain::Signature;
    use crate::finding::Finding;
    use crate::position::Position;
    use crate::receipt::tests::sample;

    /// A receipt of one piece with a number of its own and a signature of zeros.
    fn sealed(number: u64) -> Sealed<Receipt> {
        let id = ReceiptId::mint(number, &[7; 10]);
        let body = Receipt { id, number: number.try_into().unwrap(), ..sample("milk", 100, 1_000) };
        Sealed { hash: body.digest(), body, signature: Signature::from_bytes([0; 64]) }
    }

    fn problem() -> Problem {
        serde_json::from_str(r#"{"type":"/p","title":"","status":422,"detail":"","safe":"","remedy":""}"#).unwrap()
    }

    fn queue(count: u64) -> (Queue, Vec<ReceiptId>) {
        let mut queue = Queue::of_texts(&[]);
        let ids = (1..=count).map(sealed).map(|receipt| {
            let id = receipt.body.id;
            queue.add(receipt);
            id
        });
        let ids = ids.collect();
        (queue, ids)
    }

    fn due(queue: &Queue, now: i64) -> Vec<ReceiptId> {
        queue.batch(now).map(|receipt| receipt.body.id).collect()
    }

    fn accepted(ids: &[ReceiptId]) -> Vec<Outcome> {
        ids.iter().map(|&id| Outcome::Accepted { id: id.into(), flags: vec![] }).collect()
    }

    #[test]
    fn receipts_go_out_in_order_and_again_until_they_are_saved() {
        let (mut queue, ids) = queue(3);
        assert_eq!(due(&queue, 0), ids);
        queue.posted(&ids, accepted(&ids), 1_000);
        assert_eq!(queue.progress(ids[0]), Progress::InLog);
        assert_eq!(due(&queue, 20_999), []);
        assert_eq!(queue.let_go(&ids[..1]).len(), 1);
        assert_eq!(due(&queue, 21_000), ids[1..]);
        assert_eq!(queue.progress(ids[0]), Progress::Saved);
    }

    fn notice() -> Notice {
        let none = r#"{"store":1,"position":{"epoch":0,"offset":1},"saved_at":"2026-11-23T13:32:07Z","backlog":0}"#;
        serde_json::from_str(none).unwrap()
    }

    fn saved(number: u64) -> Saved {
        let Receipt { id, register, series, number, seller, total, .. } = sealed(number).body;
        Saved {
            id,
            register,
            series,
            number,
            seller,
            total,
            accepted_at: Timestamp::UNIX_EPOCH,
            again: false,
            altered: false,
        }
    }

    #[test]
    fn only_what_is_saved_in_its_own_place_is_let_go_of() {
        let (mut queue, ids) = queue(3);
        queue.posted(&ids[..2], accepted(&ids[..2]), 0);
        let mut notice = notice();
        notice.saved = vec![
            Saved { number: 9.try_into().unwrap(), ..saved(1) },
            Saved { series: "Z".parse().unwrap(), ..saved(2) },
            Saved { register: 9.try_into().unwrap(), ..saved(3) },
        ];
        assert!(queue.is_concerned(&notice));
        assert_eq!(queue.hear(&notice), []);
        assert_eq!((queue.waiting(), queue.refused(), queue.displaced().map(ReceiptNo::get)), (3, 3, Some(1)));
        queue.forget_posts();
        assert_eq!(due(&queue, 99_999), ids[2..], "the store sees it once");
        notice.store = StoreNo::MAX;
        notice.saved = vec![saved(1)];
        assert_eq!(queue.hear(&notice), [], "another store's");
        notice.store = StoreNo::FIRST;
        notice.saved = vec![Saved { altered: true, ..saved(1) }];
        assert_eq!(queue.hear(&notice), [], "not as it was signed");
        notice.saved = vec![saved(1), saved(7)];
        assert_eq!(queue.hear(&notice).iter().map(|body| body.id).collect::<Vec<_>>(), ids[..1]);
        notice.saved = vec![];
        assert!(!queue.is_concerned(&notice));
    }

    #[test]
    fn a_receipt_whose_id_the_store_has_with_other_content_is_a_trouble_until_it_is_saved() {
        let (mut queue, ids) = queue(2);
        queue.posted(&ids[1..], accepted(&ids[1..]), 0);
        let mut notice = notice();
        notice.findings = vec![Finding {
            store: StoreNo::FIRST,
            position: Position::default(),
            kind: FindingKind::CopyDiffers,
            event: Some(ids[1].into()),
            journal: false,
            detail: String::new(),
            at: Timestamp::UNIX_EPOCH,
        }];
        assert_eq!((queue.hear(&notice), queue.refused()), (vec![], 1));
        assert_eq!(queue.displaced().map(ReceiptNo::get), Some(2));
        let mut asked = |now| queue.doubtful(now, 9).iter().map(|named| named.id).collect::<Vec<_>>();
        assert_eq!((asked(20_000), asked(20_001), asked(40_000)), (ids[1..].to_vec(), vec![], ids[1..].to_vec()));
        assert_eq!(queue.let_go(&ids[1..]).len(), 1, "it was its copy that differed");
        assert_eq!((queue.refused(), queue.displaced()), (0, None));
    }

    #[test]
    fn after_a_cut_or_a_clock_set_back_all_are_due() {
        let (mut queue, ids) = queue(2);
        queue.posted(&ids, accepted(&ids), 1_000);
        assert_eq!(due(&queue, 500), ids);
        queue.forget_posts();
        assert_eq!(due(&queue, 1_001), ids);
    }

    #[test]
    fn a_refused_receipt_is_kept_and_not_sent_again() {
        let (mut queue, ids) = queue(2);
        let refused = Outcome::Refused { id: Some(ids[0].into()), problem: problem() };
        queue.posted(&ids, vec![refused, Outcome::Accepted { id: ids[1].into(), flags: vec![] }], 0);
        assert_eq!((queue.waiting(), queue.refused()), (2, 1));
        assert_eq!(queue.refusal().map(|(number, _)| number.get()), Some(1));
        assert_eq!(due(&queue, 99_999), ids[1..]);
    }

    #[test]
    fn one_bad_receipt_in_a_batch_does_not_hold_up_the_others() {
        let (mut queue, ids) = queue(4);
        for _ in 0..10 {
            let sent = due(&queue, 0);
            if sent.is_empty() {
                break;
            }
            if sent.contains(&ids[2]) {
                queue.refused_whole(&sent, &problem());
            } else {
                queue.posted(&sent, accepted(&sent), 0);
            }
        }
        assert_eq!(queue.refused(), 1);
        assert!(ids.iter().all(|&id| (id == ids[2]) != (queue.progress(id) == Progress::InLog)));
    }

    #[test]
    fn what_the_server_cannot_take_now_goes_out_again_after_the_wait_that_it_asked_for() {
        let (mut queue, ids) = queue(2);
        let busy =
            |status, retry_after| Answer::Problem { problem: Box::new(Problem { status, ..problem() }), retry_after };
        let waits = [(busy(503, Some(2)), 2_000), (busy(429, Some(3_600)), 60_000), (busy(401, None), 0)];
        for (answer, wait) in waits.into_iter().chain([(Answer::Unknown, 0)]) {
            assert_eq!(queue.answered(&ids, answer, 0), Err(wait));
            assert_eq!(due(&queue, 0), ids);
        }
        assert_eq!(queue.answered(&ids[..1], busy(413, Some(9)), 0), Ok(()));
        assert_eq!(queue.refused(), 1);
    }

    #[test]
    fn what_cannot_be_read_is_counted_and_kept() {
        let queue = Queue::of_texts(&["{".to_owned(), serde_json::to_string(&sealed(1)).unwrap()]);
        assert_eq!((queue.waiting(), queue.refused()), (2, 1));
    }

    #[test]
    fn quantities_are_summed_over_all_that_waits() {
        let (queue, _) = queue(3);
        assert_eq!(queue.last_of(&sealed(1).body.series_id()).map(|head| head.number), Some(3));
        let sum = |store| queue.quantities(store).values().map(|quantity| quantity.thousandths()).sum::<i64>();
        assert_eq!((sum(StoreNo::FIRST), sum(StoreNo::MAX)), (3_000, 0));
    }

    #[test]
    fn what_the_server_took_once_is_asked_after_before_it_goes_out_again() {
        let (mut queue, ids) = queue(3);
        queue.posted(&ids[..2], accepted(&ids[..2]), 1_000);
        assert_eq!(queue.doubtful(1_000, 9), []);
        let doubtful =
            |queue: &mut Queue, most| queue.doubtful(21_000, most).iter().map(|named| named.id).collect::<Vec<_>>();
        assert_eq!(doubtful(&mut queue, 9), ids[..2]);
        assert_eq!(doubtful(&mut queue, 1), ids[..1]);
        queue.forget_posts();
        assert_eq!(queue.doubtful(1_001, 9).len(), 2);
    }
}
