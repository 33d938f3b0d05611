//! A later version of the till is taken between sales, and never while somebody is at something.

use super::context::{Stage, Till};
use super::taken_over;
use crate::browser::worker::Worker;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// For how long an open till has to be left alone, in milliseconds: the next customer's products are not scanned into a page
/// that goes.
const REST_MS: i64 = 3_000;

/// Between two looks at the sign-in page, in milliseconds, and how many of them until the server is asked.
const LOOK_MS: u32 = 2_000;
const LOOKS: u32 = 300;

/// Takes it where an open till was last touched so long ago, in milliseconds, and nothing is under way.
pub(super) fn between_sales(till: Till, rested: i64) {
    till.worker.note_later();
    let is_locked = till.locked.get_untracked();
    let nothing_is_sold = till.sale.with_untracked(|sale| sale.basket().is_empty());
    let is_put_away = is_locked && is_done(till.stage.get_untracked(), nothing_is_sold);
    let nothing_waits = till.scanned.with_value(Vec::is_empty);
    let nothing_is_open = nothing_waits && (is_put_away || untrack(|| taken_over::is_idle(till)));
    let may_go = !is_locked || nothing_is_typed();
    if rested >= REST_MS && nothing_is_open && may_go && !till.busy.get_untracked() && !till.auto.get_untracked() {
        till.worker.take_later();
    }
}

/// Whether nothing but a receipt is shown; beside one that is printed again somebody may ring up.
const fn is_done(stage: Stage, nothing_is_sold: bool) -> bool {
    match stage {
        Stage::Paid => true,
        Stage::Reprinting => nothing_is_sold,
        Stage::Selling | Stage::Paying => false,
    }
}

/// Takes it on the sign-in page, while nothing is typed there, for as long as that is shown.
pub(super) fn at_sign_in(worker: Worker) {
    leptos::task::spawn_local_scoped_with_cancellation(async move {
        for look in 1_u32.. {
            TimeoutFuture::new(LOOK_MS).await;
            if nothing_is_typed() {
                worker.take_later();
            }
            if look.is_multiple_of(LOOKS) {
                worker.look();
            }
        }
    });
}

/// Whether the fields of a sign-in are empty.
fn nothing_is_typed() -> bool {
    !["number", "pin"].into_iter().any(is_filled)
}

fn is_filled(field: &str) -> bool {
    let field = document().get_element_by_id(field).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|field| !field.value().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_done_with_unless_it_is_printed_again_beside_a_sale() {
        assert!(is_done(Stage::Paid, true) && is_done(Stage::Reprinting, true));
        assert!(!is_done(Stage::Reprinting, false), "the sale goes on");
        assert!(!is_done(Stage::Selling, true) && !is_done(Stage::Paying, true));
    }
}
