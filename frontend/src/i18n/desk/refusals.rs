//! What the server refuses of what tills send.

use crate::i18n::language;

words! {
    refusals: "Envois refusés", "Refused by the server";
    meaning: "Un ticket ou une entrée du journal au nom de ce magasin est illisible, ou n’a été signé par aucune clé connue. Cela ne compte nulle part.",
        "A receipt or an entry of the journal in this store’s name cannot be read, or no known key has signed it. It counts nowhere.";
    remedy: "Connectez-vous à chaque caisse du magasin\u{a0}: celle qui l’a encore le dit dans sa barre, avec le motif et de quoi l’exporter. Si aucune ne le dit, quelqu’un d’autre envoie à ce serveur. L’alarme disparaît un jour après le dernier refus.",
        "Sign in at each till of the store: the one that still has it says so in its bar, with the reason and the way to export it. If none does, somebody else sends to this server. The alarm goes a day after the last refusal.";
}

/// How often something was refused.
pub fn count(times: &str, one: bool) -> String {
    language().pick(format!("{times} refus"), format!("{times} {}", if one { "refusal" } else { "refusals" }))
}

/// What that means, in a line.
pub fn detail(times: &str, one: bool) -> String {
    let counted = count(times, one);
    language().pick(
        format!("{counted} dernièrement\u{a0}: ce qui est refusé ne compte nulle part."),
        format!("{counted} lately: what is refused counts nowhere."),
    )
}
