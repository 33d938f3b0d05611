//! What the till tells its customer's display, while somebody looks at one.

use super::context::{Stage, Till};
use crate::browser::channel::Channel;
use crate::display::{self, Act, HELLO, OPENED, Shown};
use crate::i18n::language;
use crate::ui::{Fetched, lazily};
use leptos::prelude::*;

/// Waits for a display to say hello.
pub(super) fn customer(till: Till) -> AnyView {
    let (store, register) = (till.place().store.no, till.place().register);
    let Some(channel) = Channel::open(&display::channel_name(store, register)) else { return ().into_any() };
    let greetings = RwSignal::new(0_u32);
    channel.hear(move |text| {
        if text == HELLO {
            greetings.update(|greetings| *greetings += 1);
        }
    });
    channel.say(OPENED);
    let channel = StoredValue::new_local(channel);
    let is_seen = Memo::new(move |_| greetings.get() > 0);
    let telling =
        move || is_seen.get().then(|| lazily(move || Box::pin(tell(till, channel.get_value(), greetings.into()))));
    view! { <div hidden>{move || telling()}</div> }.into_any()
}

/// Most tills have no display.
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn tell(till: Till, channel: Channel, greetings: Signal<u32>) -> Fetched {
    let say = move |act: Act| {
        let shown = Shown::at(&till.place().store, language(), act);
        if let Ok(text) = serde_json::to_string(&shown) {
            channel.say(&text);
        }
    };
    let closing = say.clone();
    let handle = window_event_listener_untyped("pagehide", move |_| untrack(|| closing(Act::Closed)));
    on_cleanup(move || handle.remove());
    Effect::new(move |_| {
        greetings.track();
        if till.locked.get() {
            return say(Act::Closed);
        }
        let paid = till.paid.get().filter(|_| till.stage.get() == Stage::Paid);
        let act = till.sale.with(|sale| {
            till.tendering
                .with(|tendering| Act::of(sale, tendering.as_ref(), paid.as_deref().map(|sealed| &sealed.body)))
        });
        say(act);
    });
    Ok(().into_any())
}
