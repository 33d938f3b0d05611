//! A manager's PIN for what a seller may not do alone, in place of the line's tools.

use super::context::{Permit, Till};
use super::message::Message;
use crate::format;
use crate::i18n::{common, language, registers as say, signing_in};
use crate::offline;
use crate::ui::{self, Fetched, keypad, press};
use leptos::prelude::*;
use shared::api::sessions::SignIn;
use shared::ids::{LineNo, SellerNo};
use shared::journal::Act;
use shared::money::Money;
use shared::store::Role;

/// What is typed, and how far it has got.
#[derive(Clone, Copy)]
struct Form {
    till: Till,
    permit: Permit,
    price: RwSignal<String>,
    number: RwSignal<String>,
    pin: RwSignal<String>,
    fault: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// Few sales need a manager.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn permission(till: Till, permit: Permit) -> Fetched {
    let seller = till.place().seller;
    let own = if seller.role == Role::Manager { seller.no.to_string() } else { String::new() };
    let form = Form {
        till,
        permit,
        price: RwSignal::default(),
        number: RwSignal::new(own),
        pin: RwSignal::default(),
        fault: RwSignal::default(),
        busy: RwSignal::default(),
    };
    ui::focus_soon(if matches!(permit, Permit::Price(_)) { "price" } else { "manager" });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    let fault = move || form.fault.get().map(|fault| view! { <p class="error" role="alert">{fault}</p> });
    Ok(view! {
        <form class="sheet permission" aria-labelledby="permission" on:submit=submit novalidate>
            <h3 class="label" id="permission">{move || title(form)}</h3>
            {price(form)}
            <div class="pair">
                {field(say::manager_no, "manager", "text", form.number)}
                {field(signing_in::pin, "manager-pin", "password", form.pin)}
            </div>
            {fault}
            {keypad(matches!(permit, Permit::Price(_)))}
            <footer class="actions">
                <button type="button" class="btn" on:click=press(move || till.asked.set(None))>{move || common::words().cancel}" "<kbd>{move || common::words().escape_key}</kbd></button>
                <button class="btn primary" aria-busy=move || form.busy.get().to_string()>{say::allow}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </form>
    }
    .into_any())
}

fn title(form: Form) -> String {
    match form.permit {
        Permit::Price(n) => {
            let currency = form.till.place().store.currency;
            let line = form.till.sale.with(|sale| sale.line(n).map(|line| (line.name.clone(), line.price)));
            line.map(|(name, price)| say::price_of(&name, &format::money(language(), price, currency)))
                .unwrap_or_default()
        }
        Permit::Void(_) => say::void_title().to_owned(),
    }
}

fn price(form: Form) -> Option<AnyView> {
    matches!(form.permit, Permit::Price(_)).then(|| {
        view! {
            <label class="field"><span class="label">{say::new_price}</span>
                <span class="input-group"><input class="input" id="price" inputmode="decimal" autocomplete="off" maxlength="10" placeholder=" "
                    prop:value=move || form.price.get() on:input=move |event| form.price.set(event_target_value(&event))/>
                    <span class="unit">{format::sign(form.till.place().store.currency)}</span></span></label>
        }
        .into_any()
    })
}

pub(super) fn field(
    label: fn() -> &'static str,
    id: &'static str,
    kind: &'static str,
    text: RwSignal<String>,
) -> AnyView {
    view! {
        <label class="field"><span class="label">{label}</span>
            <input class="input" id=id type=kind inputmode="numeric" autocomplete="off" maxlength="12" placeholder=" "
                prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))/></label>
    }
    .into_any()
}

impl Form {
    fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        match self.filled() {
            Ok((deed, who)) => {
                self.busy.set(true);
                self.fault.set(None);
                leptos::task::spawn_local(async move {
                    let answer = offline::approve(&self.till.db(), who).await;
                    // The seller may have gone on to something else.
                    if self.busy.try_set(false).is_none() {
                        self.answered(deed, answer.map_err(|refusal| refusal.text()));
                    }
                });
            }
            Err((missing, fault)) => {
                self.fault.set(Some(fault));
                ui::focus(missing);
            }
        }
    }

    /// What is asked for and by whom, or the field in which that is not said, and why.
    fn filled(self) -> Result<(Allowed, SignIn), (&'static str, String)> {
        let deed = match self.permit {
            Permit::Price(n) => {
                let price = self.price.with_untracked(|text| format::parse_amount(text));
                Allowed::Price(n, price.ok_or_else(|| ("price", Message::Price.text()))?)
            }
            Permit::Void(what) => Allowed::Void(what),
        };
        let seller = self.number.with_untracked(|number| number.parse());
        let seller = seller.map_err(|_| ("manager", say::type_manager().to_owned()))?;
        let pin = self.pin.get_untracked();
        if pin.is_empty() {
            return Err(("manager-pin", signing_in::type_pin().to_owned()));
        }
        Ok((deed, SignIn { store: self.till.place().store.no, seller, pin }))
    }

    fn answered(self, deed: Allowed, answer: Result<SellerNo, String>) {
        self.pin.set(String::new());
        match answer {
            Ok(manager) => {
                self.till.asked.set(None);
                match deed {
                    Allowed::Price(n, price) => self.till.override_price(n, price, manager),
                    Allowed::Void(what) => self.till.take_out(what, Some(manager)),
                }
            }
            Err(fault) => {
                self.fault.set(Some(fault));
                ui::focus("manager-pin");
            }
        }
    }
}

/// What is done once it is allowed.
#[derive(Debug, Clone, Copy)]
enum Allowed {
    Price(LineNo, Money),
    Void(super::context::Void),
}

impl Till {
    /// Gives a line another price, which a manager has allowed.
    fn override_price(self, n: LineNo, to: Money, manager: SellerNo) {
        let Some((sku, from)) =
            self.sale.with_untracked(|sale| sale.line(n).map(|line| (line.sku.clone(), line.price)))
        else {
            return;
        };
        let mut after = self.sale.get_untracked();
        let changed = after.override_price(n, to, manager);
        if self.done(Some(changed)) {
            // What is cheaper by a manager's word is so only once that word is written down.
            let change = self.if_unchanged(move |sale| *sale = after);
            self.when_noted(Act::PriceOverridden { from, sku, to }, Some(manager), change);
        }
    }
}
