//! Giving back what was paid.

use super::language;

words! {
    title: "Rembourser", "Refund";
    open: "Rembourser un ticket", "Refund a receipt";
    how: "Scannez le code du ticket, ou cherchez-le.", "Scan the receipt’s code, or look it up.";
    number: "Ticket n°", "Receipt no.";
    amount: "Total", "Total";
    day: "Jour", "Day";
    find: "Chercher", "Find";
    found: "Tickets trouvés", "Receipts found";
    none: "Aucun ticket ne correspond. Un ticket d’à l’instant peut encore être en route.", "No receipt fits. One of just now may still be on its way.";
    found_more: "D’autres tickets correspondent\u{a0}: précisez la recherche.", "More receipts fit: refine the search.";
    unreadable: "Un de ces champs n’est pas lisible.", "One of these fields cannot be read.";
    unreadable_code: "Ce code de ticket n’est pas lisible\u{a0}: scannez-le à nouveau, ou cherchez le ticket.", "This receipt’s code cannot be read: scan it again, or look the receipt up.";
    other_store: "Ce ticket vient d’un autre magasin, qui seul peut le rembourser.", "This receipt is from another store, which alone can refund it.";
    altered: "Le code de ce ticket ne va pas avec le ticket enregistré. Ne remboursez pas sans un responsable.", "The code on this receipt does not fit the one that is saved. Do not refund it without a manager.";
    online: "Un remboursement se réserve auprès du serveur, pour que personne ne rembourse deux fois. Réessayez une fois la caisse en ligne\u{202f}; rien n’a été remboursé.", "A refund is reserved with the server, so that nobody refunds twice. Try again once the till is online; nothing was refunded.";
    find_first: "Cherchez d’abord le ticket, puis scannez ce qui revient.", "Look the receipt up first, then scan what comes back.";
    everything: "Tout", "Everything";
    nothing_left: "Tout a déjà été remboursé.", "Everything has been refunded already.";
    nothing: "Choisissez ce qui revient.", "Choose what comes back.";
    wrong_quantity: "Une quantité dépasse ce qui reste, ou n’est pas lisible.", "A quantity is more than what is left, or cannot be read.";
    back_by: "Rendu en", "Given back by";
    to_give_back: "À rendre", "To give back";
    act: "Rembourser", "Refund";
    other_receipt: "Autre ticket", "Another receipt";
    less: "Un de moins", "One less";
    more: "Un de plus", "One more";
    none_of_it: "Rien", "None of it";
    all_of_it: "Tout ce qui reste", "All that is left";
    meanwhile: "Une partie vient d’être remboursée ailleurs. Choisissez dans ce qui reste.", "Part of it was refunded elsewhere just now. Choose from what is left.";
    not_here: "Ce ticket ne se rembourse pas ici\u{a0}: c’est un remboursement, ou un responsable doit le regarder.", "This receipt is not refunded here: it is a refund itself, or a manager has to look at it.";
    issued: "Ce remboursement est déjà émis\u{a0}: il reste.", "That refund is issued already: it stays.";
    let_go: "Libérer", "Let go";
    reserved: "Réservé, sans ticket de remboursement enregistré", "Reserved, without a refund’s receipt saved";
    let_go_hint: "Une caisse hors ligne peut l’avoir déjà remboursé\u{a0}: libérez seulement si aucun ticket de remboursement n’a été remis, ou l’argent sera rendu deux fois.", "A till that is offline may have refunded it already: let go only if no receipt of a refund was handed out, or the money is given back twice.";
    needs_manager: "Une autre caisse l’a réservé\u{a0}: il faut l’accord d’un responsable.", "Another till has reserved it: a manager has to allow this.";
}

/// How much of a line there was, and how much is left to refund.
pub fn left_of(sold: &str, left: &str) -> String {
    language().pick(format!("Vendu\u{a0}: {sold} · reste\u{a0}: {left}"), format!("Sold: {sold} · left: {left}"))
}

/// How much of a line comes back.
pub fn quantity_of(name: &str) -> String {
    language().pick(format!("Combien de {name}"), format!("How much of {name}"))
}

/// A product that was scanned is not on the receipt.
pub fn not_on_it(name: &str) -> String {
    language().pick(format!("{name} n’est pas sur ce ticket."), format!("{name} is not on this receipt."))
}

/// More of a product was scanned than is left of it.
pub fn not_so_much(name: &str) -> String {
    language().pick(
        format!("{name}\u{a0}: il n’en reste pas autant à rembourser."),
        format!("{name}: not so much of it is left to refund."),
    )
}

/// A refund that was made before.
pub fn before(number: u64, amount: &str) -> String {
    language().pick(
        format!("Déjà remboursé {amount}, ticket n° {number}"),
        format!("{amount} refunded before, receipt no. {number}"),
    )
}

/// What was paid back.
pub fn done(total: &str) -> String {
    language().pick(format!("Remboursé {total}"), format!("Refunded {total}"))
}
