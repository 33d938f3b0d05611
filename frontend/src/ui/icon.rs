//! Icons.

use leptos::prelude::*;

/// An icon of `style/icons.svg`, for eyes only: the word stands beside it or in the control's name.
pub fn icon(name: &'static str) -> AnyView {
    let href = format!("/icons.svg#{name}");
    view! { <svg class="icon" aria-hidden="true"><use href=href></use></svg> }.into_any()
}
