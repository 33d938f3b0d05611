//! The customer's display: a second window of the till's browser that shows what is rung up.
//!
//! It hears from the till over a channel within the browser, so that it works without a network, and shows nothing that
//! the till did not tell it.

mod fullscreen;
mod shown;
mod view;

pub use shown::{Act, Shown};

use crate::browser::channel::Channel;
use crate::i18n::{self, display};
use crate::ui::{Fetched, lazily};
use leptos::prelude::*;
use shared::ids::{RegisterNo, StoreNo};

/// Where the display is.
const PATH: &str = "/display";

/// What a display says once it listens.
pub const HELLO: &str = "hello";

/// What a till says once it is open: a display that was there before says hello again.
pub const OPENED: &str = "opened";

/// Whether this page is to be a display.
pub fn is_asked() -> bool {
    window().location().pathname().is_ok_and(|path| path == PATH)
}

/// The address of a register's display.
pub fn address(store: StoreNo, register: RegisterNo) -> String {
    format!("{PATH}?store={store}&register={register}")
}

/// The name of the channel between a register's till and its display.
pub fn channel_name(store: StoreNo, register: RegisterNo) -> String {
    address(store, register)
}

/// The display's page.
pub fn page() -> AnyView {
    lazily(|| Box::pin(display()))
}

/// The till has no use for it.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn display() -> Fetched {
    let query = window().location().search().unwrap_or_default();
    let told = RwSignal::new(None);
    if !query.is_empty() {
        listen(&format!("{PATH}{query}"), told);
    }
    Effect::new(move |_| document().set_title(display::title()));
    Ok(view::view(told, query.is_empty()))
}

fn listen(name: &str, told: RwSignal<Option<Shown>>) {
    let Some(channel) = Channel::open(name) else { return };
    let answering = channel.clone();
    channel.hear(move |text| match text {
        OPENED => answering.say(HELLO),
        // Another display of this register.
        HELLO => {}
        // A till of another version says what this one does not know: it is loaded anew with the till.
        text => {
            if let Ok(shown) = serde_json::from_str::<Shown>(text) {
                i18n::follow(&shown.language);
                told.set(Some(shown));
            }
        }
    });
    channel.say(HELLO);
}
