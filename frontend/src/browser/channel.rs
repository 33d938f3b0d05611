//! What pages of this site in the same browser say to each other (HTML Standard, *Broadcasting to other browsing contexts*).

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel between pages, for the life of the page. Nobody hears what they say themselves.
#[derive(Debug, Clone)]
pub struct Channel(BroadcastChannel);

impl Channel {
    /// Opens a channel; `None` where the browser has none.
    pub fn open(name: &str) -> Option<Self> {
        BroadcastChannel::new(name).ok().map(Self)
    }

    /// Says something to whoever listens.
    pub fn say(&self, text: &str) {
        // A text can always be posted, unless the channel was closed, and then nobody listens.
        let _ = self.0.post_message(&JsValue::from_str(text));
    }

    /// Calls for each text that another page says.
    pub fn hear(&self, heard: impl Fn(&str) + 'static) {
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                heard(&text);
            }
        });
        self.0.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
    }
}
