//! What a till keeps by itself: sales on hold, receipts that wait, its own files.

use super::language;

words! {
    hold: "Attente", "Hold";
    held_sales: "Tickets en attente", "Sales on hold";
    no_room: "Trop de tickets en attente\u{a0}: reprenez-en un d’abord.", "Too many sales are on hold: take one up first.";
    taken_over: "Caisse reprise, ou retirée par un responsable", "Register taken over, or taken away by a manager";
    replaced: "Cette caisse a été reprise, ou retirée par un responsable", "This register was taken over, or revoked by a manager";
    replaced_hint: "Ce qui a été vendu ici reste valable et sera envoyé. Pour vendre à nouveau ici, ouvrez une nouvelle série\u{a0}: un autre appareil ne pourra plus y vendre.", "What was sold here stays valid and will be sent. To sell here again, open a new series: another device can then sell no more there.";
    not_enrolled: "Le serveur ne répond pas", "The server does not answer";
    not_enrolled_hint: "Ce navigateur n’a pas encore ouvert cette caisse avec le serveur\u{a0}: il faut l’ouvrir une fois quand il répond.", "This browser has not opened this register with the server yet: open it once when it answers.";
    on_this_till: "Sur cette caisse", "On this till";
    kept_whole: "La caisse démarre aussi sans réseau.", "The till starts without a network too.";
    kept_fetching: "La caisse se prépare à démarrer sans réseau…", "The till is getting ready to start without a network…";
    kept_nothing: "Ce navigateur ne peut pas démarrer la caisse sans réseau.", "This browser cannot start the till without a network.";
    later_version: "Une version plus récente de la caisse attend\u{a0}: elle sera prise entre deux ventes.", "A later version of the till waits: it is taken between two sales.";
    may_be_evicted: "Le navigateur ne garantit pas de garder les données si le disque se remplit\u{a0}: installez la caisse comme application.", "The browser does not promise to keep the data when the disk fills up: install the till as an app.";
    hand_over: "Changer de vendeur", "Next seller";
    busy: "Un instant\u{a0}: la caisse finit ce qu’elle écrit.", "One moment: the till is finishing what it writes.";
    typing: "Terminez d’abord ce que vous saisissez, ou annulez-le.", "First finish what you are typing, or cancel it.";
    part_paid: "Une partie est déjà payée\u{a0}: terminez le paiement, ou annulez ce qui est encaissé (Échap).", "Some of it is paid already: finish the payment, or take back what was taken (Esc).";
    refunding: "Terminez le remboursement, ou revenez au ticket (Échap).", "Finish the refund, or go back to the ticket (Esc).";
    nothing_waits: "Rien n’attend d’être enregistré.", "Nothing waits to be saved.";
    export: "Exporter ce qui attend", "Export what waits";
    damaged: "Une entrée du journal est abîmée sur le disque de cette caisse\u{a0}: exportez ce qui attend, et montrez-le à un responsable.", "An entry of the journal is damaged on this till’s disk: export what waits, and show it to a manager.";
    entry: "Journal", "Journal";
}

/// How many receipts and entries of the journal the server has refused, for a manager to look at.
pub fn look_at_refused((receipts, entries): (usize, usize)) -> String {
    let (french, english) = match (receipts, entries) {
        (1, 0) => ("ticket refusé", "receipt refused"),
        (_, 0) => ("tickets refusés", "receipts refused"),
        (0, 1) => ("entrée du journal refusée", "journal entry refused"),
        (0, _) => ("entrées du journal refusées", "journal entries refused"),
        _ => ("tickets et entrées du journal refusés", "receipts and journal entries refused"),
    };
    let count = receipts + entries;
    language().pick(format!("{count} {french}\u{a0}: voir"), format!("{count} {english}: look"))
}

/// A receipt whose id the store has with other content.
pub fn displaced(number: u64) -> String {
    language().pick(
        format!("Ticket n° {number}\u{a0}: le serveur a un autre ticket sous son identifiant. Il reste sur cette caisse\u{a0}: exportez-le, et montrez-le à un responsable."),
        format!("Receipt no. {number}: the server has another receipt under its id. It stays on this till: export it, and show it to a manager."),
    )
}

/// A sale on hold: since when, how many articles, how much.
pub fn held_sale(time: &str, articles: &str, total: &str) -> String {
    format!("{time} · {articles} · {total}")
}

/// By how much the machine's clock is wrong.
pub fn wrong_clock(by: &str, is_ahead: bool) -> String {
    let (french, english) = if is_ahead { ("avance", "fast") } else { ("retarde", "slow") };
    language().pick(format!("L’horloge {french} de {by}"), format!("The clock is {by} {english}"))
}

/// How many entries of the journal wait while no receipt does.
pub fn journal_waits(entries: usize) -> String {
    language().pick(format!("Journal\u{a0}: {entries} en attente"), format!("Journal: {entries} waiting"))
}

/// Since when the oldest receipt waits to be saved.
pub fn oldest(age: &str) -> String {
    language().pick(
        format!("Le plus ancien ticket attend depuis {age}."),
        format!("The oldest receipt has waited for {age}."),
    )
}
