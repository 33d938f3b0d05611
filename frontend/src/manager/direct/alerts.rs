//! Where it is burning: the open alerts of all stores, the most urgent first.

use super::alert;
use crate::format;
use crate::i18n::desk::alerts as say;
use crate::i18n::language;
use crate::manager::context::Desk;
use crate::manager::figures::order::arrange;
use crate::manager::still::Still;
use crate::ui::{self, Empty, empty};
use leptos::prelude::*;
use shared::ids::{Sku, StoreNo};
use shared::notice::Alert;
use shared::picture::Picture;
use shared::position::Position;
use shared::stock::Urgency;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many alerts there is room for; the most urgent ones.
const MOST: usize = 40;

/// What names an alert.
pub type Key = (StoreNo, Sku, Position);

/// The alerts that are shown.
pub type Alerts = Memo<Arc<Open>>;

/// The open alerts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Open {
    /// How many there are.
    pub count: usize,
    /// Whether any product is out.
    pub any_out: bool,
    /// The most urgent ones, in order.
    pub order: Vec<Key>,
    /// The same, by their names.
    pub alerts: BTreeMap<Key, Alert>,
}

pub fn panel(desk: Desk) -> AnyView {
    let (still, receiving) = (Still::new(), RwSignal::new(None::<Key>));
    let open: Alerts = Memo::new(move |_| Arc::new(desk.in_scope(read)));
    let order = Memo::new(move |shown: Option<&Vec<Key>>| {
        open.with(|open| {
            arrange(shown.map_or(&[], Vec::as_slice), open.order.clone(), still.get() || receiving.get().is_some())
        })
    });
    greet_cleared(desk, open, order, receiving, still);
    let is_empty = Memo::new(move |_| order.with(Vec::is_empty));
    let badge = move || {
        let (count, any_out) = open.with(|open| (open.count, open.any_out));
        let class = match (count, any_out) {
            (0, _) => "badge ok",
            (_, true) => "badge out",
            (_, false) => "badge low",
        };
        view! { <span class=class>{format::number(language(), u64::try_from(count).unwrap_or(0))}</span> }
    };
    let more = move || {
        let hidden = open.with(|open| open.count.saturating_sub(open.order.len()));
        let hidden = u64::try_from(hidden).unwrap_or(0);
        (hidden > 0).then(|| view! { <p><small>{say::more(&format::number(language(), hidden))}</small></p> })
    };
    let body = move || {
        if is_empty.get() {
            return nothing();
        }
        view! {
            <div class="scroll">
                <For each=move || order.get() key=Clone::clone children=move |key| alert::card(desk, open, receiving, key)/>
                {more}
            </div>
        }
        .into_any()
    };
    view! {
        <aside class="alerts" aria-label=say::alerts
            on:pointerenter=move |_| still.point(true) on:pointerleave=move |_| still.point(false)
            on:focusin=move |event| still.enter(&event) on:focusout=move |_| still.leave()>
            <header class="head"><h2>{say::alerts}</h2>{badge}</header>
            {body}
        </aside>
    }
    .into_any()
}

/// Nothing left comes before little left, and then the oldest first.
fn read(pictures: &[&Picture]) -> Open {
    let mut all: Vec<&Alert> = pictures.iter().flat_map(|picture| picture.alerts()).collect();
    all.sort_by_key(|alert| (alert.urgency(), alert.raised_at));
    let (count, any_out) = (all.len(), all.first().is_some_and(|alert| alert.urgency() == Urgency::Out));
    let key = |alert: &&Alert| -> Key { (alert.store, alert.sku.clone(), alert.raised) };
    all.truncate(MOST);
    Open {
        count,
        any_out,
        order: all.iter().map(key).collect(),
        alerts: all.iter().map(|alert| (key(alert), (*alert).clone())).collect(),
    }
}

/// When the alert that is being worked on goes, says so and leads to the next one.
fn greet_cleared(desk: Desk, open: Alerts, order: Memo<Vec<Key>>, receiving: RwSignal<Option<Key>>, still: Still) {
    Effect::new(move || {
        let gone = receiving.get().filter(|key| open.with(|open| !open.alerts.contains_key(key)));
        if let Some((store, sku, _)) = gone {
            receiving.set(None);
            // What is taken out of a page with the focus in it does not say that it leaves.
            still.leave();
            desk.said.set(untrack(|| say::cleared(&desk.product_name(&sku), &desk.store_name(store))));
            let next =
                order.with_untracked(|order| order.iter().find(|(_, other, _)| *other != sku).map(alert::button_id));
            request_animation_frame(move || next.iter().for_each(|id| ui::focus(id)));
        }
    });
}

fn nothing() -> AnyView {
    let title = Signal::derive(|| say::none().to_owned());
    let hint = Signal::derive(|| say::none_hint().to_owned());
    empty(Empty { icon: "check", bad: false, title, hint }, ().into_any())
}
