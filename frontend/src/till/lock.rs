//! What an open till looks at now and then. One that is left alone locks itself, and so does that of somebody who was dismissed:
//! whoever comes next signs in, and what lies on the counter stays there.

use super::context::Till;
use super::{claim, handover, renewal};
use crate::browser::{clock, touched};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

/// How long a till may be left alone: longer than a customer looks for a purse, shorter than a break.
const ALONE_MS: i64 = 10 * 60 * 1000;

/// Between two looks at whether it was.
const LOOK_MS: u32 = 5_000;

/// Signs out once nobody has touched a page of this browser for [`ALONE_MS`], while the bot does not sell either; and whoever
/// works here no more, between sales. Asks who holds the register where that is in doubt, and takes a later version of the till.
pub(super) fn follow(till: Till) {
    touched::watch();
    leptos::task::spawn_local(async move {
        let (mut last, mut since) = (None, 0);
        loop {
            TimeoutFuture::new(LOOK_MS).await;
            let (touch, now) = (touched::last(), clock::page_millis());
            if touch != last {
                (last, since) = (touch, now);
            }
            let is_alone = now - since > ALONE_MS && !till.auto.get_untracked();
            if (is_alone || till.let_go.get_value()) && may_lock(till) {
                handover::hand_over(till);
            }
            renewal::between_sales(till, now - since);
            if till.doubted.try_update_value(std::mem::take) == Some(true) {
                ask_who_holds(till).await;
            }
        }
    });
}

/// Asks the server whether this till still holds its register.
async fn ask_who_holds(till: Till) {
    let (place, claim) = (till.place(), till.claim.get_value());
    if claim::is_lost(&place, &claim).await {
        till.revoked.set(true);
    }
}

/// Not while some of a payment was taken.
fn may_lock(till: Till) -> bool {
    !till.is_part_paid() && !till.busy.get_untracked() && !till.locked.get_untracked()
}
