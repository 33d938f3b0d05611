//! A place with nothing in it, and what to do about that.

use super::icon;
use leptos::prelude::*;

/// What an empty place says.
#[derive(Clone, Copy)]
pub struct Empty {
    /// Its icon.
    pub icon: &'static str,
    /// Whether an error emptied it.
    pub bad: bool,
    /// What there is not.
    pub title: Signal<String>,
    /// What to do.
    pub hint: Signal<String>,
}

/// An empty place, with room for a button.
pub fn empty(what: Empty, act: AnyView) -> AnyView {
    let Empty { icon: name, bad, title, hint } = what;
    let class = if bad { "empty bad" } else { "empty" };
    view! { <div class=class>{icon(name)}<h2>{move || title.get()}</h2><p>{move || hint.get()}</p>{act}</div> }
        .into_any()
}
