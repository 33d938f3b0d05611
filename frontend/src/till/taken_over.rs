//! A register that another browser has taken over is let go of, between sales.

use super::context::{Stage, Till};
use crate::browser::reload;
use leptos::prelude::*;

/// Loads the page anew once the register is another browser's and no sale is open: the page that comes next says so, and
/// what can be done.
pub(super) fn follow(till: Till) {
    Effect::new(move |_| {
        if till.taken_over.get() && is_idle(till) {
            reload();
        }
    });
}

/// Whether nothing is under way that a reload would interrupt. What is on hold outlives it.
pub(super) fn is_idle(till: Till) -> bool {
    let nothing_typed = till.query.with(String::is_empty) && till.asked.with(Option::is_none);
    let nothing_sold = till.stage.get() == Stage::Selling && till.sale.with(|sale| sale.basket().is_empty());
    nothing_sold && nothing_typed && !till.busy.get()
}
