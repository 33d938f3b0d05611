//! What findings say where the record is an entry of the journal.

use super::findings::Texts;
use shared::finding::FindingKind;

/// In French; nothing where the words for receipts do.
pub(super) const fn french(kind: FindingKind) -> Option<Texts> {
    Some(match kind {
        FindingKind::AlteredContent => (
            "Entrée de journal modifiée",
            "Le contenu n’est plus celui qui a été signé à la caisse.",
            "Demandez à la personne ce qu’elle a fait\u{202f}; ne servez plus cette caisse avant d’avoir compris.",
        ),
        FindingKind::ReplacedKey => (
            "Caisse remplacée encore en service",
            "Cette entrée de journal vient d’un navigateur dont la caisse a été reprise par un autre.",
            "Retrouvez l’ancien poste, laissez-le tout envoyer, puis fermez-le.",
        ),
        FindingKind::WrongPrev => (
            "Chaîne du journal rompue",
            "Cette entrée de journal ne se rattache pas à la précédente.",
            "Cherchez une entrée supprimée ou une caisse restaurée d’une sauvegarde\u{202f}; gardez l’appareil.",
        ),
        FindingKind::Fork => (
            "Deux entrées de journal, un seul numéro",
            "Deux entrées différentes portent le même numéro du même journal.",
            "La caisse a sans doute été copiée ou restaurée\u{a0}: inscrivez-la à nouveau, gardez les deux entrées.",
        ),
        FindingKind::CopyDiffers => (
            "Copie d’entrée différente",
            "La même entrée de journal est arrivée une seconde fois avec un autre contenu\u{202f}; la première est gardée.",
            "Faites vérifier la caisse.",
        ),
        FindingKind::UnknownSeller => (
            "Auteur inconnu",
            "L’entrée de journal nomme une personne que le magasin n’a pas, ou un responsable qui n’en est pas un.",
            "Vérifiez qui l’a faite\u{202f}; ajoutez la personne au personnel du magasin.",
        ),
        FindingKind::WrongKind => (
            "Réel et entraînement mêlés",
            "Une entrée de journal d’entraînement est arrivée dans un magasin réel, ou l’inverse.",
            "Vérifiez sur quel magasin cette caisse est inscrite.",
        ),
        _ => return None,
    })
}

/// In English; nothing where the words for receipts do.
pub(super) const fn english(kind: FindingKind) -> Option<Texts> {
    Some(match kind {
        FindingKind::AlteredContent => (
            "Altered journal entry",
            "The content is no longer what was signed at the till.",
            "Ask whoever did it what they did; stop using this till until you understand.",
        ),
        FindingKind::ReplacedKey => (
            "A replaced till is still in use",
            "This journal entry comes from a browser whose register another one has taken over.",
            "Find the old machine, let it send everything, then close it.",
        ),
        FindingKind::WrongPrev => (
            "Broken chain of the journal",
            "This journal entry does not follow from the one before it.",
            "Look for a deleted entry or a till restored from a backup; keep the device.",
        ),
        FindingKind::Fork => (
            "Two journal entries, one number",
            "Two different entries bear the same number of the same journal.",
            "The till was probably copied or restored: enrol it again, keep both entries.",
        ),
        FindingKind::CopyDiffers => (
            "Copy of a journal entry that differs",
            "The same journal entry came a second time with other content; the first is kept.",
            "Have the till checked.",
        ),
        FindingKind::UnknownSeller => (
            "Unknown person",
            "The journal entry names somebody whom the store does not have, or a manager who is none.",
            "Check who did it; add them to the store’s staff.",
        ),
        FindingKind::WrongKind => (
            "Real and training mixed",
            "A training journal entry came to a real store, or the other way round.",
            "Check which store this till is enrolled in.",
        ),
        _ => return None,
    })
}
