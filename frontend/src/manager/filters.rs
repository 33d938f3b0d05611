//! The criteria over a list: all of them in a row; on phones the first, and the others at a touch.

use crate::i18n::desk::receipts as say;
use leptos::prelude::*;

/// The form; `send` when somebody is done with it.
pub fn filters(first: AnyView, others: AnyView, send: impl Fn() + 'static) -> AnyView {
    let open = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send();
    };
    let is_open = move || open.get().to_string();
    view! {
        <form class="toolbar filters" data-open=is_open aria-label=say::filters on:submit=submit novalidate>
            {first}
            <button type="button" class="btn phone-only" aria-expanded=is_open on:click=move |_| open.update(|open| *open = !*open)>{say::filters}</button>
            {others}
        </form>
    }
    .into_any()
}
