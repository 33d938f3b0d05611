//! The receipt, and how far it has got.

use super::context::Till;
use crate::format;
use crate::i18n::{common, language, till::words};
use crate::outbox::queue::Progress;
use crate::ui::{self, ReceiptHead, icon, press, receipt};
use leptos::prelude::*;
use shared::money::Money;

pub(super) fn paid(till: Till) -> AnyView {
    let Some(sealed) = till.paid.get_untracked() else { return ().into_any() };
    let place = till.place();
    let head = ReceiptHead::of(&place.store, place.seller.name.clone());
    let (total, change, id) = (sealed.body.total, sealed.body.change, sealed.body.id);
    let money = move |amount| format::money(language(), amount, place.store.currency);
    let progress = Memo::new(move |_| till.outbox.progress(id));
    ui::focus_soon("next-sale");
    // The second click of a double one on *take payment* lands here, and must not put the receipt away.
    let next = move |event: web_sys::MouseEvent| {
        if event.detail() < 2 {
            till.next_sale();
        }
    };
    let to_give_back = (change > Money::ZERO).then(|| {
        view! { <p class="change"><span>{move || words().to_give_back}</span><strong>{move || money(change)}</strong></p> }
    });
    view! {
        <section class="paid" aria-labelledby="paid">
            <header class="done">{icon("check")}<h2 id="paid">{move || (words().paid)(&money(total))}</h2>{mark(progress)}</header>
            {to_give_back}
            <div class="preview" tabindex="0" role="group" aria-label=move || common::words().receipt>{receipt(sealed, head)}</div>
            <footer class="actions">
                <button class="btn" on:click=press(ui::print)>{icon("print")}{move || common::words().print}" "<kbd>"F10"</kbd></button>
                <button class="btn primary" id="next-sale" on:click=next>
                    {move || words().next_sale}" "<kbd>{move || common::words().enter_key}</kbd></button>
            </footer>
        </section>
    }
    .into_any()
}

fn mark(progress: Memo<Progress>) -> AnyView {
    let class = move || {
        progress.with(|progress| match progress {
            Progress::OnTill | Progress::InLog => "mark wait",
            Progress::Saved => "mark ok",
            Progress::Refused(_) => "mark bad",
        })
    };
    let text = move || {
        progress.with(|progress| match progress {
            Progress::OnTill => words().on_till,
            Progress::InLog => words().in_log,
            Progress::Saved => words().saved,
            Progress::Refused(_) => words().not_taken,
        })
    };
    view! { <span class=class role="status" id="progress"><span>{move || text()}</span></span> }.into_any()
}
