use super::*;
use crate::canonical::Canonical;
use crate::chain::Signature;
use crate::finding::Finding;
use crate::notice::Saved;
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
        position: Position::default(),
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
fn the_oldest_is_the_one_that_was_issued_first_wherever_it_stands() {
    let mut queue = Queue::default();
    assert_eq!(queue.oldest(), None);
    // The hour on the wall is the later one, since the clocks were put back in between.
    for (number, issued_at) in [(1, "2026-10-25T02:10:00.000+01:00"), (2, "2026-10-25T02:50:00.000+02:00")] {
        let mut receipt = sealed(number);
        receipt.body.issued_at = issued_at.parse().unwrap();
        queue.add(receipt);
    }
    assert_eq!(queue.oldest(), Some("2026-10-25T00:50:00Z".parse().unwrap()));
    queue.let_go(&[sealed(2).body.id]);
    assert_eq!(queue.oldest(), Some("2026-10-25T01:10:00Z".parse().unwrap()));
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
