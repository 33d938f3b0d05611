//! Closing the day (Z), at the till and at the desk.

use super::language;
use shared::closing::{Span, State};
use shared::ids::PeriodNo;
use shared::time::Day;

words! {
    open: "Z\u{a0}: clôturer la journée", "Z: close the day";
    x: "Rapport X de la période", "X report of the period";
    x_note: "Chiffres à cet instant\u{a0}: rien n’est clôturé, et le Z les reprendra.", "Figures as they stand: nothing is closed, and the Z will have them.";
    as_of: "Arrêté le", "As of";
    ask: "Les ventes suivantes compteront dans la période d’après. Une clôture ne peut être ni annulée ni refaite.",
        "Sales from here on count in the next period. A closing can neither be undone nor made again.";
    close: "Clôturer", "Close the day";
    closed: "Journée clôturée\u{a0}: la clôture est signée et au journal.", "The day is closed: the closing is signed and in the journal.";
    day: "Journée", "Business day";
    closed_at: "Clôturée le", "Closed";
    receipts: "Tickets", "Receipts";
    refunds: "dont remboursements", "of them refunds";
    numbers: "Numéros", "Numbers";
    none: "aucun", "none";
    perpetual: "Total perpétuel", "Perpetual total";
    perpetual_absolute: "en valeur absolue", "absolute";
    made: "Les remboursements s’ajoutent au total en valeur absolue. Aucun de ces totaux n’est jamais remis à zéro.",
        "Refunds add to the absolute total. Neither total is ever reset.";
    not_made: "Aperçu\u{a0}: la journée n’est pas encore clôturée.", "Preview: the day is not closed yet.";
    unknown: "Ce navigateur ne connaît pas tous les tickets de la période. Attendez que tout soit enregistré, puis rechargez la page\u{202f}; si cela ne suffit pas, faites réinscrire la caisse.",
        "This browser does not know all receipts of the period. Wait until everything is saved, then load the page again; if that is not enough, have the register enrolled anew.";

    list: "Clôtures", "Closings";
    state: "État", "State";
    nothing: "Aucune clôture", "No closings";
    nothing_hint: "Une caisse clôture sa journée depuis «\u{a0}Tiroir et session\u{a0}»\u{202f}; en libre-service, la journée se clôture d’elle-même.",
        "A till closes its day from “Drawer and session”; where customers serve themselves, the day closes by itself.";
    back: "Retour au direct", "Back to live";
    show: "Voir le Z", "Show the Z";
    days: "Jours", "Days";
    calendar: "Mois et année", "Months and year";
    period: "Période", "Period";
    running: "pas encore close", "not closed yet";
    over: "close", "closed";
    year_before: "Année précédente", "Year before";
    year_after: "Année suivante", "Year after";
    no_year: "Aucune clôture dans l’année", "No closings in this year";
    last_closing: "Dernière clôture", "Last closing";
    still_running: "Aucune journée d’une période suivante n’est encore clôturée\u{a0}: d’autres clôtures peuvent s’y ajouter.",
        "No day of a later period is closed yet: further closings may add to it.";
    show_span: "Voir le détail", "Show the details";
    is_closed: "Une journée d’une période suivante est clôturée\u{a0}: ces chiffres ne changent plus.",
        "A day of a later period is closed: these figures cannot change any more.";
    figures_add: "Somme des clôtures signées de la série.", "The sum of the signed closings of the series.";
}

/// The month or the year that a day is in.
pub fn span(span: Span, day: Day) -> String {
    let (french, english) = match span {
        Span::Month => ("Mois", "Month"),
        Span::Year => ("Année", "Year"),
    };
    format!("{} {}", language().pick(french, english), span.name(day))
}

/// What a closing is called.
pub fn title(number: PeriodNo) -> String {
    language().pick(format!("Clôture Z n° {number}"), format!("Z closing no. {number}"))
}

/// How far a closing is known to be right.
pub fn of(state: State) -> &'static str {
    let (french, english) = match state {
        State::Waiting => ("incomplète", "incomplete"),
        State::Complete => ("complète", "complete"),
        State::Wrong => ("fausse", "wrong"),
    };
    language().pick(french, english)
}
