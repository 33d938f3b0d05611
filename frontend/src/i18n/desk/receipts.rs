//! The page "Tickets".

use crate::i18n::language;

words! {
    filters: "Filtres", "Filters";
    filters_set: "Filtres actifs", "Filters on";
    store: "Magasin", "Store";
    all_stores: "Tous", "All";
    register: "Caisse", "Register";
    seller: "Vendeur", "Seller";
    number: "Numéro", "Number";
    product: "Produit (code)", "Product (SKU)";
    amount: "Montant", "Amount";
    from: "Du", "From";
    to: "Au", "To";
    find: "Chercher", "Search";
    clear: "Effacer", "Clear";
    wrong_number: "un nombre entier, à partir de 1", "a whole number from 1";
    wrong_amount: "un montant comme 21,57", "an amount such as 21.57";
    wrong_product: "le code d’un produit\u{a0}: lettres, chiffres, - _ .", "a product’s SKU: letters, digits, - _ .";
    wrong_day: "une date", "a date";

    issued: "Émis", "Issued";
    origin: "Origine", "Origin";
    total: "Total", "Total";
    none: "Aucun ticket", "No receipt";
    none_hint: "Aucun ticket enregistré ne répond à tous les critères.", "No saved receipt meets all criteria.";
    newer: "Plus récents", "Newer";
    older: "Plus anciens", "Older";
    refresh: "Actualiser", "Refresh";

    choose: "Choisissez un ticket", "Choose a receipt";
    choose_hint: "Il s’affiche ici comme sur le papier, avec ce qui prouve qu’il est inchangé.", "It shows here as on paper, with what proves that it is unchanged.";
    back: "Retour à la liste", "Back to the list";
    print: "Imprimer", "Print";
    intact: "L’empreinte correspond au contenu.", "The hash matches the content.";
    altered: "L’empreinte ne correspond pas au contenu\u{a0}: ce ticket a été modifié.", "The hash does not match the content: this receipt was altered.";
    hash: "Empreinte", "Hash";
    prev: "Précédent", "Previous";
    signature: "Signature", "Signature";
    position: "Place dans le journal", "Place in the log";
    accepted: "Reçu par le journal", "Taken by the log";
    id: "Identifiant", "Id";
    proof: "Preuve", "Proof";

    paper: "Ticket", "Receipt";
}

/// Which page of the list is shown.
pub fn page(number: usize) -> String {
    language().pick(format!("page {number}"), format!("page {number}"))
}
