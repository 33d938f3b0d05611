//! The reserved place above the tiles: a message, what can be undone, or the newest alert. Nothing moves when one comes.

use super::context::{Till, till};
use super::sale::Undo;
use crate::format;
use crate::i18n::{language, till::words};
use crate::ui::press;
use leptos::prelude::*;
use shared::notice::Alert;
use shared::quantity::Unit;
use shared::stock::Urgency;

pub(super) fn slot(count: Signal<String>) -> AnyView {
    let till = till();
    let undoable = Memo::new(move |_| till.sale.with(|sale| sale.undoable().cloned()));
    let toast = move || {
        let message = till.message.get().map(|message| toast("toast out", message.text(), 0, close(till)));
        let undo = || undoable.get().map(|what| toast("toast", undo_text(&what), 0, undo(till)));
        let alert =
            || till.alerts.with(|alerts| alerts.first().map(|alert| alert_toast(till, alert, alerts.len() - 1)));
        message.or_else(undo).or_else(alert)
    };
    view! { <div class="slot"><p class="count">{move || count.get()}</p><div role="status">{move || toast()}</div></div> }.into_any()
}

fn toast(class: &'static str, text: String, more: usize, act: AnyView) -> AnyView {
    let more = (more > 0).then(|| view! { <span class="badge">{format!("+{more}")}</span> });
    view! { <div class=class><p>{text}</p>{more}{act}</div> }.into_any()
}

fn close(till: Till) -> AnyView {
    view! { <button class="btn small quiet" on:click=press(move || till.message.set(None))>{words().seen}</button> }
        .into_any()
}

fn undo(till: Till) -> AnyView {
    view! { <button class="btn small quiet" on:click=press(move || till.undo())>{words().undo}" "<kbd>"Ctrl Z"</kbd></button> }
        .into_any()
}

fn undo_text(what: &Undo) -> String {
    match what {
        Undo::Removal(name) => (words().removed)(name),
        Undo::Clearing => words().cleared.to_owned(),
    }
}

fn alert_toast(till: Till, alert: &Alert, more: usize) -> AnyView {
    let product = till.catalogue.with(|catalogue| catalogue.get(&alert.sku).cloned());
    let (name, unit) = match &product {
        Some(product) => (product.name.as_str(), product.unit),
        None => (alert.sku.as_str(), Unit::Piece),
    };
    let (class, text) = match alert.urgency() {
        Urgency::Out => ("toast out", (words().none_left)(name)),
        _ => ("toast low", low_text(name, unit, alert)),
    };
    let seen = press(move || till.alerts.update(|alerts| drop((!alerts.is_empty()).then(|| alerts.remove(0)))));
    let act = view! { <button class="btn small quiet" on:click=seen>{words().seen}</button> };
    toast(class, text, more, act.into_any())
}

fn low_text(name: &str, unit: Unit, alert: &Alert) -> String {
    let level = |quantity| format::level(language(), quantity, unit);
    (words().only_left)(name, &level(alert.on_hand), &level(alert.par))
}
