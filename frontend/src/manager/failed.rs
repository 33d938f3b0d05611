//! What is shown in place of something that could not be fetched.

use super::explain;
use crate::api::ApiError;
use crate::i18n::{common, desk};
use crate::ui::{Empty, empty};
use leptos::prelude::*;

/// Why it could not be fetched, and the way to try again.
pub fn failed(icon: &'static str, error: &ApiError, again: Callback<()>) -> AnyView {
    let title = Signal::derive(|| desk::frame::failed().to_owned());
    let retry = view! { <button type="button" class="btn" on:click=move |_| again.run(())>{move || common::words().retry}</button> };
    empty(Empty { icon, bad: true, title, hint: Signal::stored(explain(error)) }, retry.into_any())
}
