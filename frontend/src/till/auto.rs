//! The bot at the till: it presses what a cashier would, at a pace that can be watched.

use super::context::{Stage, Till};
use super::shopper::Shopper;
use crate::browser::{random, storage};
use crate::i18n::till::words;
use crate::ui::{Fetched, press};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use shared::payment::TenderKind;
use shared::product::Product;
use shared::quantity::Quantity;
use std::pin::Pin;
use std::sync::Arc;

/// How fast the bot works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// To watch each step.
    Slow,
    /// Like a cashier.
    Normal,
    /// To fill the log.
    Fast,
}

const NAME: &str = "pace";

impl Pace {
    /// The pace chosen last.
    pub(super) fn remembered() -> Self {
        match storage::get(NAME).as_deref() {
            Some("0") => Self::Slow,
            Some("2") => Self::Fast,
            _ => Self::Normal,
        }
    }

    /// Chooses a pace by its place: 0 slow, 1 normal, 2 fast.
    pub(super) fn remember(place: &str) {
        storage::set(NAME, place);
    }

    /// Milliseconds between two acts.
    const fn step_ms(self) -> u32 {
        match self {
            Self::Slow => 2_000,
            Self::Normal => 700,
            Self::Fast => 120,
        }
    }
}

/// Lets the bot sell whenever it is switched on.
pub(super) fn listen(till: Till) {
    let runs = StoredValue::new(0_u32);
    Effect::new(move |_| {
        runs.update_value(|runs| *runs += 1);
        if till.auto.get() {
            let run = runs.get_value();
            leptos::task::spawn_local(start(till, move || runs.get_value() == run));
        }
    });
}

/// The switch in the bar; real stores have none.
#[leptos::wasm_split::wasm_split(auto, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn switch(till: Till) -> Fetched {
    let on = move || till.auto.get().to_string();
    let paces = [Pace::Slow, Pace::Normal, Pace::Fast].into_iter().enumerate().map(|(place, pace)| {
        let selected = move || pace == Pace::remembered();
        view! { <option value=place.to_string() selected=selected>{move || words().paces.get(place).copied()}</option> }
    });
    Ok(view! {
        <div class="auto">
            <button class="switch" role="switch" aria-checked=on id="auto" on:click=press(move || till.auto.update(|on| *on = !*on))>
                <span>{move || words().auto}</span></button>
            <select class="select" aria-label=move || words().pace on:change=|event| Pace::remember(&event_target_value(&event))>
                {paces.collect_view()}</select>
        </div>
    }
    .into_any())
}

async fn start(till: Till, is_on: impl Fn() -> bool + 'static) {
    match selling(till, Box::new(is_on)).await {
        Ok(selling) => selling.await,
        // Its code cannot be had for now.
        Err(_) => till.auto.set(false),
    }
}

/// The bot at work. Few tills ever see one.
type Selling = Pin<Box<dyn Future<Output = ()>>>;

#[leptos::wasm_split::wasm_split(auto, wasm_split_path = leptos::wasm_split, fallible)]
fn selling(till: Till, is_on: Box<dyn Fn() -> bool>) -> Result<Selling, SplitLoaderError> {
    Ok(Box::pin(sell(till, is_on)))
}

async fn sell(till: Till, is_on: Box<dyn Fn() -> bool>) {
    let mut shopper = Shopper::of_seed(u64::from_le_bytes(random::bytes()));
    let mut lines = shopper.lines();
    loop {
        TimeoutFuture::new(Pace::remembered().step_ms()).await;
        if !is_on() {
            return;
        }
        match till.stage.get_untracked() {
            Stage::Selling if till.sale.with_untracked(|sale| sale.basket().lines().len()) < lines => {
                ring_up(till, &mut shopper);
            }
            Stage::Selling => till.start_paying(shopper.tender()),
            Stage::Paying => take_money(till),
            Stage::Paid | Stage::Reprinting => {
                lines = shopper.lines();
                till.next_sale();
            }
        }
    }
}

fn ring_up(till: Till, shopper: &mut Shopper) {
    if let Some(product) = choose(till, shopper) {
        till.add(&product, shopper.quantity(product.unit));
    }
}

/// A product that the shelf is not known to be out of: nobody buys what is not there.
fn choose(till: Till, shopper: &mut Shopper) -> Option<Arc<Product>> {
    let catalogue = till.catalogue.get_untracked();
    let is_there = |product: &Arc<Product>| {
        untrack(|| till.level(&product.sku)).is_none_or(|level| level.on_hand > Quantity::pieces(5))
    };
    (0..8).filter_map(|_| catalogue.nth(shopper.product(catalogue.len())).cloned()).find(is_there)
}

/// Pays exactly by card, in cash with the nearest note.
fn take_money(till: Till) {
    till.tender(|tendering| {
        let note = tendering.notes().first().copied();
        if let Some(note) = note.filter(|_| tendering.kind() == TenderKind::Cash) {
            tendering.fill(note, crate::i18n::language_now());
        }
    });
    till.confirm();
}
