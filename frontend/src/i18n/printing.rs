//! Receipt printers.

use super::language;

words! {
    printer: "Imprimante", "Printer";
    by_browser: "Navigateur", "Browser";
    by_serial: "Série", "Serial";
    by_usb: "USB", "USB";
    by_browser_hint: "Chaque impression passe par la fenêtre du navigateur.", "Each print goes through the browser’s dialog.";
    direct_hint: "Les tickets partent sans fenêtre (ESC/POS).", "Receipts are printed without a dialog (ESC/POS).";
    not_here: "Ce navigateur n’atteint pas d’imprimante par ce chemin.", "This browser reaches no printer that way.";
    speed: "Vitesse (bauds)", "Speed (baud)";
    paper: "Papier", "Paper";
    drawer: "Tiroir-caisse branché", "Cash drawer attached";
    trial: "Imprimer un essai", "Print a trial";
    trial_text: "Cette imprimante est prête.", "This printer is ready.";
    not_chosen: "Aucune imprimante n’a été choisie.", "No printer was chosen.";
    by_the_till: "Imprimez par le bouton de la caisse\u{a0}: une copie y est notée.", "Print by the till’s own button: it notes a copy.";
    not_connected: "l’imprimante choisie n’est pas branchée", "the printer that was chosen is not connected";
    not_fetched: "le serveur ne répond pas", "the server does not answer";
}

/// Nothing was printed, and why. The receipt is safe.
pub fn not_printed(reason: &str) -> String {
    language().pick(
        format!(
            "L’imprimante n’a rien imprimé ({reason}). Le ticket est enregistré\u{a0}: vérifiez-la, puis imprimez à nouveau."
        ),
        format!("The printer printed nothing ({reason}). The receipt is safe: check the printer, then print again."),
    )
}
