//! Small parts that both pages are made of. Views are plain functions: a component macro would cost the till bytes.

mod closing;
mod empty;
mod gauge;
mod icon;
mod keypad;
mod lazy;
mod menu;
mod paper;
pub mod preferences;
mod press;
mod qr;
mod receipt;
mod report;

pub use closing::{ClosingHead, closing_report};
pub use empty::{Empty, empty};
pub use gauge::{gauge, state_class};
pub use icon::icon;
pub use keypad::{keep_focus, keypad};
pub use lazy::{Fetched, lazily, waiting, waiting_view};
pub use menu::menu;
pub use paper::{Paper, Row};
pub use press::press;
pub use receipt::{Head as ReceiptHead, receipt};
pub use report::{Amount, Pen, Report, report, tax_heads};

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// How often the tasks at hand get their turn until a view that is made is on the page: more often than any needs.
const TURNS: u32 = 64;

/// Puts the focus on an element by its id as soon as the views have been brought up to date, before the next key: what
/// somebody types right behind the key that opens a field is meant for the field.
pub fn focus_soon(id: &'static str) {
    focus_within(id, TURNS);
}

fn focus_within(id: &'static str, turns: u32) {
    leptos::prelude::queue_microtask(move || {
        if !try_focus(id) && turns > 0 {
            focus_within(id, turns - 1);
        }
    });
}

/// Puts the focus on an element by its id.
pub fn focus(id: &str) {
    // An element that is not there, or takes no focus, leaves it where it is.
    try_focus(id);
}

fn try_focus(id: &str) -> bool {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Scrolls a list so that what is current in it is seen.
pub fn show_current(list: &Element) {
    if let Ok(Some(current)) = list.query_selector("[aria-current]") {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        current.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Tells whoever listens to a field that its text is another, as the browser does while somebody types.
pub fn tell_input(field: &HtmlInputElement) {
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &bubbles) {
        // Whether anybody objects makes no difference to what it says.
        let _ = field.dispatch_event(&event);
    }
}

/// Prints the page, of which the style sheet leaves nothing but its receipts; where there are any, and whether there were.
pub fn print() -> bool {
    let root = document().document_element().filter(|_| has_paper());
    if let Some(root) = root.clone() {
        let _ = root.set_attribute(PRINTS, "");
        let done = Closure::<dyn Fn()>::new(move || drop(root.remove_attribute(PRINTS)));
        window().set_onafterprint(Some(done.into_js_value().unchecked_ref()));
        let _ = window().print();
    }
    root.is_some()
}

/// What the root has while the page itself prints: the style sheet prints no paper of a till that somebody else asks for, which
/// would be in no journal and say of no copy that it is one.
const PRINTS: &str = "data-prints";

/// Whether there is anything to print.
pub fn has_paper() -> bool {
    is_there(".receipt")
}

/// Whether anything is on the page that a selector names.
pub fn is_there(selector: &str) -> bool {
    document().query_selector(selector).is_ok_and(|found| found.is_some())
}

/// The first letters of a name's words, for a round mark.
pub fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
}
