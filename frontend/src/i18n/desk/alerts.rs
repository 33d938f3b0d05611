//! The open alerts, and goods that move.

use crate::i18n::language;

words! {
    alerts: "Alertes", "Alerts";
    none: "Rien ne manque", "Nothing runs low";
    none_hint: "Un produit qui passe sous son seuil apparaît ici aussitôt.", "A product that falls below its threshold shows here at once.";
    receive: "Réceptionner", "Receive";
    quantity_received: "Quantité reçue", "Quantity received";
    quantity_counted: "Quantité comptée", "Quantity counted";
    quantity_sent: "Quantité envoyée", "Quantity sent";
    to_store: "Vers le magasin", "To store";
    close: "Fermer", "Close";
    send: "Valider", "Confirm";
    send_again: "Renvoyer", "Send again";
    pieces: "pièces", "pieces";
    kilograms: "kg", "kg";
    in_log: "Reçu par le serveur\u{202f}; en attente d’enregistrement…", "Taken by the server; waiting to be saved…";
    uncertain: "Renvoyez\u{a0}: s’il l’a déjà pris, cela ne compte qu’une fois.", "Send again: if it took it already, it counts once.";
    wrong_pieces: "Indiquez un nombre entier de pièces, de 1 à 1 000 000.", "Give a whole number of pieces, 1 to 1,000,000.";
    wrong_kilograms: "Indiquez un poids en kilos, de 0,001 à 1 000 000.", "Give a weight in kilograms, 0.001 to 1,000,000.";
    wrong_count: "Indiquez ce qui est en rayon\u{202f}; 0 si le rayon est vide.", "Give what is on the shelf; 0 if it is empty.";
    choose_store: "Choisissez d’abord le magasin.", "Choose the store first.";
    no_other_store: "Il n’y a pas d’autre magasin du même genre.", "There is no other store of the same kind.";
}

/// Where an alert is, and since when.
pub fn since(store: &str, age: &str) -> String {
    language().pick(format!("{store} · depuis {age}"), format!("{store} · for {age}"))
}

/// What is left of what there should be.
pub fn left(on_hand: &str, par: &str) -> String {
    language().pick(format!("Reste {on_hand} sur {par}"), format!("{on_hand} of {par} left"))
}

/// The name of the button that opens a delivery.
pub fn receive_what(product: &str, store: &str) -> String {
    language().pick(format!("Réceptionner {product}, {store}"), format!("Receive {product}, {store}"))
}

/// How many alerts there is no room for.
pub fn more(count: &str) -> String {
    language().pick(format!("… et {count} autres, moins urgentes"), format!("… and {count} more, less urgent"))
}

/// What is read aloud when a delivery has cleared its alert.
pub fn cleared(product: &str, store: &str) -> String {
    language().pick(format!("Alerte levée\u{a0}: {product}, {store}."), format!("Alert cleared: {product}, {store}."))
}
