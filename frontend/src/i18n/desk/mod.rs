//! The words of the manager's desk, one file per page.
//!
//! Each is a function, so that a view that names it follows the language.

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

pub mod alerts;
pub mod arrival;
pub mod bots;
pub mod direct;
pub mod findings;
pub mod frame;
pub mod letters;
pub mod problems;
pub mod receipts;
pub mod stocks;
