//! The pages' words in French and English.
//!
//! Each page's words are a struct with one value per language, so a missing translation does not compile, and the till
//! does not carry the desk's. What depends on figures is a function, since languages differ in more than words.

/// Declares words: a name, the French, the English.
macro_rules! words {
    ($($name:ident: $french:literal, $english:literal;)*) => {
        $(
            #[doc = $french]
            pub fn $name() -> &'static str {
                $crate::i18n::language().pick($french, $english)
            }
        )*
    };
}

pub mod closings;
pub mod common;
pub mod desk;
pub mod display;
pub mod keeping;
pub mod obstacles;
pub mod printing;
pub mod reducing;
pub mod refunding;
pub mod registers;
pub mod signing_in;
pub mod till;
pub mod verify;

use crate::browser::storage;
use leptos::prelude::{ArcRwSignal, Get, GetUntracked, Set, document, window};
use std::sync::LazyLock;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

const NAME: &str = "language";

/// The page has one language at a time; it changes without reload.
static LANGUAGE: LazyLock<ArcRwSignal<Language>> = LazyLock::new(|| ArcRwSignal::new(Language::French));

impl Language {
    /// The tag of the language (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    fn of_tag(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("fr") { Self::French } else { Self::English }
    }

    /// One of two words.
    pub fn pick<T>(self, french: T, english: T) -> T {
        match self {
            Self::French => french,
            Self::English => english,
        }
    }
}

/// The page's language; whoever reads it in a view follows it.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// The page's language at this moment, for what happens once.
pub fn language_now() -> Language {
    LANGUAGE.get_untracked()
}

/// Switches the page's language and remembers it.
pub fn switch(language: Language) {
    storage::set(NAME, language.tag());
    show(language);
}

/// Takes the remembered language, or else the browser's.
pub fn restore() {
    let tag = storage::get(NAME).or_else(|| window().navigator().language()).unwrap_or_default();
    show(Language::of_tag(&tag));
}

/// Speaks the language of a tag (BCP 47) without remembering it.
pub fn follow(tag: &str) {
    show(Language::of_tag(tag));
}

fn show(language: Language) {
    LANGUAGE.set(language);
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.tag());
    }
}
