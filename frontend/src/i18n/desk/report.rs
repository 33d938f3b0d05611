//! The X report.

use crate::i18n::language;

words! {
    title: "Rapport X", "X report";
    back: "Retour au direct", "Back to live";
    refresh: "Actualiser", "Refresh";
    print: "Imprimer", "Print";
    day: "Journée", "Business day";
    store: "Magasin n°", "Store no.";
    register: "Caisse n°", "Register no.";
    receipts: "Tickets", "Receipts";
    first_none: "Rien n’est encore vendu aujourd’hui", "Nothing is sold yet today";
    first_none_hint: "Le rapport se remplit avec le premier ticket enregistré.", "The report fills with the first saved receipt.";
    not_closed: "Totaux en cours, journée non clôturée", "Running totals, the day is not closed";
}

/// When the figures were read, and what they hold.
pub fn as_of(time: &str) -> String {
    language().pick(format!("Tickets enregistrés à {time}"), format!("Receipts saved by {time}"))
}
