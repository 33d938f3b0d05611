//! The customer's display.

words! {
    title: "Affichage client · Comptoir", "Customer display · Comptoir";
    open: "Affichage client", "Customer display";
    welcome: "Bonjour", "Welcome";
    closed: "Caisse fermée", "Register closed";
    no_till: "La caisse de cet affichage n’est pas ouverte dans ce navigateur.", "The till of this display is not open in this browser.";
    open_from_till: "Ouvrez cet affichage depuis le menu de la caisse.", "Open this display from the menu of the till.";
    products: "Vos articles", "Your articles";
    due: "Reste à payer", "Still to pay";
    refunded: "Remboursé", "Refunded";
    paid: "Payé", "Paid";
    change: "Monnaie rendue", "Your change";
    thanks: "Merci de votre visite", "Thank you for your visit";
    fullscreen: "Plein écran", "Full screen";
}
