//! The page "Robots".

use crate::i18n::language;

words! {
    launch: "Nouvelle simulation", "New simulation";
    launch_hint: "Les robots vendent dans des magasins d’entraînement à eux, jamais dans les vôtres.", "Bots sell in training stores of their own, never in yours.";
    stores: "Magasins", "Stores";
    registers: "Caisses par magasin", "Registers per store";
    sellers: "Vendeurs par magasin", "Sellers per store";
    rate: "Cadence", "Pace";
    rate_unit: "tickets/s", "receipts/s";
    seed: "Graine", "Seed";
    seed_hint: "La même graine donne les mêmes tickets.", "The same seed gives the same receipts.";
    duration: "Durée", "Duration";
    minutes: "min", "min";
    restock: "Réapprovisionner quand un produit manque", "Restock when a product runs low";
    start: "Lancer", "Start";
    stop: "Arrêter", "Stop";
    runs: "Simulations", "Simulations";
    none: "Aucune simulation", "No simulation";
    none_hint: "Lancez-en une\u{a0}: ses ventes apparaissent aussitôt sur la page Direct.", "Start one: its sales show at once on the page Live.";
    running: "en cours", "running";
    stopping: "s’arrête…", "stopping…";
    ended: "terminée", "ended";
    failed: "échouée", "failed";
    issued: "Émis", "Issued";
    per_second: "Par seconde", "Per second";
    planned: "Demandés par seconde", "Asked per second";
    progress: "Avancement", "Progress";
}

/// What a field takes.
pub fn range(least: &str, most: &str) -> String {
    language().pick(format!("un nombre entier de {least} à {most}"), format!("a whole number from {least} to {most}"))
}

/// What a run does, in a line.
pub fn title(stores: &str, registers: &str, seed: &str) -> String {
    let (stores, registers, seed_word) = language().pick(
        (counted(stores, "magasin", "magasins"), counted(registers, "caisse", "caisses"), "graine "),
        (counted(stores, "store", "stores"), counted(registers, "register", "registers"), "seed "),
    );
    format!("{stores} · {registers} · {seed_word}{seed}")
}

fn counted(count: &str, one: &str, many: &str) -> String {
    format!("{count} {}", if count == "1" { one } else { many })
}

/// How far a run is.
pub fn progress_of(elapsed: &str, length: &str) -> String {
    language().pick(format!("{elapsed} sur {length}"), format!("{elapsed} of {length}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one() {
        assert_eq!(
            ["0", "1", "21"].map(|count| counted(count, "store", "stores")),
            ["0 stores", "1 store", "21 stores"]
        );
    }
}
