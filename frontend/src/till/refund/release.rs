//! A manager's PIN for letting go of what another till has reserved.

use super::{Pane, reason};
use crate::api::{self, ApiError};
use crate::i18n::{refunding as say, registers, signing_in};
use crate::sign_in::Refusal;
use crate::till::permission::field;
use crate::ui::{self, keypad};
use leptos::prelude::*;
use shared::api::sessions::SignIn;
use shared::ids::ReceiptId;

/// Asks for it, and lets go.
pub(super) fn permission(pane: Pane, receipt: ReceiptId, refund: ReceiptId) -> AnyView {
    let (number, pin) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    ui::focus_soon("manager");
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Ok(seller) = number.with_untracked(|number| number.trim().parse()) else {
            pane.fault.set(Some(registers::type_manager().to_owned()));
            return ui::focus("manager");
        };
        let who = SignIn { store: pane.till.place().store.no, seller, pin: pin.get_untracked() };
        pin.set(String::new());
        let gone = async move { api::release_refund(receipt, refund, &who).await.map_err(refusal) };
        pane.wait_for(gone, move |()| pane.open_again(receipt, None));
    };
    view! {
        <form class="release" aria-label=say::needs_manager on:submit=submit novalidate>
            <p class="label">{say::needs_manager}</p>
            <div class="pair">
                {field(registers::manager_no, "manager", "text", number)}
                {field(signing_in::pin, "manager-pin", "password", pin)}
            </div>
            {keypad(false)}
            <button class="btn">{say::let_go}</button>
        </form>
    }
    .into_any()
}

/// Why it was not let go of: a wrong PIN, or something about the refund.
fn refusal(error: ApiError) -> String {
    match error.status() {
        Some(401 | 403 | 429) => Refusal::from(error).text(),
        _ => reason(&error),
    }
}
