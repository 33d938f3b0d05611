//! The page "Direct".

use crate::i18n::language;
use shared::time::Day;

words! {
    x_report: "Rapport X", "X report";
    x_report_hint: "Les totaux du jour par caisse, taux et moyen de paiement", "The day’s totals by register, rate and means of payment";
    takings: "Chiffre du jour", "Takings today";
    no_comparison: "rien à comparer il y a une semaine", "nothing to compare with a week ago";
    rate: "Tickets enregistrés par seconde", "Receipts saved per second";
    flow: "Tickets par seconde, 5 dernières minutes", "Receipts per second, last 5 minutes";
    lag: "Retard d’enregistrement", "Saving lag";
    idle: "aucun ticket en ce moment", "no receipt at the moment";
    complete: "Séries complètes", "Complete series";
    all_arrived: "tout est arrivé, de 1 à N", "everything has arrived, 1 to N";
    no_series: "aucune vente encore", "no sale yet";
    ago: "il y a 5 min", "5 min ago";
    now: "maintenant", "now";

    feed: "Enregistrés à l’instant", "Just saved";
    feed_still: "en pause sous le pointeur", "paused under the pointer";
    feed_empty: "Pas encore de ticket", "No receipt yet";
    feed_empty_hint: "Chaque ticket apparaît ici dès qu’il est enregistré. Vendez à la caisse, ou lancez des robots.", "Every receipt shows here as soon as it is saved. Sell on a till, or start bots.";
    time: "Heure", "Time";
    origin: "Origine", "Origin";
    number: "Numéro", "Number";
    total: "Total", "Total";

    stores: "Par magasin", "By store";
    stores_empty: "Aucun magasin à afficher", "No store to show";
    register_idle: "aucun ticket", "no receipt";
    operator: "L’exploitant", "The operator";
    server: "Le serveur", "The server";
}

/// The weekday of the day a week before.
pub fn weekday(day: Day) -> &'static str {
    use jiff::civil::Weekday;
    let (french, english) = match day.date().weekday() {
        Weekday::Monday => ("lundi", "Monday"),
        Weekday::Tuesday => ("mardi", "Tuesday"),
        Weekday::Wednesday => ("mercredi", "Wednesday"),
        Weekday::Thursday => ("jeudi", "Thursday"),
        Weekday::Friday => ("vendredi", "Friday"),
        Weekday::Saturday => ("samedi", "Saturday"),
        Weekday::Sunday => ("dimanche", "Sunday"),
    };
    language().pick(french, english)
}

/// What a change is measured against.
pub fn against(weekday: &str) -> String {
    language().pick(format!("sur {weekday} dernier à la même heure"), format!("on last {weekday} at this time"))
}

/// What the small chart of takings shows.
pub fn takings_chart(today: &str, week_before: &str) -> String {
    language().pick(
        format!("Chiffre du jour au fil des heures\u{a0}: {today}\u{202f}; il y a une semaine, journée entière\u{a0}: {week_before}"),
        format!("Takings of the day by the hour: {today}; a week ago, whole day: {week_before}"),
    )
}

/// What the chart of the rate shows.
pub fn flow_chart(latest: &str, highest: &str) -> String {
    language().pick(
        format!("Tickets enregistrés par seconde, 5 dernières minutes\u{a0}: {latest} maintenant, au plus {highest}"),
        format!("Receipts saved per second, last 5 minutes: {latest} now, {highest} at most"),
    )
}

/// What the small chart of the lag shows.
pub fn lag_chart(longest: &str) -> String {
    language().pick(
        format!("Retard d’enregistrement, dernière minute\u{a0}: au plus {longest}"),
        format!("Saving lag, last minute: {longest} at most"),
    )
}

/// How many are saved.
pub fn saved(count: &str, one: bool) -> String {
    language().pick(format!("{count} {}", if one { "enregistré" } else { "enregistrés" }), format!("{count} saved"))
}

/// How many are missing.
pub fn missing(count: &str, one: bool) -> String {
    language().pick(format!("{count} {}", if one { "manquant" } else { "manquants" }), format!("{count} missing"))
}

/// How many copies came.
pub fn copies(count: &str, one: bool) -> String {
    let french = if one { "copie" } else { "copies" };
    language().pick(format!("{count} {french}"), format!("{count} {}", if one { "copy" } else { "copies" }))
}

/// How much is in the log.
pub fn backlog(count: &str) -> String {
    language().pick(format!("{count} en attente dans le journal"), format!("{count} waiting in the log"))
}

/// The longest lag of the last seconds.
pub fn longest(delay: &str) -> String {
    language().pick(format!("au plus {delay}"), format!("{delay} at most"))
}

/// What is missing, in how many series; whether that is one number, and one series.
pub fn missing_in((numbers, one): (&str, bool), (series, one_series): (&str, bool)) -> String {
    let french = if one { "numéro manque" } else { "numéros manquent" };
    let plural = if one_series { "" } else { "s" };
    language().pick(
        format!("{numbers} {french} dans {series} série{plural}"),
        format!("{numbers} {} missing in {series} series", if one { "number" } else { "numbers" }),
    )
}

/// A register.
pub fn register(no: impl std::fmt::Display) -> String {
    language().pick(format!("Caisse {no}"), format!("Register {no}"))
}

/// Where a receipt comes from.
pub fn place(store: &str, register: impl std::fmt::Display, seller: &str) -> String {
    language()
        .pick(format!("{store} · caisse {register} · {seller}"), format!("{store} · register {register} · {seller}"))
}

/// A store that the page knows only by its number.
pub fn store(no: impl std::fmt::Display) -> String {
    language().pick(format!("Magasin {no}"), format!("Store {no}"))
}

/// A seller that the page knows only by their number.
pub fn seller(no: impl std::fmt::Display) -> String {
    language().pick(format!("vendeur {no}"), format!("seller {no}"))
}

/// Whoever served themselves.
pub fn self_service() -> &'static str {
    language().pick("libre-service", "self-service")
}

/// A receipt's number.
pub fn receipt_number(number: &str) -> String {
    language().pick(format!("n°\u{a0}{number}"), format!("no.\u{a0}{number}"))
}

/// Numbers that are all there.
pub fn whole(last: &str) -> String {
    language().pick(format!("1 … {last}, complet"), format!("1 … {last}, complete"))
}

/// Numbers of several series that are all there.
pub fn all_whole(saved: &str, series: &str) -> String {
    language().pick(format!("{saved} complets en {series} séries"), format!("{saved} complete in {series} series"))
}

/// Numbers some of which are missing.
pub fn broken(missing: &str, last: &str) -> String {
    language().pick(format!("manque {missing} sur {last}"), format!("{missing} missing of {last}"))
}

/// How many stores are not shown.
pub fn more_stores(count: &str) -> String {
    language().pick(format!("… et {count} autres magasins"), format!("… and {count} more stores"))
}

/// How many registers are not shown.
pub fn more_registers(count: &str) -> String {
    language().pick(format!("… et {count} autres caisses"), format!("… and {count} more registers"))
}
