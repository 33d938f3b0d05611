//! The drawer, the session of a register, and what takes a manager's PIN.

use super::language;
use shared::quantity::Unit;

words! {
    title: "Tiroir et session", "Drawer and session";
    price: "Prix", "Price";
    new_price: "Prix demandé", "Price to charge";
    no_price: "Ce prix n’est pas possible.", "That price is not possible.";
    not_as_allowed: "Le ticket a changé entre-temps\u{202f}; il reste tel quel. Demandez à nouveau.", "The ticket has changed meanwhile, and stays as it is. Ask again.";
    manager_no: "Responsable n°", "Manager no.";
    type_manager: "Entrez le numéro du responsable.", "Enter the manager’s number.";
    allow: "Autoriser", "Allow";

    close_pane: "Retour au ticket", "Back to the ticket";
    no_session: "Aucune session n’est ouverte. Vendre est possible sans.", "No session is open. Selling goes on without one.";
    open: "Ouvrir une session", "Open a session";
    float: "Fond de caisse", "Float";
    cash_in: "Entrée d’espèces", "Cash in";
    cash_out: "Sortie d’espèces", "Cash out";
    amount: "Montant", "Amount";
    reason: "Motif", "Reason";
    no_amount: "Entrez un montant, plus que zéro.", "Enter an amount, more than zero.";
    no_reason: "Entrez un motif.", "Enter a reason.";
    note: "Enregistrer", "Record";
    drawer: "Tiroir ouvert sans vente", "Drawer opened without a sale";
    drawer_noted: "Ouverture du tiroir notée au journal.", "The opening of the drawer is in the journal.";
    moved: "Mouvement noté au journal.", "The movement is in the journal.";
    opened: "Session ouverte.", "The session is open.";
    reprint: "Réimprimer le dernier ticket", "Reprint the last receipt";
    no_last: "Le dernier ticket de cette caisse n’est ni dans ce navigateur ni enregistré.", "The last receipt of this register is neither in this browser nor saved.";
    slip: "Rapport", "Report";
    report: "Rapport X de la session", "X report of the session";
    count: "Compter et fermer la session", "Count and close the session";
    close: "Fermer la session", "Close the session";
    closing: "Fermeture de session", "Session closed";
    expected: "Attendu", "Expected";
    counted: "Compté", "Counted";
    difference: "Écart", "Difference";
    since: "Ouverte", "Opened";
    by: "Par", "By";
    now: "Maintenant", "Now";
    receipts: "Tickets", "Receipts";
    wrong_count: "Un nombre entier, 99 999 au plus.", "A whole number, 99,999 at most.";
    all_sent: "Le journal de cette caisse est envoyé.", "The journal of this till is sent.";
}

/// Why a day was not closed.
pub fn sold_meanwhile() -> &'static str {
    language().pick("quelque chose vient d’être vendu\u{a0}: recommencez", "something has just been sold: try again")
}

/// Why nothing more is noted on this till.
pub fn unreadable_book() -> &'static str {
    language().pick(
        "la fin du journal est illisible sur ce disque\u{202f}; un responsable doit retirer cette caisse, puis l’inscrire à nouveau",
        "the end of the journal cannot be read on this disk; a manager has to revoke this till, and enrol it again",
    )
}

/// The price of a product that is to be changed.
pub fn price_of(name: &str, price: &str) -> String {
    language().pick(format!("Prix de {name}, {price} jusqu’ici"), format!("Price of {name}, {price} so far"))
}

/// Taking something out is asked for: so much of a product, or all of the ticket.
pub fn void_of(what: &str) -> String {
    language().pick(format!("Retirer {what} demande un responsable"), format!("Taking out {what} takes a manager"))
}

/// Some pieces of a product, or a weight of it.
pub fn so_much_of(quantity: &str, unit: Unit, name: &str) -> String {
    match unit {
        Unit::Piece => format!("{quantity} × {name}"),
        Unit::Kilogram => format!("{quantity} {}{name}", language().pick(french_of(name), "of ")),
    }
}

/// French elides before a vowel.
fn french_of(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O', 'U', 'É', 'Œ']) { "d’" } else { "de " }
}

/// All that is rung up, with what it comes to.
pub fn whole_ticket(total: &str) -> String {
    language().pick(format!("tout le ticket, {total},"), format!("the whole ticket, {total},"))
}

/// The catalogue's price of a line that has another one.
pub fn instead_of(price: &str) -> String {
    language().pick(format!("au lieu de {price}"), format!("instead of {price}"))
}

/// Something was not done, since it could not be written down.
pub fn not_noted(reason: &str) -> String {
    language().pick(
        format!("Rien n’a été fait\u{a0}: le journal ne peut pas être écrit ({reason})."),
        format!("Nothing was done: the journal cannot be written ({reason})."),
    )
}

/// Something was done and could not be written down.
pub fn done_unnoted(reason: &str) -> String {
    language().pick(
        format!("Le journal de cette caisse ne peut pas être écrit ({reason}). Prévenez un responsable."),
        format!("The journal of this till cannot be written ({reason}). Tell a manager."),
    )
}

/// Since when a session is open.
pub fn session_of(at: &str, float: &str) -> String {
    language().pick(format!("Session ouverte le {at}, fond {float}"), format!("Session opened {at}, float {float}"))
}

/// How many entries of the journal wait, and how many were refused.
pub fn unsent(waiting: usize, refused: usize) -> String {
    language().pick(
        format!("Journal\u{a0}: {waiting} à enregistrer, dont {refused} refusées."),
        format!("Journal: {waiting} to be saved, {refused} of them refused."),
    )
}

/// How many of a denomination there are.
pub fn pieces_of(value: &str) -> String {
    language().pick(format!("Nombre de {value}"), format!("How many of {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_of_a_product_and_pieces_are_counted() {
        assert_eq!(so_much_of("2", Unit::Piece, "Baguette"), "2 × Baguette");
        assert_eq!(so_much_of("0,500 kg", Unit::Kilogram, "Pomme Gala"), "0,500 kg de Pomme Gala");
        assert_eq!(["Pomme Gala", "Abricot", "Épinards"].map(french_of), ["de ", "d’", "d’"]);
    }
}
