//! Sales on hold: putting the open one aside, and taking one up again.

use super::context::{Stage, Till};
use super::counter::{self, MOST_HELD};
use super::message::Message;
use super::sale::Sale;
use crate::format;
use crate::i18n::{common, keeping as say, language};
use crate::ui::{Fetched, lazily, press};
use leptos::prelude::*;

impl Till {
    /// Puts the sale under way aside.
    pub fn hold(self) {
        if self.stage.get_untracked() != Stage::Selling || self.sale.with_untracked(|sale| sale.basket().is_empty()) {
            return;
        }
        if self.held.with_untracked(Vec::len) >= MOST_HELD {
            return self.refuse(Message::NoRoom);
        }
        self.exchange(|open, held| {
            counter::hold(open, held);
        });
    }

    /// Takes a sale on hold up again, by its place; the one under way is put aside.
    pub fn recall(self, place: usize) {
        if self.stage.get_untracked() == Stage::Selling {
            self.exchange(|open, held| counter::recall(open, held, place));
        }
    }

    fn exchange(self, change: impl FnOnce(&mut Sale, &mut Vec<Sale>)) {
        let (mut open, mut held) = (self.sale.get_untracked(), self.held.get_untracked());
        change(&mut open, &mut held);
        self.message.set(None);
        self.asked.set(None);
        self.held.set(held);
        self.sale.set(open);
    }
}

/// The sales on hold, each a button that takes it up.
pub(super) fn held(till: Till) -> AnyView {
    let is_any = Memo::new(move |_| till.held.with(|held| !held.is_empty()));
    (move || is_any.get().then(|| lazily(move || Box::pin(list(till))))).into_any()
}

/// Few sales are put aside.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn list(till: Till) -> Fetched {
    let sales = move || {
        till.held.with(|held| held.iter().enumerate().map(|(place, sale)| one(till, place, sale)).collect_view())
    };
    Ok(view! { <div class="chips held" role="group" aria-label=say::held_sales>{sales}</div> }.into_any())
}

fn one(till: Till, place: usize, sale: &Sale) -> AnyView {
    let time = sale.opened_at().map(|at| at.to_string()).unwrap_or_default();
    // RFC 3339: the hour and the minute behind the date.
    let time = time.get(11..16).unwrap_or_default();
    let total = format::money(language(), sale.basket().total().unwrap_or_default(), till.place().store.currency);
    let text = say::held_sale(time, &(common::words().articles)(sale.basket().articles()), &total);
    let key = (place == 0).then(|| view! { " "<kbd>"F7"</kbd> });
    view! { <button class="chip" on:click=press(move || till.recall(place))>{text}{key}</button> }.into_any()
}
