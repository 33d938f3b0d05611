//! What happens in which order: saved, told, check-pointed, committed.

use super::{append, contents, start, wait_until};
use crate::store::dead_letters::LetterFilter;
use crate::store::projections::ProjectionKind;
use crate::testing::faulty::{Done, Harm, Op, Plan, Script};
use crate::testing::{Embedded, Engine, Till, delivery, in_order, sale};
use shared::event::Recorded;
use shared::finding::{Finding, FindingKind};
use shared::position::Position;
use std::collections::BTreeSet;

fn sales(count: usize) -> Vec<Recorded> {
    let mut till = Till::new(1, 1);
    let sales: Vec<_> = (0..count).map(|_| sale(&till.sell(&[("A", 1)]))).collect();
    in_order([delivery(1, &[("A", 9)])].into_iter().chain(sales))
}

/// Goes through what was done and checks that nothing came before its time.
fn check(journal: &[Done]) {
    let mut saved = BTreeSet::<Position>::new();
    let (mut told, mut advanced) = (Position::default(), Position::default());
    for done in journal {
        match done {
            Done::Saved(positions) => saved.extend(positions),
            Done::Told(notice) => {
                assert!(saved.contains(&notice.position), "{} was told before it was saved", notice.position);
                assert!(notice.position >= told);
                told = notice.position;
            }
            Done::Advanced(reached) => {
                assert!(told >= *reached, "{reached} was written down before it was told");
                advanced = *reached;
            }
            Done::Committed(position) => {
                assert!(advanced >= *position, "{position} was committed before its checkpoint");
                let below = saved.range(..=position).count();
                assert_eq!(below as u64, position.offset, "something below {position} was left out");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_told_before_it_is_saved_nor_committed_before_all_is_done() {
    let records = sales(40);
    let (_, script) = super::undisturbed(&records, Some(30)).await;
    let journal = script.journal();
    assert!(script.calls(Op::Commit) > 1, "more than one checkpoint");
    check(&journal);
    for op in [Op::Save, Op::Publish, Op::Advance, Op::Commit, Op::End, Op::List, Op::Projection] {
        for harm in [Harm::Refused, Harm::Unheard] {
            let engine = Embedded::new();
            let opened = engine.open().await;
            append(&opened, &records).await;
            let script = Script::new(Plan::of(op, 2, harm));
            start(&opened, &script, Some(30)).finish(&opened).await;
            check(&script.journal());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_receipt_is_told_as_saved() {
    let records = sales(40);
    let (_, script) = super::undisturbed(&records, Some(30)).await;
    let told = script.journal().into_iter().filter_map(|done| match done {
        Done::Told(notice) => Some(notice),
        _ => None,
    });
    let notices: Vec<_> = told.collect();
    let numbers: Vec<_> = notices.iter().flat_map(|notice| &notice.saved).map(|saved| saved.number.get()).collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    assert!(notices.windows(2).all(|pair| pair[0].backlog >= pair[1].backlog));
    assert_eq!(notices.last().unwrap().backlog, 0);
    assert_eq!(notices.iter().map(|notice| notice.raised.len()).sum::<usize>(), 1);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_checkpoint() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    append(&opened, &sales(40)).await;
    let script = Script::new(Plan { lasting: true, ..Plan::of(Op::Advance, 1, Harm::Refused) });
    // Slow enough that most of it comes after the first checkpoint has begun.
    let saver = start(&opened, &script, Some(10));
    let told = || script.journal().iter().filter(|done| matches!(done, Done::Told(_))).count();
    wait_until(async || script.calls(Op::Advance) > 0).await;
    let before = told();
    wait_until(async || told() > before + 2).await;
    assert_eq!(script.calls(Op::Commit), 0);
    saver.stop.cancel();
    saver.task.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_dead_letter_does_not_stop_the_rest() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    append(&opened, &sales(10)).await;
    let script = Script::new(Plan { rubbish: Some(5), ..Plan::default() });
    start(&opened, &script, None).finish(&opened).await;
    check(&script.journal());
    let contents = contents(&opened).await;
    assert_eq!((contents.receipts.len(), contents.backlog), (9, 0));
    let findings = contents.projections.iter().filter(|document| document.kind == ProjectionKind::Finding);
    let found: Vec<Finding> = findings.map(|document| serde_json::from_slice(&document.body).unwrap()).collect();
    assert_eq!((found[0].position.offset, found[0].kind), (5, FindingKind::DeadLetter));
}

#[tokio::test(start_paused = true)]
async fn a_record_that_only_names_the_log_is_done_with_wherever_it_stands() {
    for (sold, marker, receipts) in [(0, 1, 0), (10, 1, 10), (10, 5, 9), (10, 11, 9)] {
        let engine = Embedded::new();
        let opened = engine.open().await;
        append(&opened, &sales(sold)).await;
        let script = Script::new(Plan { marker: Some(marker), ..Plan::default() });
        start(&opened, &script, None).finish(&opened).await;
        let contents = contents(&opened).await;
        assert_eq!((contents.receipts.len(), contents.backlog), (receipts, 0), "{marker} of {sold}");
        assert_eq!(script.calls(Op::Save) > 0, sold > 0, "a batch of nothing else is not saved");
        let letters = opened.store.letters(LetterFilter::default(), None, 1).await.unwrap();
        assert!(letters.items.is_empty(), "{marker} of {sold}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_batch_of_dead_letters_alone_is_done_with_too() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    append(&opened, &sales(0)).await;
    let script = Script::new(Plan { rubbish: Some(1), ..Plan::default() });
    start(&opened, &script, None).finish(&opened).await;
    assert_eq!(contents(&opened).await.backlog, 0);
    check(&script.journal());
}
