//! What is filled in, and what pressing *open* does with it.

use super::{AtReception, Door, Refusal, SignedIn};
use crate::api;
use crate::browser::{reload, storage};
use crate::i18n::signing_in;
use crate::ui;
use leptos::prelude::*;
use shared::api::sessions::{Session, SignIn};
use shared::api::stores::StoreDetail;
use shared::ids::{RegisterNo, SellerNo, StoreNo};
use shared::store::Role;
use std::sync::Arc;

/// Where the last sign-in was, as `store/register`.
const PLACE: &str = "place";

/// Why the form does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    Place,
    Number,
    Pin,
    Manager,
    Refused(Refusal),
}

impl Fault {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Place => signing_in::choose_place().to_owned(),
            Self::Number => signing_in::type_number().to_owned(),
            Self::Pin => signing_in::type_pin().to_owned(),
            Self::Manager => signing_in::manager_only().to_owned(),
            Self::Refused(refusal) => refusal.text(),
        }
    }
}

/// Which field was filled in last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Number,
    Pin,
}

#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) door: Door,
    pub(super) stores: StoredValue<Arc<Vec<StoreDetail>>>,
    pub(super) store: RwSignal<Option<StoreNo>>,
    pub(super) register: RwSignal<Option<RegisterNo>>,
    pub(super) number: RwSignal<String>,
    pub(super) pin: RwSignal<String>,
    pub(super) field: RwSignal<Field>,
    pub(super) fault: RwSignal<Option<Fault>>,
    pub(super) busy: RwSignal<bool>,
    reception: AtReception,
    on_done: Callback<SignedIn>,
}

impl Form {
    /// An empty form at the place where somebody signed in last, if that is still there.
    pub(super) fn remembered(
        door: Door,
        stores: Vec<StoreDetail>,
        reception: AtReception,
        on_done: Callback<SignedIn>,
    ) -> Self {
        let place = remembered_place();
        let known = place.and_then(|(no, _)| stores.iter().find(|detail| detail.store.no == no));
        let register = place
            .map(|(_, register)| register)
            .filter(|no| known.is_some_and(|store| store.registers.iter().any(|r| r.no == *no)));
        let first = stores.first().filter(|_| door == Door::Desk);
        Self {
            door,
            store: RwSignal::new(known.or(first).map(|detail| detail.store.no)),
            register: RwSignal::new(register),
            stores: StoredValue::new(Arc::new(stores)),
            number: RwSignal::default(),
            pin: RwSignal::default(),
            field: RwSignal::new(Field::Number),
            fault: RwSignal::default(),
            busy: RwSignal::default(),
            reception,
            on_done,
        }
    }

    /// Chooses a register.
    pub(super) fn choose(self, store: StoreNo, register: RegisterNo) {
        if !self.reception.with_value(|reception| reception.serves(store, register)) {
            remember_place(store, Some(register));
            return reload();
        }
        self.store.set(Some(store));
        self.register.set(Some(register));
        self.fault.set(None);
        ui::focus("number");
    }

    /// The name of whoever has the typed number, to see that it is one's own.
    pub(super) fn name(self) -> Option<String> {
        let (store, number) = (self.store.get()?, self.number.with(|number| number.parse::<SellerNo>()).ok()?);
        let stores = self.stores.get_value();
        let seller = stores.iter().find(|detail| detail.store.no == store)?.sellers.iter().find(|s| s.no == number)?;
        Some(seller.name.clone())
    }

    /// Signs in with what is filled in, or says what is missing.
    pub(super) fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        match self.filled() {
            Ok(who) => {
                self.busy.set(true);
                self.fault.set(None);
                let asked = self.reception.with_value(|reception| reception.sign_in(who));
                leptos::task::spawn_local(async move {
                    self.answered(asked.await);
                    self.busy.set(false);
                });
            }
            Err(fault) => self.tell(fault),
        }
    }

    /// Says what is wrong, where it is mended: keys of a pad go to the field that has the focus.
    fn tell(self, fault: Fault) {
        match fault {
            Fault::Place => {}
            Fault::Number | Fault::Manager => ui::focus("number"),
            Fault::Pin | Fault::Refused(_) => ui::focus("pin"),
        }
        self.fault.set(Some(fault));
    }

    fn filled(self) -> Result<SignIn, Fault> {
        let store = self.store.get_untracked().ok_or(Fault::Place)?;
        if self.door == Door::Till && self.register.get_untracked().is_none() {
            return Err(Fault::Place);
        }
        let seller = self.number.with_untracked(|number| number.parse()).map_err(|_| Fault::Number)?;
        let pin = self.pin.get_untracked();
        if pin.is_empty() { Err(Fault::Pin) } else { Ok(SignIn { store, seller, pin }) }
    }

    fn answered(self, answer: Result<Session, Refusal>) {
        self.pin.set(String::new());
        match answer {
            Ok(session) if self.door == Door::Desk && session.seller.role != Role::Manager => {
                leptos::task::spawn_local(async {
                    // A session that cannot be ended runs out by itself.
                    let _ = api::sign_out().await;
                });
                self.tell(Fault::Manager);
            }
            Ok(session) => {
                let register = self.register.get_untracked();
                remember_place(session.store.no, register);
                self.on_done.run(SignedIn { session, register });
            }
            Err(error) => self.tell(Fault::Refused(error)),
        }
    }
}

/// Where the last sign-in in this browser was.
pub(super) fn remembered_place() -> Option<(StoreNo, RegisterNo)> {
    let text = storage::get(PLACE)?;
    let (store, register) = text.split_once('/')?;
    Some((store.parse().ok()?, register.parse().ok()?))
}

fn remember_place(store: StoreNo, register: Option<RegisterNo>) {
    if let Some(register) = register {
        storage::set(PLACE, &format!("{store}/{register}"));
    }
}
