//! Reserving what comes back, and issuing the refund's receipt.
//!
//! What is reserved and then not issued is let go of again, as far as the server can be reached; what stays reserved is
//! shown with the receipt, and can be let go of there.

use super::choice::Choice;
use super::chosen::Chosen;
use super::{MORE_THAN_LEFT, Pane, reason};
use crate::api::{self, ApiError};
use crate::browser::random;
use crate::i18n::refunding as say;
use crate::till::context::{Asked, Till};
use leptos::prelude::*;
use shared::api::refunds::ReserveRefund;
use shared::chain::Sealed;
use shared::ids::ReceiptId;
use shared::journal::Act;
use shared::money::Money;
use shared::payment::TenderKind;
use shared::receipt::{Issue, Receipt};
use shared::refund::{Portion, Returned};
use std::sync::Arc;

/// What is to be given back, and how.
struct Order {
    chosen: Arc<Chosen>,
    returned: Vec<Returned>,
    kind: TenderKind,
}

impl Pane {
    /// Refunds what is chosen. Pressed twice, it refunds once: the second press finds the till busy.
    pub(super) fn refund(self, choice: &Choice) {
        match order(choice) {
            Err(fault) => self.fault.set(Some(fault.to_owned())),
            Ok(_) if self.till.busy.get_untracked() => {}
            Ok(order) => {
                self.till.busy.set(true);
                self.fault.set(None);
                leptos::task::spawn_local(self.issue(order));
            }
        }
    }

    async fn issue(self, order: Order) {
        let till = self.till;
        let issued = issued(till, &order).await;
        till.busy.set(false);
        match issued {
            Ok(sealed) => {
                let of = &order.chosen.receipt;
                let total = Money::ZERO.minus(sealed.body.total).unwrap_or_default();
                till.note(Act::Refunded { number: of.number, receipt: of.id, refund: sealed.body.id, total }, None);
                till.show_paid(sealed, till.sale.get_untracked());
                till.asked.set(None);
            }
            Err(Refusal::Meanwhile) => self.open_again(order.chosen.receipt.id, Some(say::meanwhile().to_owned())),
            Err(Refusal::Other(reason)) => drop(self.fault.try_set(Some(reason))),
        }
    }
}

/// Why nothing was refunded.
enum Refusal {
    /// Somebody else was faster.
    Meanwhile,
    /// Something else, in words.
    Other(String),
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        match &error {
            ApiError::Problem { problem, .. } if problem.is_called(MORE_THAN_LEFT) => Self::Meanwhile,
            error => Self::Other(reason(error)),
        }
    }
}

fn order(choice: &Choice) -> Result<Order, &'static str> {
    let quantities = untrack(|| choice.quantities()).ok_or_else(say::wrong_quantity)?;
    let returned = choice.chosen.returned(&quantities);
    if returned.is_empty() {
        return Err(say::nothing());
    }
    choice.chosen.amount(&quantities).ok_or_else(say::wrong_quantity)?;
    Ok(Order { chosen: Arc::clone(&choice.chosen), returned, kind: choice.kind.get_untracked() })
}

async fn issued(till: Till, order: &Order) -> Result<Sealed<Receipt>, Refusal> {
    let (original, refund) = (order.chosen.receipt.id, random::receipt_id());
    let asked = ReserveRefund { lines: order.returned.clone() };
    let written = match api::reserve_refund(original, refund, &asked).await {
        Ok(reserved) => write(till, order, refund, &reserved.lines).await.map_err(Refusal::Other),
        Err(error) => Err(error.into()),
    };
    if written.is_err() {
        // Where even that cannot be said, the receipt shows what stays reserved.
        let _ = api::let_go_of_refund(original, refund).await;
    }
    written
}

async fn write(till: Till, order: &Order, refund: ReceiptId, portions: &[Portion]) -> Result<Sealed<Receipt>, String> {
    let (claim, now) = (till.claim.get_value(), till.now());
    let issue = Issue { id: refund, basket: None, opened_at: now, issued_at: now };
    let body = Receipt::refund(&order.chosen.receipt, portions, order.kind, &till.issuer(&claim), issue)
        .map_err(|error| error.to_string())?;
    let still_so = move || till.asked.with_untracked(|asked| matches!(asked, Some(Asked::Refund(_))));
    till.write(claim, body, till.sale.get_untracked().settled(), still_so).await.map_err(|message| message.text())
}
