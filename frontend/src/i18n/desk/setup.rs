//! The page that sets an installation up.

use crate::i18n::language;
use shared::ids::{SellerNo, StoreNo};

words! {
    title: "Mise en route", "Set-up";
    hint: "Le premier magasin, sa caisse et son responsable.", "The first store, its register and its manager.";
    store: "Magasin", "Store";
    name: "Nom", "Name";
    city: "Ville", "City";
    siret: "SIRET (facultatif)", "SIRET (optional)";
    time_zone: "Fuseau horaire", "Time zone";
    training: "Magasin d’entraînement", "Training store";
    training_hint: "Ses tickets portent SIMULATION et ne comptent dans aucun vrai total. Ce choix est définitif.",
        "Its receipts say SIMULATION and count in no real total. This choice is final.";
    manager: "Responsable", "Manager";
    manager_name: "Nom sur les tickets", "Name on receipts";
    pin: "Code (4 à 12 chiffres)", "PIN (4 to 12 digits)";
    again: "Code, encore une fois", "PIN, once more";
    code: "Code de mise en route", "Set-up code";
    code_hint: "Le serveur l’affiche au démarrage, dans son journal.", "The server prints it when it starts, in its log.";
    set_up: "Mettre en route", "Set up";
    unheard: "Le serveur ne répond pas", "The server does not answer";
    already: "Tout est en place", "Everything is set up";
    already_hint: "Connectez-vous avec le numéro et le code d’un responsable.", "Sign in with a manager’s number and PIN.";
    done: "C’est prêt", "Ready";
    next_catalogue: "Importez le catalogue sur le serveur\u{a0}:", "Import the catalogue on the server:";
    next_till: "Ouvrez la caisse sur l’ordinateur qui encaisse\u{a0}: le responsable s’y connecte d’abord, pour l’attribuer à ce navigateur.",
        "Open the till on the machine that sells: the manager signs in there first, to give it to that browser.";
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Something is missing.
    Empty,
    /// The code is missing.
    Code,
    /// It is no establishment number.
    Siret,
    /// It is no PIN.
    Pin,
    /// It is another PIN.
    Again,
}

/// What is wrong with what is filled in, and what to do.
pub fn wrong(what: Wrong) -> &'static str {
    let (french, english) = match what {
        Wrong::Empty => ("Remplissez ce champ.", "Fill in this field."),
        Wrong::Code => ("Tapez le code que le serveur a affiché.", "Type the code that the server has printed."),
        Wrong::Siret => ("Un SIRET a 14 chiffres\u{202f}; vérifiez-les.", "A SIRET has 14 digits; check them."),
        Wrong::Pin => ("Le code a 4 à 12 chiffres.", "The PIN has 4 to 12 digits."),
        Wrong::Again => ("Les deux codes diffèrent\u{a0}: retapez-les.", "The two PINs differ: type them again."),
    };
    language().pick(french, english)
}

/// What was made.
pub fn made(store: StoreNo, name: &str, manager: &str, no: SellerNo) -> String {
    language().pick(
        format!("Magasin {store}, {name}, avec la caisse 1. {manager} s’y connecte avec le numéro {no}."),
        format!("Store {store}, {name}, with register 1. {manager} signs in there with number {no}."),
    )
}
