//! The phone's dock: which half is shown, and the way to pay.

use super::context::{Pane, Till};
use crate::format;
use crate::i18n::{language, till::words};
use crate::ui::press;
use leptos::prelude::*;
use shared::payment::TenderKind;

pub(super) fn dock(till: Till) -> AnyView {
    let choice = move |pane: Pane| move || (till.pane.get() == pane).to_string();
    let count = Memo::new(move |_| till.sale.with(|sale| sale.basket().articles()));
    let total = move || {
        let total = till.sale.with(|sale| sale.basket().total()).unwrap_or_default();
        format::money(language(), total, till.place().store.currency)
    };
    view! {
        <nav class="dock" aria-label=move || words().panes>
            <div class="segmented">
                <button aria-pressed=choice(Pane::Shelf) on:click=press(move || till.pane.set(Pane::Shelf))>{move || words().products}</button>
                <button aria-pressed=choice(Pane::Ticket) on:click=press(move || till.pane.set(Pane::Ticket))>
                    {move || words().ticket}" "<span class="badge">{move || count.get()}</span></button>
            </div>
            <button class="btn primary" disabled=move || count.get() == 0 on:click=press(move || till.start_paying(TenderKind::Card))>
                <span>{move || words().pay}</span><strong>{move || total()}</strong></button>
        </nav>
    }
    .into_any()
}
