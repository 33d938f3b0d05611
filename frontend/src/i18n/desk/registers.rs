//! Who holds a register.

use crate::i18n::language;

words! {
    revoke: "Retirer cette caisse", "Revoke this till";
    sure: "Ce navigateur l’apprend à sa prochaine ouverture ; ce qu’il vend d’ici là est signalé. Ce qu’il a déjà vendu reste valable.",
        "That browser is told when it is opened next; what it sells until then is flagged. What it has sold stays valid.";
    unknown: "Cette série est inconnue : rechargez la page.", "This series is unknown: load the page anew.";
    self_service: "Paniers des clients, sans caissier", "Consumers’ baskets, without a cashier";
    who: "Qui tient cette caisse ?", "Who holds this register?";
}

/// Who holds it, and since when.
pub fn holds(holder: &str, age: &str) -> String {
    language().pick(format!("{holder}, depuis {age}"), format!("{holder}, for {age}"))
}

/// Who held it, and since when no more.
pub fn held(holder: &str, age: &str) -> String {
    language().pick(format!("{holder}, jusqu’à il y a {age}"), format!("{holder}, until {age} ago"))
}
