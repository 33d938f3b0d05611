//! The scanner: every key passes the recogniser first, wherever the focus is.

use crate::ui;
use leptos::ev::keydown;
use leptos::prelude::{document, event_target, on_cleanup, set_timeout, window_event_listener};
use shared::scan::{Key, Recogniser, SILENCE_MS, Verdict};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

/// A field as it was before a burst of keys.
struct Field {
    input: HtmlInputElement,
    value: String,
    caret: Option<u32>,
}

impl Field {
    fn focused() -> Option<Self> {
        let input: HtmlInputElement = document().active_element()?.dyn_into().ok()?;
        Some(Self { value: input.value(), caret: input.selection_start().ok().flatten(), input })
    }

    /// The focused field as it was before `code` was typed at its end: a scan from elsewhere has moved the focus there.
    fn before(code: &str) -> Option<Self> {
        let field = Self::focused()?;
        let value = field.value.strip_suffix(code)?.to_owned();
        Some(Self { value, caret: None, ..field })
    }

    /// Takes back what a scan has typed into the field.
    fn restore(self) {
        self.input.set_value(&self.value);
        if self.caret.is_some() {
            let _ = self.input.set_selection_start(self.caret);
            let _ = self.input.set_selection_end(self.caret);
        }
        ui::tell_input(&self.input);
    }
}

#[derive(Default)]
struct State {
    recogniser: Recogniser,
    field: Option<Field>,
    keys: u64,
}

/// Tells scans from typing.
#[derive(Clone)]
pub(super) struct Scanner {
    state: Rc<RefCell<State>>,
    take: Rc<dyn Fn(&str)>,
}

impl Scanner {
    /// What is scanned is given to `take`.
    pub(super) fn new(take: impl Fn(&str) + 'static) -> Self {
        Self { state: Rc::default(), take: Rc::new(take) }
    }

    /// Takes a key; whether it ended a scan, and so is to have no other effect.
    pub(super) fn takes(&self, event: &KeyboardEvent) -> bool {
        let Some(verdict) = self.judge(event) else { return false };
        match verdict {
            Verdict::Opens => self.state.borrow_mut().field = Field::focused(),
            // It would press the button that has the focus.
            Verdict::Typed if event.key() == " " && self.state.borrow().recogniser.is_within_burst() => {
                self.wait_for_silence();
                return types_into(event).is_none();
            }
            Verdict::Typed => {}
            Verdict::Scanned(code) => {
                self.give_out(&code);
                return true;
            }
            Verdict::Late => return true,
        }
        self.wait_for_silence();
        false
    }

    fn judge(&self, event: &KeyboardEvent) -> Option<Verdict> {
        if event.is_composing() || event.key() == "Shift" {
            return None;
        }
        let mut state = self.state.borrow_mut();
        state.keys += 1;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since the page's start"
        )]
        let at = event.time_stamp() as u64;
        Some(state.recogniser.key(key(event), at))
    }

    fn give_out(&self, code: &str) {
        let field = self.state.borrow_mut().field.take();
        if let Some(field) = field.or_else(|| Field::before(code)) {
            field.restore();
        }
        (self.take)(code);
    }

    /// A scanner may send no Enter: then silence ends the code.
    fn wait_for_silence(&self) {
        let (this, keys) = (self.clone(), self.state.borrow().keys);
        set_timeout(
            move || {
                let is_silent = this.state.borrow().keys == keys;
                let code = is_silent.then(|| this.state.borrow_mut().recogniser.silence()).flatten();
                if let Some(code) = code {
                    this.give_out(&code);
                }
            },
            Duration::from_millis(SILENCE_MS),
        );
    }
}

/// Keeps scans out of the fields of a page at which no till is open, for as long as that is shown: their Enter would try them
/// as a PIN. There is nothing yet that they could be rung up on.
pub(super) fn swallow() {
    let scanner = Scanner::new(|_| {});
    let listener = window_event_listener(keydown, move |event| {
        if scanner.takes(&event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

fn key(event: &KeyboardEvent) -> Key {
    let key = event.key();
    let mut chars = key.chars();
    match (chars.next(), chars.next()) {
        _ if event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() => Key::Other,
        (Some(c), None) => Key::Char(c),
        _ if key == "Enter" || key == "Tab" => Key::End,
        _ => Key::Other,
    }
}

/// Whether a key pressed now would type into a field.
pub(super) fn types_into(event: &KeyboardEvent) -> Option<HtmlInputElement> {
    event_target::<web_sys::EventTarget>(event).dyn_into().ok()
}
