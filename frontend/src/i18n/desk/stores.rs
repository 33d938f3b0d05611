//! The page "Magasins".

use crate::i18n::language;

words! {
    stores: "Magasins", "Stores";
    rules: "Règles des caisses", "Rules of the tills";
    name: "Nom du magasin", "The store’s name";
    rename: "Renommer", "Rename";
    siret: "SIRET (sur les tickets)", "SIRET (on receipts)";
    set_siret: "Enregistrer", "Save";
    wrong_siret: "un SIRET\u{a0}: 14 chiffres, le dernier de contrôle", "a SIRET: 14 digits, the last one a check digit";
    refuse: "Refuser de vendre au-delà du stock", "Refuse to sell more than is in stock";
    refuse_hint: "Sinon la vente passe et l’épuisement est signalé\u{a0}: le client a déjà l’article en main.",
        "Otherwise it is sold, and running out is flagged: the customer holds the goods already.";
    void: "Demander un responsable pour retirer un article", "Ask for a manager to take something out";
    void_hint: "Le numéro et le code d’un responsable, avant de retirer ce qui est déjà tapé.",
        "A manager’s number and PIN before anything that is rung up is taken out.";
    applied: "Les caisses ouvertes suivent aussitôt\u{202f}; une caisse sans réseau, dès qu’il revient.",
        "Open tills follow at once; a till without a line once it is back.";
    saved: "Enregistré.", "Saved.";

    staff: "Personnel", "Staff";
    add: "Ajouter", "Add";
    number: "N°", "No.";
    person: "Nom", "Name";
    role: "Rôle", "Role";
    seller: "Vendeur", "Seller";
    manager: "Responsable", "Manager";
    change: "Modifier", "Change";
    save: "Enregistrer", "Save";
    pin_hint: "Laissez les codes vides pour garder celui d’avant. Un autre code ou un autre rôle termine les sessions ouvertes.",
        "Leave the PINs empty to keep the one before. Another PIN or role ends open sessions.";
    dismiss: "Retirer du personnel", "Dismiss";
    sure: "Les sessions de cette personne se terminent aussitôt et son code n’ouvre plus rien. Ses tickets restent, son numéro n’est jamais redonné.",
        "Their sessions end at once, and their PIN opens nothing any more. Their receipts stay, their number is never given again.";
}

/// Since when somebody works there no more.
pub fn left(age: &str) -> String {
    language().pick(format!("Parti il y a {age}"), format!("Left {age} ago"))
}
