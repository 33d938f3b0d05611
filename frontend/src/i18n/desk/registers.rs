//! Who holds a register.

use crate::i18n::language;
use shared::ids::{RegisterNo, SeriesLetter};

words! {
    revoke: "Retirer cette caisse", "Revoke this till";
    sure: "Ce navigateur l’apprend à sa prochaine ouverture\u{202f}; ce qu’il vend d’ici là est signalé. Ce qu’il a déjà vendu reste valable.",
        "That browser is told when it is opened next; what it sells until then is flagged. What it has sold stays valid.";
    unknown: "Cette série est inconnue\u{a0}: rechargez la page.", "This series is unknown: load the page anew.";
    self_service: "Paniers des clients, sans caissier", "Consumers’ baskets, without a cashier";
    office: "Bureau", "Office";
    sells_nothing: "ne vend rien", "sells nothing";
    journal_of_office: "Le journal de ce qui est décidé au bureau\u{202f}; le serveur en tient la clé.", "The journal of what is decided at the desk; the server holds its key.";
    who: "Qui tient cette caisse\u{202f}?", "Who holds this register?";
}

/// A register's number, or that it is the office.
pub fn name(register: RegisterNo) -> String {
    if register.sells() { register.to_string() } else { office().to_owned() }
}

/// A register and one of its series.
pub fn place(register: RegisterNo, series: &SeriesLetter) -> String {
    format!("{} · {series}", name(register))
}

/// Who holds it, and since when.
pub fn holds(holder: &str, age: &str) -> String {
    language().pick(format!("{holder}, depuis {age}"), format!("{holder}, for {age}"))
}

/// Who held it, and since when no more.
pub fn held(holder: &str, age: &str) -> String {
    language().pick(format!("{holder}, jusqu’à il y a {age}"), format!("{holder}, until {age} ago"))
}
