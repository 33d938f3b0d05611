//! A manager's PIN for what a seller may not do alone, in place of the line's tools.

use super::context::{Till, Void};
use super::message::Message;
use super::permit::{Permit, taken};
use crate::format;
use crate::i18n::{common, language, registers as say, signing_in};
use crate::offline;
use crate::ui::{self, Fetched, keypad, press};
use leptos::prelude::*;
use shared::api::sessions::SignIn;
use shared::ids::SellerNo;
use shared::journal::Act;
use shared::money::Money;
use shared::store::Role;
use std::sync::Arc;

/// What is typed, and how far it has got.
#[derive(Clone, Copy)]
struct Form {
    till: Till,
    permit: StoredValue<Arc<Permit>>,
    price: RwSignal<String>,
    number: RwSignal<String>,
    pin: RwSignal<String>,
    fault: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// Few sales need a manager.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn permission(till: Till, permit: Arc<Permit>) -> Fetched {
    let seller = till.place().seller;
    let own = if seller.role == Role::Manager { seller.no.to_string() } else { String::new() };
    let is_price = matches!(*permit, Permit::Price(_));
    let form = Form {
        till,
        permit: StoredValue::new(permit),
        price: RwSignal::default(),
        number: RwSignal::new(own),
        pin: RwSignal::default(),
        fault: RwSignal::default(),
        busy: RwSignal::default(),
    };
    ui::focus_soon(if is_price { "price" } else { "manager" });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    let fault = move || form.fault.get().map(|fault| view! { <p class="error" role="alert">{fault}</p> });
    Ok(view! {
        <form class="sheet permission" aria-labelledby="permission" on:submit=submit novalidate>
            <h3 class="label" id="permission">{move || title(form)}</h3>
            {is_price.then(|| price(form))}
            <div class="pair">
                {field(say::manager_no, "manager", "text", form.number)}
                {field(signing_in::pin, "manager-pin", "password", form.pin)}
            </div>
            {fault}
            {keypad(is_price)}
            <footer class="actions">
                <button type="button" class="btn" on:click=press(move || till.asked.set(None))>{move || common::words().cancel}" "<kbd>{move || common::words().escape_key}</kbd></button>
                <button class="btn primary" aria-busy=move || form.busy.get().to_string()>{say::allow}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </form>
    }
    .into_any())
}

fn title(form: Form) -> String {
    let money = |amount| format::money(language(), amount, form.till.place().store.currency);
    form.permit.with_value(|permit| match &**permit {
        Permit::Price(line) => say::price_of(&line.name, &money(line.price)),
        Permit::Line(what, line) => {
            let quantity = format::quantity(language(), taken(*what, line), line.unit);
            say::void_of(&say::so_much_of(&quantity, line.unit, &line.name))
        }
        Permit::Sale(basket) => say::void_of(&say::whole_ticket(&money(basket.total().unwrap_or_default()))),
    })
}

fn price(form: Form) -> AnyView {
    view! {
        <label class="field"><span class="label">{say::new_price}</span>
            <span class="input-group"><input class="input" id="price" inputmode="decimal" autocomplete="off" maxlength="10" placeholder=" "
                prop:value=move || form.price.get() on:input=move |event| form.price.set(event_target_value(&event))/>
                <span class="unit">{format::sign(form.till.place().store.currency)}</span></span></label>
    }
    .into_any()
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
    fn filled(self) -> Result<(Deed, SignIn), (&'static str, String)> {
        let deed = match *self.permit.get_value() {
            Permit::Price(_) => {
                let price = self.price.with_untracked(|text| format::parse_amount(text));
                Deed::Price(price.ok_or_else(|| ("price", Message::Price.text()))?)
            }
            Permit::Line(what, _) => Deed::Void(what),
            Permit::Sale(_) => Deed::Void(Void::Sale),
        };
        let seller = self.number.with_untracked(|number| number.parse());
        let seller = seller.map_err(|_| ("manager", say::type_manager().to_owned()))?;
        let pin = self.pin.get_untracked();
        if pin.is_empty() {
            return Err(("manager-pin", signing_in::type_pin().to_owned()));
        }
        Ok((deed, SignIn { store: self.till.place().store.no, seller, pin }))
    }

    fn answered(self, deed: Deed, answer: Result<SellerNo, String>) {
        self.pin.set(String::new());
        match answer {
            Ok(manager) => {
                let permit = self.permit.get_value();
                self.till.asked.set(None);
                self.till.do_allowed(&permit, deed, manager);
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
enum Deed {
    Price(Money),
    Void(Void),
}

impl Till {
    /// Does what a manager has allowed, to what they saw and nothing else.
    fn do_allowed(self, permit: &Permit, deed: Deed, manager: SellerNo) {
        if !self.sale.with_untracked(|sale| permit.still_fits(sale)) {
            return self.refuse(Message::NotAsAllowed);
        }
        // Another line may have been touched meanwhile.
        if let Some(line) = permit.line() {
            self.choose_line(line.n);
        }
        match deed {
            Deed::Price(price) => self.override_price(price, manager),
            Deed::Void(what) => self.take_out(what, Some(manager)),
        }
    }

    /// Gives the current line another price, which a manager has allowed.
    fn override_price(self, to: Money, manager: SellerNo) {
        let mut after = self.sale.get_untracked();
        let Some((n, sku, from)) = after.current().map(|line| (line.n, line.sku.clone(), line.price)) else { return };
        let changed = after.override_price(n, to, manager);
        if self.done(Some(changed)) {
            // What is cheaper by a manager's word is so only once that word is written down.
            self.change_as_allowed(Act::PriceOverridden { from, sku, to }, manager, after);
        }
    }
}
