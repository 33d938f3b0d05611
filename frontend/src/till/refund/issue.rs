//! Reserving what comes back, and issuing the refund's receipt.
//!
//! While it is not known whether the server has reserved something, the same lines are asked for under the same id. What is
//! reserved and not issued is let go of once the pane goes another way, as far as the server can be reached; what stays
//! reserved is shown with the receipt, and can be let go of there.

use super::choice::Choice;
use super::{MORE_THAN_LEFT, Pane, reason};
use crate::api::{self, ApiError};
use crate::browser::{clock, random};
use crate::i18n::refunding as say;
use crate::till::context::Till;
use leptos::prelude::*;
use shared::api::refunds::ReserveRefund;
use shared::chain::Sealed;
use shared::ids::ReceiptId;
use shared::journal::Act;
use shared::money::Money;
use shared::payment::TenderKind;
use shared::receipt::{Issue, Receipt};
use shared::refund::{Portion, Returned};

/// What is to be given back, and how.
struct Order {
    choice: Choice,
    refund: ReceiptId,
    returned: Vec<Returned>,
    kind: TenderKind,
}

impl Pane {
    /// Refunds what is chosen. Pressed twice, it refunds once: the second press finds the till busy.
    pub(super) fn refund(self, choice: &Choice) {
        if self.till.busy.get_untracked() || self.waits.get_untracked() {
            return;
        }
        match order(choice) {
            Err(fault) => self.fault.set(Some(fault.to_owned())),
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
        let of = &order.choice.chosen.receipt;
        match issued {
            Ok(sealed) => {
                order.choice.settle();
                // The second half of a double press must not put the receipt away.
                till.confirmed_at.set_value(clock::now_millis());
                till.show_paid(sealed, till.sale.get_untracked());
                till.asked.set(None);
            }
            Err(Refusal::Meanwhile) => {
                order.choice.settle();
                self.open_again(of.id, Some(say::meanwhile().to_owned()));
            }
            Err(Refusal::Unknown) => self.fault.set(Some(say::online().to_owned())),
            Err(Refusal::Other(reason)) => {
                let_go(&order.choice);
                self.fault.set(Some(reason));
            }
        }
    }
}

/// Lets go of what may be reserved by a choice, as far as the server can be reached.
pub(super) fn let_go(choice: &Choice) {
    if let Some(refund) = choice.settle() {
        let receipt = choice.chosen.receipt.id;
        leptos::task::spawn_local(async move { drop(api::let_go_of_refund(receipt, refund).await) });
    }
}

/// Why nothing was refunded.
enum Refusal {
    /// Somebody else was faster.
    Meanwhile,
    /// The server does not answer; it may have reserved the lines.
    Unknown,
    /// Something else, in words.
    Other(String),
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        match &error {
            ApiError::Problem { problem, .. } if problem.is_called(MORE_THAN_LEFT) => Self::Meanwhile,
            error if error.is_away() => Self::Unknown,
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
    let refund = choice.id_for(&returned, || {
        // Other lines than before are another refund.
        let_go(choice);
        random::receipt_id()
    });
    Ok(Order { choice: choice.clone(), refund, returned, kind: choice.kind.get_untracked() })
}

async fn issued(till: Till, order: &Order) -> Result<Sealed<Receipt>, Refusal> {
    let asked = ReserveRefund { lines: order.returned.clone() };
    let reserved = api::reserve_refund(order.choice.chosen.receipt.id, order.refund, &asked).await?;
    write(till, order, &reserved.lines).await.map_err(Refusal::Other)
}

async fn write(till: Till, order: &Order, portions: &[Portion]) -> Result<Sealed<Receipt>, String> {
    let (claim, now) = (till.claim.get_value(), till.now());
    let issue = Issue { id: order.refund, basket: None, opened_at: now, issued_at: now };
    let of = &order.choice.chosen.receipt;
    let body =
        Receipt::refund(of, portions, order.kind, &till.issuer(&claim), issue).map_err(|error| error.to_string())?;
    let issued = till.signed(&claim, body, till.sale.get_untracked().settled()).await;
    let issued = issued.map_err(|message| message.text())?;
    let receipt = issued.receipt.clone();
    let total = Money::ZERO.minus(receipt.body.paid()).unwrap_or_default();
    let act = Act::Refunded { number: of.number, receipt: of.id, refund: receipt.body.id, total };
    let written = till.noted_beside(act, issued, move || till.is_refunding()).await;
    // The other end lives as long as the page.
    written.unwrap_or_else(|gone| Err(gone.to_string())).map(|()| receipt)
}
