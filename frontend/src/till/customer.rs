//! What the till tells its customer's display, while somebody looks at one.

use super::context::{Stage, Till};
use crate::browser::channel::Channel;
use crate::display::{self, Act, HELLO, OPENED, Shown};
use crate::i18n::language;
use leptos::prelude::*;

/// Waits for a display to say hello; most tills have none.
pub(super) fn listen(till: Till) {
    let (store, register) = (till.place().store.no, till.place().register);
    let Some(channel) = Channel::open(&display::channel_name(store, register)) else { return };
    let greetings = RwSignal::new(0_u32);
    channel.hear(move |text| {
        if text == HELLO {
            greetings.update(|greetings| *greetings += 1);
        }
    });
    channel.say(OPENED);
    let is_seen = Memo::new(move |_| greetings.get() > 0);
    Effect::new(move |_| {
        if is_seen.get() {
            tell(till, channel.clone(), greetings);
        }
    });
}

fn tell(till: Till, channel: Channel, greetings: RwSignal<u32>) {
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
}
