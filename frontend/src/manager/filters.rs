//! The criteria over a list: all of them in a row; on phones the first, and the others at a touch.

use crate::i18n::desk::receipts as say;
use leptos::prelude::*;

/// How the criteria stand that phones hide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// None of them is set.
    Unset,
    /// The list goes by one of them.
    Set,
    /// One of them cannot be read, and is shown until it can.
    Refused,
}

/// The form; `send` when somebody is done with it.
pub fn filters(first: AnyView, others: AnyView, hidden: Signal<Hidden>, send: impl Fn() + 'static) -> AnyView {
    let open = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send();
    };
    let is_open = move || (open.get() || hidden.get() == Hidden::Refused).to_string();
    let name = move || if hidden.get() == Hidden::Unset { say::filters() } else { say::filters_set() };
    view! {
        <form class="toolbar filters" data-open=is_open aria-label=say::filters on:submit=submit novalidate>
            {first}
            <button type="button" class="btn phone-only" aria-expanded=is_open on:click=move |_| open.update(|open| *open = !*open)>{name}</button>
            {others}
        </form>
    }
    .into_any()
}
