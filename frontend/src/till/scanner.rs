//! The scanner: every key passes the recogniser first, wherever the focus is.

use super::context::Till;
use crate::ui;
use leptos::prelude::{document, event_target, set_timeout};
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
#[derive(Clone, Default)]
pub(super) struct Scanner(Rc<RefCell<State>>);

impl Scanner {
    /// Takes a key; whether it ended a scan, and so is to have no other effect.
    pub(super) fn takes(&self, till: Till, event: &KeyboardEvent) -> bool {
        let Some(verdict) = self.judge(event) else { return false };
        match verdict {
            Verdict::Opens => self.0.borrow_mut().field = Field::focused(),
            // It would press the button that has the focus.
            Verdict::Typed if event.key() == " " && self.0.borrow().recogniser.is_within_burst() => {
                self.wait_for_silence(till);
                return types_into(event).is_none();
            }
            Verdict::Typed => {}
            Verdict::Scanned(code) => {
                self.ring_up(till, &code);
                return true;
            }
            Verdict::Late => return true,
        }
        self.wait_for_silence(till);
        false
    }

    fn judge(&self, event: &KeyboardEvent) -> Option<Verdict> {
        if event.is_composing() || event.key() == "Shift" {
            return None;
        }
        let mut state = self.0.borrow_mut();
        state.keys += 1;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since the page's start"
        )]
        let at = event.time_stamp() as u64;
        Some(state.recogniser.key(key(event), at))
    }

    fn ring_up(&self, till: Till, code: &str) {
        let field = self.0.borrow_mut().field.take();
        if let Some(field) = field.or_else(|| Field::before(code)) {
            field.restore();
        }
        till.scan(code);
    }

    /// A scanner may send no Enter: then silence ends the code.
    fn wait_for_silence(&self, till: Till) {
        let (this, keys) = (self.clone(), self.0.borrow().keys);
        set_timeout(
            move || {
                let is_silent = this.0.borrow().keys == keys;
                let code = is_silent.then(|| this.0.borrow_mut().recogniser.silence()).flatten();
                if let Some(code) = code {
                    this.ring_up(till, &code);
                }
            },
            Duration::from_millis(SILENCE_MS),
        );
    }
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
