//! Records of the log that could not be read, and mending them.

use crate::i18n::language;
use shared::event::EventKind;

words! {
    letters: "Enregistrements illisibles", "Unreadable records";
    mend: "Réparer", "Mend";
    publish: "Publier", "Publish";
    kind: "Genre", "Kind";
    store: "Magasin", "Store";
    no_store: "Magasin inconnu", "Unknown store";
    content: "Contenu (JSON)", "Content (JSON)";
    content_hint: "Corrigez ce qui est faux et publiez\u{a0}: le nouvel enregistrement compte une fois, l’ancien est gardé.",
        "Correct what is wrong and publish: the new record counts once, the old one is kept.";
    published: "Publié\u{a0}: il compte dès qu’il est enregistré.", "Published: it counts as soon as it is saved.";
    uncertain: "Impossible de savoir si c’est publié\u{202f}; s’il est encore dans la liste, publiez à nouveau\u{a0}: cela ne comptera qu’une fois.",
        "Whether it was published is not known; if it is still in the list, publish it again: it will count once.";
}

/// The name of a kind of record, or what it calls itself.
pub fn kind_name(kind: &str) -> String {
    let Some(known) = EventKind::named(kind) else {
        return language().pick(format!("«\u{a0}{kind}\u{a0}»"), format!("“{kind}”"));
    };
    let (french, english) = match known {
        EventKind::Receipt => ("Ticket", "Receipt"),
        EventKind::Delivery => ("Livraison", "Delivery"),
        EventKind::StockCount => ("Comptage", "Stock count"),
        EventKind::TransferOut => ("Transfert, départ", "Transfer, sent"),
        EventKind::TransferIn => ("Transfert, arrivée", "Transfer, received"),
        EventKind::Enrolment => ("Inscription de caisse", "Enrolment of a till"),
        EventKind::Settings => ("Réglages", "Settings"),
        EventKind::Journal => ("Entrée du journal", "Entry of the journal"),
    };
    language().pick(french, english).to_owned()
}

/// How large it is, and where in the log it stands.
pub fn particulars(bytes: &str, place: &str) -> String {
    language().pick(format!("{bytes} octets · place {place}"), format!("{bytes} bytes · place {place}"))
}

/// What was typed is no JSON.
pub fn no_json(line: usize, column: usize) -> String {
    language().pick(
        format!("Ce n’est pas du JSON\u{a0}: ligne {line}, colonne {column}."),
        format!("This is not JSON: line {line}, column {column}."),
    )
}
