//! The page "Stocks".

use crate::i18n::language;

words! {
    search: "Chercher un produit", "Search for a product";
    store: "Magasin", "Store";
    product: "Produit", "Product";
    left: "Reste", "Left";
    par: "Plein", "Full";
    level: "Niveau", "Level";
    state: "État", "State";
    acts: "Mouvements", "Movements";
    moves: "Mouvement", "Move";
    never: "jamais reçu", "never received";
    out: "épuisé", "out";
    low: "bas", "low";
    fine: "suffisant", "fine";
    order: "Trier", "Sort";
    by_urgency: "Bas d’abord", "Low first";
    by_name: "Par nom", "By name";
    receive: "Réceptionner", "Receive";
    count: "Compter", "Count";
    transfer: "Transférer", "Transfer";
    nothing_found: "Aucun produit trouvé", "No product found";
    nothing_found_hint: "Essayez un mot plus court, un code-barres ou une catégorie.", "Try a shorter word, a barcode or a category.";
    nothing_there: "Ce magasin n’a encore rien reçu", "This store has received nothing yet";
    nothing_there_hint: "Cherchez un produit et réceptionnez une première livraison.", "Search for a product and receive a first delivery.";
    show_more: "Afficher plus", "Show more";
}

/// How many products are shown of all, which may be one.
pub fn shown(shown: &str, all: &str, one: bool) -> String {
    language().pick(
        format!("{shown} sur {all} {}", if one { "produit" } else { "produits" }),
        format!("{shown} of {all} {}", if one { "product" } else { "products" }),
    )
}

/// The name of an act on a product.
pub fn act_on(act: &str, product: &str) -> String {
    language().pick(format!("{act}\u{a0}: {product}"), format!("{act}: {product}"))
}
