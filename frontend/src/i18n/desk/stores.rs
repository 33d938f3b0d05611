//! The page "Magasins".

words! {
    stores: "Magasins", "Stores";
    rules: "Règles des caisses", "Rules of the tills";
    name: "Nom du magasin", "The store’s name";
    rename: "Renommer", "Rename";
    refuse: "Refuser de vendre au-delà du stock", "Refuse to sell more than is in stock";
    refuse_hint: "Sinon la vente passe et l’épuisement est signalé : le client a déjà l’article en main.",
        "Otherwise it is sold, and running out is flagged: the customer holds the goods already.";
    void: "Demander un responsable pour retirer un article", "Ask for a manager to take something out";
    void_hint: "Le numéro et le code d’un responsable, avant de retirer ce qui est déjà tapé.",
        "A manager’s number and PIN before anything that is rung up is taken out.";
    applied: "Les caisses ouvertes suivent aussitôt ; une caisse sans réseau, dès qu’il revient.",
        "Open tills follow at once; a till without a line once it is back.";
    saved: "Enregistré.", "Saved.";
}
