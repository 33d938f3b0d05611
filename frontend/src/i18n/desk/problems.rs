//! The server's problems in the page's language, by the last part of their type.

use crate::i18n::language;

/// What happened and what to do; nothing where the server's own words are better, since they name particulars.
pub fn explain(kind: &str) -> Option<&'static str> {
    let (french, english) = match kind {
        "wrong-pin" => (
            "Ce numéro et ce code ne vont pas ensemble. Vérifiez les deux\u{202f}; après quelques erreurs, le numéro est bloqué un moment.",
            "Number and PIN do not belong together. Check both; after a few wrong ones the number is locked for a while.",
        ),
        "locked-out" => (
            "Trop de codes faux\u{a0}: attendez quelques minutes avant de réessayer.",
            "Too many wrong codes: wait a few minutes before you try again.",
        ),
        "wrong-code" => (
            "Ce n’est pas le code de mise en route\u{a0}: recopiez celui que le serveur affiche dans son journal quand il démarre.",
            "This is not the set-up code: copy the one that the server prints in its log when it starts.",
        ),
        "set-up-already" => (
            "Tout est déjà en place\u{a0}: connectez-vous au bureau.",
            "Everything is set up already: sign in at the desk.",
        ),
        "invalid-store" => (
            "Le magasin ne peut pas être ainsi\u{a0}: vérifiez le nom, la ville et le fuseau horaire (par exemple Europe/Paris).",
            "The store cannot be like this: check name, city and time zone (Europe/Paris for one).",
        ),
        "invalid-seller" => (
            "Cette personne ne peut pas être inscrite ainsi\u{a0}: un nom de 1 à 40 caractères, un code de 4 à 12 chiffres.",
            "This person cannot be written down like this: a name of 1 to 40 characters, a PIN of 4 to 12 digits.",
        ),
        "unknown-staff" => (
            "Personne ne travaille plus ici sous ce numéro\u{a0}: quelqu’un d’autre l’a sans doute retiré. Rien n’a été changé.",
            "Nobody works here by that number any more: somebody else has probably dismissed them. Nothing was changed.",
        ),
        "last-manager" => (
            "C’est le dernier responsable du magasin. Rien n’a été changé\u{202f}; donnez d’abord ce rôle à quelqu’un d’autre.",
            "This is the store’s last manager. Nothing was changed; give that role to somebody else first.",
        ),
        "not-signed-in" => (
            "Votre session est terminée\u{a0}: identifiez-vous à nouveau. Rien n’a été changé.",
            "Your session has ended: sign in again. Nothing was changed.",
        ),
        "forbidden" => (
            "Vous n’avez pas le droit de faire cela ici. Rien n’a été changé.",
            "You may not do this here. Nothing was changed.",
        ),
        "invalid-movement" => (
            "Cette quantité ne peut pas être enregistrée. Rien n’a été changé\u{202f}; corrigez-la.",
            "This quantity cannot be booked. Nothing was changed; correct it.",
        ),
        "unknown-product" => (
            "Le catalogue n’a plus ce produit. Rien n’a été changé.",
            "The catalogue no longer has this product. Nothing was changed.",
        ),
        "unknown-store" => ("Ce magasin n’existe pas.", "There is no such store."),
        "unknown-receipt" => (
            "Ce ticket n’est pas enregistré, ou pas encore\u{a0}: réessayez dans un instant.",
            "This receipt is not saved, or not yet: try again in a moment.",
        ),
        "unreadable-letter" => (
            "Cela ne peut toujours pas être lu\u{202f}; rien n’a été publié. Corrigez et recommencez.",
            "It still cannot be read; nothing was published. Correct it and try again.",
        ),
        "letter-mended" => ("Quelqu’un l’a déjà réparé.", "Somebody has mended it already."),
        "unknown-signature" => (
            "Aucune caisse inscrite n’a signé ce ticket\u{a0}: il ne peut pas être publié ainsi.",
            "No enrolled till has signed this receipt: it cannot be published as it is.",
        ),
        "busy" => (
            "Le serveur a trop à faire\u{a0}: réessayez dans un instant. Rien n’a été changé.",
            "The server has too much to do: try again in a moment. Nothing was changed.",
        ),
        "stopping" => (
            "Le serveur s’arrête\u{a0}: réessayez dans un instant. Rien n’a été changé.",
            "The server is stopping: try again in a moment. Nothing was changed.",
        ),
        "cut-off" => (
            "Le serveur s’est arrêté avant la fin\u{a0}: vérifiez, puis recommencez si besoin.",
            "The server stopped before this was done: look, and do it again where it was not.",
        ),
        "log-unavailable" => (
            "Le journal ne peut pas être écrit\u{a0}: renvoyez dans un instant, cela ne comptera qu’une fois.",
            "The log cannot be written: send it again in a moment, it will count once.",
        ),
        "store-unavailable" => (
            "La base de données ne répond pas\u{a0}: réessayez dans un instant.",
            "The database does not answer: try again in a moment.",
        ),
        "disk-full" => (
            "Le disque du serveur est plein\u{a0}: prévenez l’exploitant.",
            "The server’s disk is full: tell the operator.",
        ),
        _ => return None,
    };
    Some(language().pick(french, english))
}
