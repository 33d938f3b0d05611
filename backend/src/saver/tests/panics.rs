//! Work on a partition that breaks off is told of, and begun anew.

use super::{append, contents, start, undisturbed, wait_until};
use crate::testing::faulty::{Harm, Op, Plan, Script};
use crate::testing::{Embedded, Engine, Till, in_order, sale};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn a_partition_whose_work_broke_off_is_told_of_and_taken_up_anew() {
    let mut till = Till::new(1, 1);
    let records = in_order((0..20).map(|_| sale(&till.sell(&[("A", 1)]))).collect::<Vec<_>>());
    let (whole, _) = undisturbed(&records, None).await;
    for op in [Op::Poll, Op::Save, Op::List, Op::Projection, Op::End, Op::Publish, Op::Advance, Op::Commit] {
        let engine = Embedded::new();
        let opened = engine.open().await;
        append(&opened, &records).await;
        let script = Script::new(Plan::of(op, 1, Harm::Panics));
        let saver = start(&opened, &script, None);
        let health = Arc::clone(&saver.health);
        wait_until(async || !health.stalled().is_empty()).await;
        let [(0, why)] = &health.stalled()[..] else { panic!("it is the one partition") };
        assert!(why.contains("panicked") && why.contains("was harmed"), "{why}");
        saver.finish(&opened).await;
        assert_eq!(health.stalled(), []);
        assert_eq!(contents(&opened).await, whole, "after a panic at {op:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_breaks_off_each_time_is_tried_less_and_less_often_and_a_stop_is_heard() {
    let engine = Embedded::new();
    let opened = engine.open().await;
    append(&opened, &in_order([sale(&Till::new(1, 1).sell(&[("A", 1)]))])).await;
    let script = Script::new(Plan { lasting: true, ..Plan::of(Op::Save, 1, Harm::Panics) });
    let (began, saver) = (Instant::now(), start(&opened, &script, None));
    wait_until(async || began.elapsed() > Duration::from_mins(10)).await;
    let calls = script.calls(Op::Save);
    assert!((10..=20).contains(&calls), "{calls}");
    assert_eq!(saver.health.stalled().len(), 1);
    saver.stop.cancel();
    saver.task.await.unwrap().unwrap();
}
