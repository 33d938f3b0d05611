//! Lists that stand still while somebody is in them: nothing moves under a finger.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent};

/// Whether somebody points into a place, or goes through it by keyboard.
#[derive(Clone, Copy)]
pub struct Still {
    pointed: RwSignal<bool>,
    focused: RwSignal<bool>,
}

impl Still {
    /// A place in which nobody is.
    pub fn new() -> Self {
        Self { pointed: RwSignal::new(false), focused: RwSignal::new(false) }
    }

    /// Whether the place has to stand still.
    pub fn get(self) -> bool {
        self.pointed.get() || self.focused.get()
    }

    /// Whether it has to at this moment, for what happens once.
    pub fn now(self) -> bool {
        self.pointed.get_untracked() || self.focused.get_untracked()
    }

    /// Somebody points into it, or no longer does.
    pub fn point(self, inside: bool) {
        self.pointed.set(inside);
    }

    /// The focus has come into it. One that a click has left behind says nothing about where somebody looks.
    pub fn enter(self, event: &FocusEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        self.focused.set(target.is_some_and(|target| target.matches(":focus-visible").unwrap_or(false)));
    }

    /// The focus has left it.
    pub fn leave(self) {
        self.focused.set(false);
    }
}
