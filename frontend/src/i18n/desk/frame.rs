//! What is on every page of the desk.

use crate::i18n::language;

words! {
    report: "Rapport X", "X report";
    pages: "Pages", "Pages";
    direct: "Direct", "Live";
    stocks: "Stocks", "Stock";
    receipts: "Tickets", "Receipts";
    journal: "Journal", "Journal";
    arrival: "Intégrité", "Integrity";
    bots: "Robots", "Bots";

    up: "En direct", "Live";
    connecting: "Connexion…", "Connecting…";
    down: "Hors ligne", "Offline";
    down_title: "La liaison est coupée.", "The line is down.";
    gap_title: "Des tickets manquent.", "Receipts are missing.";
    finding_title: "Nouvelle alarme\u{a0}:", "New alarm:";
    unplaced_title: "Des enregistrements ne nomment aucun magasin.", "Records name no store.";
    refused_title: "Le serveur refuse des envois.", "The server refuses what is sent.";
    look: "Voir", "Look";

    kind: "Chiffres affichés", "Figures shown";
    real: "Réel", "Real";
    training: "Entraînement", "Training";

    managers_only: "Cette page est réservée aux responsables", "This page is for managers";
    managers_only_hint: "Votre numéro ouvre une caisse, pas le bureau. Demandez à un responsable, ou ouvrez la caisse.", "Your number opens a till, not the desk. Ask a manager, or open the till.";
    someone_else: "Se connecter autrement", "Sign in as somebody else";
    failed: "Impossible d’afficher cela", "This could not be shown";
}

/// What a lost line means, and since when it is lost.
pub fn down_detail(age: &str) -> String {
    language().pick(
        format!(
            "Depuis {age}. Les caisses vendent toujours\u{202f}; cette page se reconnecte d’elle-même et rattrape tout."
        ),
        format!("For {age}. Tills go on selling; this page reconnects by itself and catches up."),
    )
}

/// What missing numbers mean.
pub fn gap_detail(numbers: &str, one: bool) -> String {
    language().pick(
        format!(
            "{numbers} {} depuis plus d’une minute.",
            if one { "numéro n’est pas arrivé" } else { "numéros ne sont pas arrivés" }
        ),
        format!("{numbers} {} not arrived for over a minute.", if one { "number has" } else { "numbers have" }),
    )
}

/// How many records name no store, and what that means.
pub fn unplaced_detail(records: &str, one: bool) -> String {
    language().pick(
        format!(
            "{records} {}\u{a0}: cela ne compte nulle part avant d’être réparé.",
            if one { "est illisible" } else { "sont illisibles" }
        ),
        format!(
            "{records} cannot be read: what is in {} counts nowhere until it is mended.",
            if one { "it" } else { "them" }
        ),
    )
}
