//! Findings in words that a manager understands: what it is, what it means, what to do.

use super::entry_findings;
use crate::i18n::language;
use shared::finding::FindingKind;

/// What there is to say of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

/// A finding in the page's language; `is_entry` where the record is an entry of the journal.
pub fn explain(kind: FindingKind, is_entry: bool) -> Explanation {
    let own = is_entry.then(|| language().pick(entry_findings::french as fn(_) -> _, entry_findings::english)(kind));
    let general = || language().pick(french as fn(_) -> _, english)(kind);
    let (title, meaning, remedy) = own.flatten().unwrap_or_else(general);
    Explanation { title, meaning, remedy }
}

/// What it is, what it means, what to do.
pub(super) type Texts = (&'static str, &'static str, &'static str);

#[expect(clippy::too_many_lines, reason = "a table with an entry for each kind")]
const fn french(kind: FindingKind) -> Texts {
    match kind {
        FindingKind::AlteredContent => (
            "Ticket modifié",
            "Le contenu n’est plus celui qui a été signé à la caisse.",
            "Comparez avec le ticket du client\u{202f}; ne servez plus cette caisse avant d’avoir compris.",
        ),
        FindingKind::ForeignKey => (
            "Signé par une autre caisse",
            "La clé est connue, mais elle appartient à une autre série.",
            "Vérifiez quel navigateur vend sur cette caisse\u{202f}; inscrivez-la à nouveau au besoin.",
        ),
        FindingKind::ReplacedKey => (
            "Caisse remplacée qui vend encore",
            "Ce ticket vient d’un navigateur dont la caisse a été reprise par un autre.",
            "Retrouvez l’ancien poste, laissez-le envoyer ses tickets, puis fermez-le.",
        ),
        FindingKind::WrongPrev => (
            "Chaîne rompue",
            "Ce ticket ne se rattache pas au précédent de sa série.",
            "Cherchez un ticket supprimé ou une caisse restaurée d’une sauvegarde\u{202f}; gardez l’appareil.",
        ),
        FindingKind::Fork => (
            "Deux tickets, un seul numéro",
            "Deux tickets différents portent le même numéro de la même série.",
            "La caisse a sans doute été copiée ou restaurée\u{a0}: inscrivez-la à nouveau, gardez les deux tickets.",
        ),
        FindingKind::CopyDiffers => (
            "Copie différente",
            "Le même ticket est arrivé une seconde fois avec un autre contenu\u{202f}; le premier est gardé.",
            "Comparez les deux dans le journal\u{202f}; faites vérifier la caisse.",
        ),
        FindingKind::WrongSum => (
            "Sommes fausses",
            "Les lignes, la TVA, le total et le paiement ne s’accordent pas.",
            "Recomptez ce ticket avec la caisse du jour\u{202f}; mettez la page de caisse à jour.",
        ),
        FindingKind::WrongPrice => (
            "Prix hors catalogue",
            "Un prix du ticket n’était pas celui du catalogue à ce moment.",
            "Vérifiez l’étiquette et le catalogue\u{202f}; une caisse restée longtemps hors ligne peut avoir un ancien prix.",
        ),
        FindingKind::UnapprovedPrice => (
            "Prix modifié sans accord",
            "Un prix n’est pas celui du catalogue, et aucun responsable du magasin ne l’a autorisé.",
            "Demandez au vendeur pourquoi\u{202f}; vérifiez que la page de la caisse est la vôtre et à jour.",
        ),
        FindingKind::UnknownProduct => (
            "Produit inconnu",
            "Le ticket nomme un produit que le catalogue n’a pas.",
            "Ajoutez le produit au catalogue, ou cherchez d’où vient ce code.",
        ),
        FindingKind::ExcessRefund => (
            "Remboursement trop élevé",
            "Ce remboursement rend d’autres lignes, plus d’articles ou plus d’argent que ce qui lui était réservé.",
            "Comparez-le avec le ticket d’origine\u{202f}; demandez au vendeur ce qui a été rendu.",
        ),
        FindingKind::UnknownRefund => (
            "Remboursement d’un ticket inconnu",
            "Ce remboursement nomme un ticket que le magasin n’a pas.",
            "Cherchez le ticket d’origine sur papier\u{202f}; vérifiez que l’argent a été rendu à raison.",
        ),
        FindingKind::UncheckedRefund => (
            "Remboursement non vérifié",
            "Ce remboursement est arrivé pendant que la base de données ne répondait pas\u{a0}: rien n’a pu dire s’il rend trop.",
            "Comparez-le avec le ticket d’origine et ses autres remboursements.",
        ),
        FindingKind::UnreservedRefund => (
            "Remboursement sans réservation",
            "Rien n’était réservé pour ce remboursement\u{a0}: les mêmes lignes ont pu être rendues deux fois.",
            "Comparez les remboursements du ticket d’origine\u{202f}; parlez-en au vendeur.",
        ),
        FindingKind::UnknownSeller => (
            "Vendeur inconnu",
            "Le ticket nomme un vendeur que le magasin n’a pas.",
            "Vérifiez qui a vendu\u{202f}; ajoutez la personne au personnel du magasin.",
        ),
        FindingKind::WrongClosing => (
            "Clôture fausse",
            "Les chiffres d’une clôture ne sont pas ceux de ses tickets, ou ne suivent pas la clôture d’avant.",
            "Comparez le ticket Z avec les tickets enregistrés\u{202f}; faites vérifier la caisse, ne corrigez rien.",
        ),
        FindingKind::AfterClosing => (
            "Ticket d’une période clôturée",
            "Ce ticket compte dans une période que la caisse avait déjà clôturée sans lui.",
            "La caisse a sans doute été restaurée d’une sauvegarde\u{a0}: inscrivez-la à nouveau, gardez l’appareil.",
        ),
        FindingKind::WrongKind => (
            "Réel et entraînement mêlés",
            "Un ticket d’entraînement est arrivé dans un magasin réel, ou l’inverse\u{202f}; il est gardé à part.",
            "Vérifiez sur quel magasin cette caisse est inscrite.",
        ),
        FindingKind::SaleBeforeCount => (
            "Vente d’avant le comptage",
            "Cette vente a été émise avant le dernier comptage et arrive après lui\u{a0}: le stock compté est gardé.",
            "Rien, si le comptage est juste\u{202f}; sinon comptez à nouveau.",
        ),
        FindingKind::DeadLetter => (
            "Enregistrement illisible",
            "Un enregistrement du journal ne peut pas être lu\u{202f}; ses octets sont gardés.",
            "Réparez-le dans la liste des enregistrements illisibles et publiez-le à nouveau.",
        ),
        FindingKind::LaterVersion => (
            "En attente d’une mise à jour",
            "Une version plus récente a écrit un enregistrement\u{a0}: lui et les suivants attendent dans le journal, rien n’est perdu.",
            "Demandez à l’exploitant de mettre à jour les enregistreurs\u{202f}; tout sera alors enregistré.",
        ),
    }
}

#[expect(clippy::too_many_lines, reason = "a table with an entry for each kind")]
const fn english(kind: FindingKind) -> Texts {
    match kind {
        FindingKind::AlteredContent => (
            "Altered receipt",
            "The content is no longer what was signed at the till.",
            "Compare with the customer’s receipt; stop using this till until you understand.",
        ),
        FindingKind::ForeignKey => (
            "Signed by another till",
            "The key is known, but it belongs to another series.",
            "Check which browser sells on this register; enrol it again if need be.",
        ),
        FindingKind::ReplacedKey => (
            "A replaced till still sells",
            "This receipt comes from a browser whose register another one has taken over.",
            "Find the old machine, let it send its receipts, then close it.",
        ),
        FindingKind::WrongPrev => (
            "Broken chain",
            "This receipt does not follow from the one before it in its series.",
            "Look for a deleted receipt or a till restored from a backup; keep the device.",
        ),
        FindingKind::Fork => (
            "Two receipts, one number",
            "Two different receipts bear the same number of the same series.",
            "The till was probably copied or restored: enrol it again, keep both receipts.",
        ),
        FindingKind::CopyDiffers => (
            "Copy that differs",
            "The same receipt came a second time with other content; the first is kept.",
            "Compare both in the log; have the till checked.",
        ),
        FindingKind::WrongSum => (
            "Wrong sums",
            "Lines, VAT, total and payment do not agree.",
            "Check this receipt against the day’s cash; update the till’s page.",
        ),
        FindingKind::WrongPrice => (
            "Price not in the catalogue",
            "A price on the receipt was not the catalogue’s at that time.",
            "Check label and catalogue; a till that was offline for long may have an old price.",
        ),
        FindingKind::UnapprovedPrice => (
            "Price that nobody allowed",
            "A price is not the catalogue’s, and no manager of the store has allowed it.",
            "Ask the seller why; check that the till’s page is your own and up to date.",
        ),
        FindingKind::UnknownProduct => (
            "Unknown product",
            "The receipt names a product that the catalogue does not have.",
            "Add the product to the catalogue, or find out where the code comes from.",
        ),
        FindingKind::ExcessRefund => (
            "Refund of too much",
            "This refund gives back other lines, more goods or more money than was reserved for it.",
            "Compare it with the original receipt; ask the seller what was given back.",
        ),
        FindingKind::UnknownRefund => (
            "Refund of an unknown receipt",
            "This refund names a receipt that the store does not have.",
            "Look for the original on paper; check that the money was rightly given back.",
        ),
        FindingKind::UncheckedRefund => (
            "Unchecked refund",
            "This refund came while the database did not answer: nothing could say whether it gives back too much.",
            "Compare it with the original receipt and its other refunds.",
        ),
        FindingKind::UnreservedRefund => (
            "Refund without a reservation",
            "Nothing was reserved for this refund: the same lines may have been given back twice.",
            "Compare the refunds of the original receipt; talk to the seller.",
        ),
        FindingKind::UnknownSeller => (
            "Unknown seller",
            "The receipt names a seller that the store does not have.",
            "Check who sold; add them to the store’s staff.",
        ),
        FindingKind::WrongClosing => (
            "Wrong closing",
            "The figures of a closing are not those of its receipts, or do not follow the closing before.",
            "Compare the Z slip with the saved receipts; have the till checked, correct nothing.",
        ),
        FindingKind::AfterClosing => (
            "Receipt of a closed period",
            "This receipt counts in a period that the till had closed without it.",
            "The till was probably restored from a backup: enrol it again, keep the device.",
        ),
        FindingKind::WrongKind => (
            "Real and training mixed",
            "A training receipt came to a real store, or the other way round; it is kept apart.",
            "Check which store this till is enrolled in.",
        ),
        FindingKind::SaleBeforeCount => (
            "Sale from before the count",
            "This sale was issued before the last count and came after it: the counted stock is kept.",
            "Nothing, if the count is right; count again otherwise.",
        ),
        FindingKind::DeadLetter => (
            "Unreadable record",
            "A record of the log cannot be read; its bytes are kept.",
            "Mend it in the list of unreadable records, and publish it again.",
        ),
        FindingKind::LaterVersion => (
            "Waiting for an upgrade",
            "A later version has written a record: it and what follows wait in the log, nothing is lost.",
            "Ask the operator to upgrade the savers; everything will be saved then.",
        ),
    }
}
