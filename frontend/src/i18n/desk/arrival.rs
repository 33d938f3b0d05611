//! The page "Intégrité": what has arrived, what is missing, what is wrong.

use crate::i18n::language;

words! {
    series: "Séries", "Series";
    store: "Magasin", "Store";
    register: "Caisse", "Register";
    saved: "Enregistrés", "Saved";
    state: "État", "State";
    copies: "Copies", "Copies";
    head: "Fin de chaîne", "Chain head";
    only_broken: "Seulement incomplètes", "Incomplete only";
    none: "Aucune série", "No series";
    none_hint: "Une série commence au premier ticket d’une caisse.", "A series starts with a register’s first receipt.";
    all_whole: "Aucune série incomplète", "No incomplete series";
    all_whole_hint: "Chaque ticket émis est enregistré.", "Every issued receipt is saved.";
    alarms: "Alarmes", "Alarms";
    no_alarms: "Aucune alarme", "No alarm";
    no_alarms_hint: "Signatures, chaînes, sommes et prix\u{a0}: rien à signaler.", "Signatures, chains, sums and prices: nothing to report.";
    do_this: "Que faire", "What to do";
    particulars: "Détail", "Detail";
    open_receipt: "Voir le ticket", "See the receipt";
    open_journal: "Voir le journal", "See the journal";
    journal: "Journal", "Journal";
    place: "Place dans le journal", "Place in the log";
}

/// What is missing, and since when.
pub fn gap(numbers: &str, age: &str) -> String {
    language().pick(format!("manque {numbers} depuis {age}"), format!("{numbers} missing for {age}"))
}

/// What is missing since the last few seconds.
pub fn fresh_gap(numbers: &str) -> String {
    language().pick(format!("{numbers} en route"), format!("{numbers} on the way"))
}

/// Where an alarm is from, and when.
pub fn ago(store: &str, age: &str) -> String {
    language().pick(format!("{store} · il y a {age}"), format!("{store} · {age} ago"))
}

/// Since when entries of a journal are missing.
pub fn journal_gap(age: &str) -> String {
    language().pick(format!("incomplet depuis {age}"), format!("incomplete for {age}"))
}

/// How many gaps are not named.
pub fn more_gaps(count: &str) -> String {
    language().pick(format!("… +{count}"), format!("… +{count}"))
}

/// How many series are not shown.
pub fn more_series(count: &str) -> String {
    language().pick(format!("… et {count} autres séries"), format!("… and {count} more series"))
}
