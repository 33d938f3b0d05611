//! What was refunded of a receipt before, or reserved and not issued.

use super::{Pane, reason, release};
use crate::api::{self, ApiError};
use crate::format;
use crate::i18n::{language, refunding as say};
use crate::till::context::Till;
use crate::ui::press;
use leptos::prelude::*;
use shared::api::refunds::ReservedRefund;
use shared::ids::{ReceiptId, ReceiptNo};
use shared::money::Money;

/// A refund before this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Past {
    refund: ReceiptId,
    amount: Money,
    /// The number of its receipt, where one is saved, or waits on this till.
    number: Option<u64>,
}

/// The status by which the server says that it has no such receipt.
const NOT_FOUND: u16 = 404;

/// The status by which the server says that another till has reserved it.
const FORBIDDEN: u16 = 403;

/// What became of each reservation.
pub(super) async fn of(till: Till, reserved: &[ReservedRefund]) -> Result<Vec<Past>, ApiError> {
    let mut past = Vec::with_capacity(reserved.len());
    for one in reserved {
        let number = match till.outbox.number(one.refund) {
            None => saved(one.refund).await?,
            waits => waits,
        };
        let number = number.map(ReceiptNo::get);
        let amount = Money::total(one.lines.iter().map(|portion| portion.amount)).unwrap_or_default();
        past.push(Past { refund: one.refund, amount, number });
    }
    Ok(past)
}

async fn saved(refund: ReceiptId) -> Result<Option<ReceiptNo>, ApiError> {
    match api::receipt(refund).await {
        Ok(issued) => Ok(Some(issued.sealed.body.number)),
        Err(error) if error.status() == Some(NOT_FOUND) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The list of them.
pub(super) fn list(pane: Pane, receipt: ReceiptId, past: &[Past]) -> AnyView {
    // The form's fields are found by their ids: there is one of it at a time.
    let needs_manager = RwSignal::new(None);
    let rows = past.iter().map(|&one| row(pane, receipt, one, needs_manager)).collect_view();
    (!past.is_empty()).then(|| view! { <ul class="past">{rows}</ul> }).into_any()
}

fn row(pane: Pane, receipt: ReceiptId, past: Past, needs_manager: RwSignal<Option<ReceiptId>>) -> AnyView {
    let amount = move || format::money(language(), past.amount, pane.till.place().store.currency);
    if let Some(number) = past.number {
        return view! { <li>{move || say::before(number, &amount())}</li> }.into_any();
    }
    let let_go = move || {
        pane.wait_for(is_let_go(receipt, past.refund), move |is_done| {
            if is_done {
                pane.open_again(receipt, None);
            } else {
                // The list may be another one by now.
                let _ = needs_manager.try_set(Some(past.refund));
            }
        });
    };
    let act = move || {
        if needs_manager.get() == Some(past.refund) {
            return release::permission(pane, receipt, past.refund);
        }
        view! { <button type="button" class="btn small" on:click=press(let_go)>{say::let_go}</button> }.into_any()
    };
    view! { <li><span>{say::reserved}" · "{amount}<small>{say::let_go_hint}</small></span>{act}</li> }.into_any()
}

/// Lets go of a reservation; `false` where that takes a manager's PIN.
async fn is_let_go(receipt: ReceiptId, refund: ReceiptId) -> Result<bool, String> {
    match api::let_go_of_refund(receipt, refund).await {
        Ok(()) => Ok(true),
        Err(error) if error.status() == Some(FORBIDDEN) => Ok(false),
        Err(error) => Err(reason(&error)),
    }
}
