//! Filling in a movement, sending it, and waiting until the server says that it is saved.

use super::fields;
use super::quantity::Act;
use crate::api::{self, ApiError};
use crate::browser::random;
use crate::format;
use crate::i18n::desk::alerts as say;
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::directory::Directory;
use crate::manager::explain;
use crate::ui;
use leptos::prelude::*;
use shared::api::stock::{NewMovement, NewTransfer};
use shared::event::StockItem;
use shared::ids::{EventId, Sku, StoreNo};
use shared::product::Product;
use shared::quantity::{Quantity, Unit};
use shared::stock::StockLevel;
use std::sync::Arc;
use std::time::Duration;
use web_sys::{KeyboardEvent, SubmitEvent};

/// How long a movement that the log took may stay unseen before the form closes all the same: it is safe, and a busy
/// saver is shown elsewhere.
const PATIENCE: Duration = Duration::from_secs(15);

/// What is to be moved.
#[derive(Clone)]
pub struct Order {
    /// What happens to the goods.
    pub act: Act,
    /// Where.
    pub store: StoreNo,
    /// Which product.
    pub sku: Sku,
    /// The product, where the catalogue still has it.
    pub product: Option<Arc<Product>>,
    /// What the store has of it.
    pub level: Signal<Option<StockLevel>>,
    /// When the form is done with, or given up.
    pub on_close: Callback<()>,
}

impl Order {
    /// What the product is sold by.
    pub fn unit(&self) -> Unit {
        self.product.as_ref().map(|product| product.unit).unwrap_or_default()
    }
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stage {
    /// Being filled in; what was wrong with the last try.
    Filling(Option<String>),
    /// On its way.
    Sending,
    /// The server did not say whether it took it: only the same again is safe.
    Uncertain(String),
    /// In the log, not seen to be saved yet.
    InLog,
}

/// The form's state.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) directory: RwSignal<Arc<Directory>>,
    pub(super) order: StoredValue<Order>,
    pub(super) text: RwSignal<String>,
    pub(super) target: RwSignal<Option<StoreNo>>,
    pub(super) stage: RwSignal<Stage>,
    sent: StoredValue<Option<Sent>>,
}

/// What was sent, to be sent again as it was.
#[derive(Debug, Clone, Copy)]
struct Sent {
    id: EventId,
    quantity: Quantity,
    to: Option<StoreNo>,
    before: Quantity,
}

/// The form.
pub fn form(desk: Desk, order: Order) -> AnyView {
    let level = order.level.get_untracked().unwrap_or_default();
    let proposal = order.act.proposal(&level, order.unit());
    let text = proposal.map(|quantity| format::plain_quantity(language(), quantity, order.unit())).unwrap_or_default();
    let form = Form {
        directory: desk.directory,
        order: StoredValue::new(order),
        text: RwSignal::new(text),
        target: RwSignal::new(None),
        stage: RwSignal::new(Stage::Filling(None)),
        sent: StoredValue::new(None),
    };
    form.close_when_saved();
    ui::focus_soon(fields::QUANTITY);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            form.close();
        }
    };
    view! { <form class="receive" on:submit=submit on:keydown=escape novalidate>{fields::fields(form)}</form> }
        .into_any()
}

impl Form {
    pub(super) fn close(self) {
        self.order.with_value(|order| order.on_close.run(()));
    }

    fn submit(self) {
        let sent = match self.stage.get_untracked() {
            Stage::Sending | Stage::InLog => return,
            Stage::Uncertain(_) => self.sent.get_value(),
            Stage::Filling(_) => self.filled(),
        };
        let Some(sent) = sent else {
            self.stage.set(Stage::Filling(Some(self.wrong().to_owned())));
            return ui::focus(fields::QUANTITY);
        };
        self.sent.set_value(Some(sent));
        self.stage.set(Stage::Sending);
        let order = self.order.get_value();
        leptos::task::spawn_local(async move {
            let answer = post(&order, sent).await;
            // The form may be gone with its alert: somebody else was faster.
            if !self.stage.is_disposed() {
                self.stage.set(self.answered(answer));
            }
        });
    }

    /// What is filled in, under a fresh id, if it can be booked.
    fn filled(self) -> Option<Sent> {
        let order = self.order.get_value();
        let quantity = self.text.with_untracked(|text| order.act.read(text, order.unit()))?;
        let to = self.target.get_untracked();
        let before = order.level.get_untracked().unwrap_or_default().on_hand;
        let complete = order.act != Act::Transfer || to.is_some();
        complete.then(|| Sent { id: random::event_id(), quantity, to, before })
    }

    fn wrong(self) -> &'static str {
        let order = self.order.get_value();
        match (order.act, order.unit()) {
            (Act::Transfer, _) if self.target.get_untracked().is_none() => say::choose_store(),
            (Act::Count, _) => say::wrong_count(),
            (_, Unit::Piece) => say::wrong_pieces(),
            (_, Unit::Kilogram) => say::wrong_kilograms(),
        }
    }

    fn answered(self, answer: Result<(), ApiError>) -> Stage {
        match answer {
            Ok(()) => {
                set_timeout(
                    move || {
                        if !self.stage.is_disposed() {
                            self.close();
                        }
                    },
                    PATIENCE,
                );
                Stage::InLog
            }
            Err(error) if error.status().is_none_or(|status| status >= 500) => Stage::Uncertain(explain(&error)),
            Err(error) => Stage::Filling(Some(explain(&error))),
        }
    }

    /// Waits for the server's own word; nothing is taken for saved before.
    fn close_when_saved(self) {
        let level = self.order.with_value(|order| order.level);
        Effect::new(move || {
            let now = level.get().unwrap_or_default().on_hand;
            let sent = self.sent.get_value();
            let act = self.order.with_value(|order| order.act);
            if self.stage.get() == Stage::InLog && sent.is_some_and(|sent| act.shows(sent.before, now)) {
                self.close();
            }
        });
    }
}

async fn post(order: &Order, sent: Sent) -> Result<(), ApiError> {
    let items = vec![StockItem { sku: order.sku.clone(), quantity: sent.quantity }];
    let id = Some(sent.id);
    let answer = match (order.act, sent.to) {
        (Act::Count, _) => api::count(order.store, &NewMovement { id, items }).await,
        (Act::Transfer, Some(to)) => api::transfer(order.store, &NewTransfer { id, to, items }).await,
        (Act::Deliver | Act::Transfer, _) => api::deliver(order.store, &NewMovement { id, items }).await,
    };
    answer.map(|_| ())
}
