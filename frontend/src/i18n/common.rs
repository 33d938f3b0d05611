//! Words that both pages use: signing in, preferences, receipts, errors.

use super::{Language, language};
use shared::ids::{RegisterNo, SeriesLetter};
use shared::payment::TenderKind;

/// What stands between a name and what is said of it.
pub fn colon() -> &'static str {
    language().pick("\u{a0}: ", ": ")
}

/// The words.
pub struct Words {
    pub unreachable: &'static str,
    pub unreadable: &'static str,
    pub retry: &'static str,
    pub cancel: &'static str,
    pub loading: &'static str,
    pub simulation: &'static str,
    pub sign_out: &'static str,
    // Number pad.
    pub keypad: &'static str,
    pub erase: &'static str,
    pub enter_key: &'static str,
    pub escape_key: &'static str,
    // Preferences.
    pub preferences: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub sound: &'static str,
    // Receipts.
    pub receipt: &'static str,
    pub discount: &'static str,
    pub duplicate: &'static str,
    pub refund: &'static str,
    pub refunds: &'static str,
    pub code: &'static str,
    pub receipt_no: fn(u64) -> String,
    pub register: fn(RegisterNo) -> String,
    pub series: fn(&SeriesLetter) -> String,
    pub store_no: &'static str,
    pub register_label: &'static str,
    pub seller_no: &'static str,
    pub date: &'static str,
    pub total: &'static str,
    pub rounding: &'static str,
    pub cash: &'static str,
    pub card: &'static str,
    pub voucher: &'static str,
    pub meal_voucher: &'static str,
    pub change: &'static str,
    pub tax: &'static str,
    pub net: &'static str,
    pub gross: &'static str,
    pub tax_sign: &'static str,
    pub per_kilogram: &'static str,
    pub articles: fn(i64) -> String,
    pub signature: &'static str,
    pub thanks: &'static str,
    pub print: &'static str,
}

impl Words {
    /// What a means of payment is called.
    pub const fn tender(&self, kind: TenderKind) -> &'static str {
        match kind {
            TenderKind::Cash => self.cash,
            TenderKind::Card => self.card,
            TenderKind::Voucher => self.voucher,
            TenderKind::MealVoucher => self.meal_voucher,
        }
    }
}

/// The words in the page's language.
pub fn words() -> &'static Words {
    of(language())
}

/// The words in a language.
pub fn of(language: Language) -> &'static Words {
    language.pick(&FRENCH, &ENGLISH)
}

static FRENCH: Words = Words {
    unreachable: "Le serveur ne répond pas. Rien n’est perdu\u{202f}; réessayez dans un instant.",
    unreadable: "La page et le serveur ne se comprennent pas. Rechargez la page.",
    retry: "Réessayer",
    cancel: "Annuler",
    loading: "Chargement…",
    simulation: "SIMULATION",
    sign_out: "Se déconnecter",
    keypad: "Pavé numérique",
    erase: "Effacer",
    enter_key: "Entrée",
    escape_key: "Échap",
    preferences: "Réglages",
    language: "Langue",
    theme: "Thème",
    theme_system: "Auto",
    theme_light: "Clair",
    theme_dark: "Sombre",
    sound: "Son",
    receipt: "Ticket",
    discount: "Remise",
    duplicate: "DUPLICATA",
    refund: "REMBOURSEMENT",
    refunds: "Rembourse",
    code: "Code du ticket pour machines",
    receipt_no: |number| format!("n° {number}"),
    register: |register| format!("caisse {register}"),
    series: |letter| format!("série {letter}"),
    store_no: "Magasin n°",
    register_label: "Caisse n°",
    seller_no: "Vendeur n°",
    date: "Date",
    total: "Total",
    rounding: "Arrondi",
    cash: "Espèces",
    card: "Carte",
    voucher: "Bon d’achat",
    meal_voucher: "Titre-restaurant",
    change: "Rendu",
    tax: "TVA",
    net: "HT",
    gross: "TTC",
    tax_sign: "TVA",
    per_kilogram: "/kg",
    articles: |count| if count > 1 { format!("{count} articles") } else { format!("{count} article") },
    signature: "Signature",
    thanks: "Merci de votre visite",
    print: "Imprimer",
};

static ENGLISH: Words = Words {
    unreachable: "The server does not answer. Nothing is lost; try again in a moment.",
    unreadable: "The page and the server do not understand each other. Reload the page.",
    retry: "Try again",
    cancel: "Cancel",
    loading: "Loading…",
    simulation: "SIMULATION",
    sign_out: "Sign out",
    keypad: "Number pad",
    erase: "Erase",
    enter_key: "Enter",
    escape_key: "Esc",
    preferences: "Settings",
    language: "Language",
    theme: "Theme",
    theme_system: "Auto",
    theme_light: "Light",
    theme_dark: "Dark",
    sound: "Sound",
    receipt: "Receipt",
    discount: "Discount",
    duplicate: "DUPLICATE",
    refund: "REFUND",
    refunds: "Refunds",
    code: "The receipt’s code for machines",
    receipt_no: |number| format!("no. {number}"),
    register: |register| format!("register {register}"),
    series: |letter| format!("series {letter}"),
    store_no: "Store no.",
    register_label: "Register no.",
    seller_no: "Seller no.",
    date: "Date",
    total: "Total",
    rounding: "Rounding",
    cash: "Cash",
    card: "Card",
    voucher: "Voucher",
    meal_voucher: "Meal voucher",
    change: "Change",
    tax: "VAT",
    net: "Net",
    gross: "Gross",
    tax_sign: "VAT",
    per_kilogram: "/kg",
    articles: |count| if count == 1 { "1 item".to_owned() } else { format!("{count} items") },
    signature: "Signature",
    thanks: "Thank you for your visit",
    print: "Print",
};
