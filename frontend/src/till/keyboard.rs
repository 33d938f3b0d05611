//! The whole till by keyboard. The names of the keys stand on the buttons.

use super::context::{Asked, Stage, Target, Till, Void};
use super::handover;
use super::scanner::{Scanner, types_into};
use super::shelf::Shown;
use crate::ui;
use leptos::prelude::*;
use shared::payment::TenderKind;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::KeyboardEvent;

/// Listens to every key, before anything else on the page does. What is scanned into the sign-in of a locked till is no PIN.
pub(super) fn listen(till: Till) {
    let scanner = Scanner::new(move |code| till.scan(code));
    let on_key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if scanner.takes(&event) || !till.locked.get_untracked() && act(till, &event) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    // The window takes any listener, and this one stays for the life of the page.
    let _ = window().add_event_listener_with_callback_and_bool("keydown", on_key.as_ref().unchecked_ref(), true);
    on_key.forget();
}

/// Does what a key stands for; whether it stood for anything.
fn act(till: Till, event: &KeyboardEvent) -> bool {
    let key = event.key();
    if event.is_composing() {
        return false;
    }
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return event.ctrl_key() && key == "z" && undo(till, event);
    }
    if till.auto.get_untracked() && key == "Escape" {
        till.auto.set(false);
        return true;
    }
    match (till.stage.get_untracked(), key.as_str()) {
        (_, "F1") if event.shift_key() => {
            till.soon(handover::hand_over_by_key(till));
            true
        }
        (_, "F8" | "F9") => pay(till, kind_of(&key, event.shift_key())),
        (Stage::Selling, key) => selling(till, event, key),
        (Stage::Paying, key) => paying(till, event, key),
        (Stage::Paid | Stage::Reprinting, key) => paid(till, event, key),
    }
}

/// The key that a means of payment is chosen by.
pub(super) const fn key_of(kind: TenderKind) -> &'static str {
    match kind {
        TenderKind::Cash => "F8",
        TenderKind::Card => "F9",
        TenderKind::Voucher => "⇧ F8",
        TenderKind::MealVoucher => "⇧ F9",
    }
}

fn kind_of(key: &str, shifted: bool) -> TenderKind {
    match (key, shifted) {
        ("F8", false) => TenderKind::Cash,
        ("F8", true) => TenderKind::Voucher,
        (_, false) => TenderKind::Card,
        (_, true) => TenderKind::MealVoucher,
    }
}

fn pay(till: Till, kind: TenderKind) -> bool {
    till.start_paying(kind);
    // Where the field is there already, another may have the focus.
    ui::focus("given");
    true
}

fn undo(till: Till, event: &KeyboardEvent) -> bool {
    let free = !is_editing(till, event);
    if free {
        till.undo();
    }
    free
}

fn selling(till: Till, event: &KeyboardEvent, key: &str) -> bool {
    if key == "Escape" {
        return escape(till);
    }
    if key != "F1" && till.asked.with_untracked(|asked| asked.as_ref().is_some_and(Asked::is_instead_of_ticket)) {
        return false;
    }
    let editing = is_editing(till, event);
    match key {
        "F2" => ui::focus("search"),
        "F3" => till.ask_price(),
        "F4" => till.ask_discount(if event.shift_key() { Target::Sale } else { Target::Line }),
        "F6" => till.hold(),
        "F7" => till.recall(0),
        "F1" => till.ask_register(),
        "ArrowDown" | "ArrowUp" if till.is_searching() => pick(till, key == "ArrowDown"),
        "ArrowDown" if !editing => till.change(|sale| sale.step_line(1)),
        "ArrowUp" if !editing => till.change(|sale| sale.step_line(-1)),
        "Delete" if !editing && event.shift_key() => till.void(Void::Sale),
        "Delete" if !editing => till.void(Void::Line),
        "+" if !editing => till.step_quantity(1),
        "-" if !editing => till.step_quantity(-1),
        _ => return send_to(event, key, "search"),
    }
    true
}

fn escape(till: Till) -> bool {
    if till.busy.get_untracked() {
        return true;
    }
    if till.asked.with_untracked(Option::is_some) {
        till.put_away();
    } else if till.query.with_untracked(String::is_empty) {
        till.message.set(None);
    } else {
        till.clear_search();
    }
    true
}

fn pick(till: Till, down: bool) {
    let last = use_context::<Shown>().map_or(usize::MAX, |shown| shown.with_untracked(Vec::len).saturating_sub(1));
    till.pick.update(|pick| *pick = if down { (*pick + 1).min(last) } else { pick.saturating_sub(1) });
}

fn paying(till: Till, event: &KeyboardEvent, key: &str) -> bool {
    match key {
        "Escape" => till.step_back(),
        // Inside the form Enter submits it, or presses the button that has the focus.
        "Enter" if event.repeat() => {}
        "Enter" if is_nowhere(event) => till.confirm(),
        _ => return send_to(event, key, "given"),
    }
    true
}

fn paid(till: Till, event: &KeyboardEvent, key: &str) -> bool {
    match key {
        "F10" => till.print(),
        "Enter" if event.repeat() => {}
        "Enter" if is_nowhere(event) || is_on("next-sale") => till.enter_next_sale(),
        "Escape" => till.next_sale(),
        "F2" => {
            till.next_sale();
            ui::focus("search");
        }
        _ => {
            if is_typing(key) && key != " " && types_into(event).is_none() {
                till.next_sale();
            }
            return send_to(event, key, "search");
        }
    }
    true
}

/// Lets a typed character go to the field that it is meant for: the focus moves there before the browser types it.
fn send_to(event: &KeyboardEvent, key: &str, field: &str) -> bool {
    if is_typing(key) && key != " " && types_into(event).is_none() {
        ui::focus(field);
    }
    false
}

fn is_typing(key: &str) -> bool {
    let mut chars = key.chars();
    chars.next().is_some() && chars.next().is_none()
}

/// Whether keys go to a field where they have a meaning of their own; the empty search has none for + − and Delete.
fn is_editing(till: Till, event: &KeyboardEvent) -> bool {
    types_into(event).is_some_and(|input| input.id() != "search" || !till.query.with_untracked(String::is_empty))
}

fn is_nowhere(event: &KeyboardEvent) -> bool {
    event_target::<web_sys::Element>(event).tag_name() == "BODY"
}

fn is_on(id: &str) -> bool {
    document().active_element().is_some_and(|element| element.id() == id)
}
