//! What a person sets once: language and theme. Both take effect without reload.

use crate::browser::storage;
use crate::i18n;
use leptos::prelude::{ArcRwSignal, Get, Set, document};
use std::sync::LazyLock;

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

const NAME: &str = "theme";

static THEME: LazyLock<ArcRwSignal<Theme>> = LazyLock::new(|| ArcRwSignal::new(Theme::System));

/// The page's theme.
pub fn theme() -> Theme {
    THEME.get()
}

/// Switches the theme and remembers it.
pub fn switch_theme(theme: Theme) {
    storage::set(NAME, name(theme));
    show(theme);
}

/// Takes what is remembered.
pub fn restore() {
    i18n::restore();
    show(match storage::get(NAME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    });
}

const fn name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn show(theme: Theme) {
    THEME.set(theme);
    if let Some(root) = document().document_element() {
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            _ => root.set_attribute("data-theme", name(theme)),
        };
    }
}
