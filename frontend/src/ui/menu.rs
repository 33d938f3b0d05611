//! The menu behind the seller's name: language, theme, and whatever the page adds.

use super::preferences::{self, Theme};
use super::press;
use crate::i18n::{self, Language, common, language};
use leptos::prelude::*;

/// A menu that opens under its button; `more` is made when it is opened first.
pub fn menu(button: AnyView, more: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let was_opened = RwSignal::new(false);
    view! {
        <details class="menu" on:toggle=move |_| was_opened.set(true)>
            <summary class="btn quiet who">{button}<span class="visually-hidden">{move || common::words().preferences}</span></summary>
            <div class="sheet">
                {languages()}
                {themes()}
                {move || was_opened.get().then(&more)}
            </div>
        </details>
    }
    .into_any()
}

fn languages() -> AnyView {
    let choice = |which: Language, name: &'static str| {
        let pressed = move || (language() == which).to_string();
        view! {
            <button type="button" lang=which.tag() aria-pressed=pressed on:click=press(move || i18n::switch(which))>{name}</button>
        }
    };
    view! {
        <div class="field"><span class="label">{move || common::words().language}</span>
            <div class="segmented" role="group" aria-label=move || common::words().language>
                {choice(Language::French, "Français")}{choice(Language::English, "English")}
            </div></div>
    }
    .into_any()
}

fn themes() -> AnyView {
    let choice = |which: Theme, name: fn() -> &'static str| {
        let pressed = move || (preferences::theme() == which).to_string();
        view! { <button type="button" aria-pressed=pressed on:click=press(move || preferences::switch_theme(which))>{move || name()}</button> }
    };
    view! {
        <div class="field"><span class="label">{move || common::words().theme}</span>
            <div class="segmented" role="group" aria-label=move || common::words().theme>
                {choice(Theme::System, || common::words().theme_system)}
                {choice(Theme::Light, || common::words().theme_light)}
                {choice(Theme::Dark, || common::words().theme_dark)}
            </div></div>
    }
    .into_any()
}
