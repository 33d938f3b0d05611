//! After any one fault, and a restart where the process died of it, everything is as it would be without.

use super::{End, append, contents, start, undisturbed};
use crate::testing::faulty::{Harm, Op, Plan, Script};
use crate::testing::{
    Embedded, Engine, Till, count, cut_off, delivery, history, in_order, kind_of_store, sale, thresholds,
};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use shared::event::Recorded;
use std::collections::BTreeSet;

/// Batches of at most two records, so that faults fall into all kinds of places.
const RATE: Option<u32> = Some(20);

/// Two stores, three tills, a gap that heals, a copy, alerts that come and go, days that change their cut-off.
fn story() -> Vec<Recorded> {
    let (mut one, mut two, mut far) = (Till::new(1, 1), Till::new(1, 2), Till::new(2, 1));
    let sell = |till: &mut Till, seconds, pieces| sale(&till.sell_at(seconds, &[("A", pieces), ("B", 1)]));
    let late = sell(&mut two, 10, 2);
    let first = sell(&mut one, 0, 5);
    let night = 13 * 3600;
    in_order([
        kind_of_store(1, true),
        one.enrolment(2),
        delivery(3, &[("A", 20), ("B", 30)]),
        first.clone(),
        sell(&mut two, 20, 9),
        sell(&mut far, 0, 1),
        cut_off(4, 240),
        sell(&mut one, 10 * 86_400 + night, 3),
        cut_off(6, 0),
        late,
        first,
        count(5, 30, &[("A", 1)]),
        sell(&mut two, 25, 1),
        sell(&mut one, night + 60, 1),
        thresholds(7, &[("B", 9000)]),
        delivery(8, &[("A", 30)]),
        sell(&mut far, 60, 1),
        sell(&mut one, -86_400, 1),
    ])
}

/// Runs a saver into a fault, and a second one where the first died.
async fn disturbed(records: &[Recorded], plan: Plan) -> super::Contents {
    let engine = Embedded::new();
    let mut opened = engine.open().await;
    append(&opened, records).await;
    let script = Script::new(plan);
    if start(&opened, &script, RATE).finish_or_die(&opened, &script).await == End::Death {
        drop(opened);
        opened = engine.open().await;
        let healthy = Script::new(Plan { rubbish: plan.rubbish, ..Plan::default() });
        start(&opened, &healthy, RATE).finish(&opened).await;
    }
    contents(&opened).await
}

#[tokio::test(start_paused = true)]
async fn any_one_fault_changes_nothing() {
    let records = story();
    let (whole, script) = undisturbed(&records, RATE).await;
    assert_eq!((whole.receipts.len(), whole.backlog), (9, 0));
    for op in Op::ALL.into_iter().filter(|op| *op != Op::Bury) {
        let calls = script.calls(op);
        assert!(calls > 0, "{op:?} was never called");
        // How far a commit that is lost would have led makes a difference each time.
        let chosen =
            if op == Op::Commit { (1..=calls).collect() } else { BTreeSet::from([1, calls.div_ceil(2), calls]) };
        for call in chosen {
            for harm in Harm::ALL {
                let harmed = disturbed(&records, Plan::of(op, call, harm)).await;
                assert_eq!(harmed, whole, "{harm:?} at call {call} of {op:?}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_dead_letter_survives_any_one_fault_too() {
    let records = story();
    let rubbish = Some(10);
    let whole = disturbed(&records, Plan { rubbish, ..Plan::default() }).await;
    assert_eq!(whole.receipts.len(), 8);
    for (op, call) in [(Op::Bury, 1), (Op::Publish, 5), (Op::Advance, 1), (Op::Commit, 1)] {
        for harm in Harm::ALL {
            let plan = Plan { rubbish, ..Plan::of(op, call, harm) };
            assert_eq!(disturbed(&records, plan).await, whole, "{harm:?} at {op:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn any_history_survives_any_fault() {
    let mut runner = TestRunner::deterministic();
    let places = (history(), 0..Op::ALL.len(), 0..Harm::ALL.len(), 1_usize..12);
    for _ in 0..40 {
        let (records, op, harm, call) = places.new_tree(&mut runner).unwrap().current();
        let (op, harm) = (Op::ALL[op], Harm::ALL[harm]);
        let (whole, _) = undisturbed(&records, None).await;
        let harmed = disturbed(&records, Plan::of(op, call, harm)).await;
        assert_eq!(harmed, whole, "{harm:?} at call {call} of {op:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn two_deaths_in_a_row_change_nothing() {
    let records = story();
    let (whole, _) = undisturbed(&records, RATE).await;
    let engine = Embedded::new();
    append(&engine.open().await, &records).await;
    for plan in [Plan::of(Op::Commit, 1, Harm::KilledBefore), Plan::of(Op::Publish, 3, Harm::KilledAfter)] {
        let opened = engine.open().await;
        let script = Script::new(plan);
        let saver = start(&opened, &script, RATE);
        script.death().await;
        saver.kill().await;
    }
    let opened = engine.open().await;
    start(&opened, &Script::new(Plan::default()), RATE).finish(&opened).await;
    assert_eq!(contents(&opened).await, whole);
}
