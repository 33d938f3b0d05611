//! What stands in the way of opening a register.

use super::language;

words! {
    other_tab: "Cette caisse est déjà ouverte", "This register is open already";
    other_tab_hint: "Un autre onglet de ce navigateur tient la caisse. Continuez là-bas, ou fermez-le et réessayez.",
        "Another tab of this browser holds the register. Go on there, or close it and try again.";
    held: "Un autre appareil tient cette caisse", "Another device holds this register";
    held_hint: "Ouvrir une nouvelle série ici\u{a0}: l’autre appareil ne pourra plus vendre, ce qu’il a déjà vendu reste valable.",
        "Open a new series here: the other device can then sell no more; what it has sold stays valid.";
    take_over: "Ouvrir une nouvelle série ici", "Open a new series here";
    insecure: "Connexion non sécurisée", "The connection is not secure";
    insecure_hint: "Le navigateur ne signe les tickets que par HTTPS ou depuis la machine du serveur (localhost). Ouvrez la caisse par l’adresse HTTPS du serveur.",
        "The browser signs receipts only over HTTPS or on the server’s own machine (localhost). Open the till by the server’s HTTPS address.";
    cannot_open: "La caisse ne peut pas s’ouvrir", "The till cannot open";
    other_register: "Choisir une autre caisse", "Choose another register";
}

/// The browser does not do its part, and why.
pub fn browser_failed(reason: &str) -> String {
    language().pick(
        format!(
            "Le navigateur refuse de garder les données de la caisse\u{a0}: {reason}. Vérifiez qu’il n’est pas en navigation privée."
        ),
        format!("The browser refuses to keep the till’s data: {reason}. Make sure that it is not in private mode."),
    )
}
