//! Signing in, at the till and at the desk.

use super::language;

words! {
    sign_in: "Se connecter", "Sign in";
    welcome_till: "Ouvrir une caisse", "Open a till";
    welcome_till_hint: "Choisissez la caisse, puis entrez votre numéro de vendeur et votre code.",
        "Choose the register, then enter your seller number and PIN.";
    welcome_desk: "Bureau du responsable", "Manager’s desk";
    welcome_desk_hint: "Ventes, stocks et alertes de tous les magasins, en direct.", "Sales, stock and alerts of all stores, live.";
    places: "Magasin et caisse", "Store and register";
    store: "Magasin", "Store";
    no_stores: "Aucun magasin n’est ouvert. Le serveur affiche dans son journal l’adresse de mise en route.",
        "No store is open. The server prints the address of its set-up in its log.";
    free: "libre", "free";
    self_service: "libre-service", "self-service";
    person: "Vendeur", "Seller";
    number: "Numéro", "Number";
    pin: "Code", "PIN";
    open_till: "Ouvrir la caisse", "Open the till";
    open_desk: "Ouvrir le bureau", "Open the desk";
    choose_place: "Choisissez d’abord une caisse.", "Choose a register first.";
    type_number: "Entrez votre numéro de vendeur.", "Enter your seller number.";
    type_pin: "Entrez votre code.", "Enter your PIN.";
    wrong_pin: "Numéro ou code inconnu. Vérifiez et recommencez.", "Unknown number or PIN. Check and try again.";
    not_known_here: "Le serveur ne répond pas, et cette caisse ne connaît pas encore ce vendeur\u{a0}: il faut s’y être connecté une fois avec le serveur.",
        "The server does not answer, and this till does not know that seller yet: they must have signed in here with the server once.";
    too_long_ago: "Le serveur ne répond pas, et la dernière connexion ici date de plus d’une semaine.",
        "The server does not answer, and the last sign-in here was more than a week ago.";
    locked_offline: "Trop d’essais sans le serveur. Il faut attendre qu’il réponde.",
        "Too many tries without the server. Wait until it answers.";
    no_manager: "Il faut le numéro et le code d’un responsable du magasin.",
        "That takes the number and PIN of a manager of the store.";
    manager_only: "Cette page est réservée aux responsables. Connectez-vous avec un numéro de responsable.",
        "This page is for managers. Sign in with a manager’s number.";
    training_hint: "Magasins d’entraînement\u{a0}: les numéros et codes s’affichent au démarrage du serveur.",
        "Training stores: numbers and PINs are shown when the server starts.";
}

/// How many receipts and entries of the journal are sent from the sign-in page.
pub fn on_the_way(count: usize) -> String {
    let (french, english) = if count == 1 {
        (
            "ticket ou entrée du journal attend d’être enregistré. Il part",
            "receipt or journal entry waits to be saved. It is sent",
        )
    } else {
        (
            "tickets et entrées du journal attendent d’être enregistrés. Ils partent",
            "receipts and journal entries wait to be saved. They are sent",
        )
    };
    language().pick(
        format!("{count} {french} sans que personne se connecte\u{a0}: laissez cette page ouverte."),
        format!("{count} {english} with nobody signed in: leave this page open."),
    )
}

/// Wrong PINs came too often: in how many seconds to try again.
pub fn locked_out(seconds: u32) -> String {
    language().pick(
        format!("Trop d’essais. Recommencez dans {seconds} s."),
        format!("Too many tries. Try again in {seconds} s."),
    )
}
