//! The page "Journal".

use crate::format;
use crate::i18n::language;
use shared::journal::{Act, ActKind};
use shared::money::{Currency, Money};
use shared::quantity::Unit;

words! {
    journal: "Journal", "Journal";
    when: "Quand", "When";
    act: "Acte", "Act";
    detail: "Détail", "Particulars";
    who: "Qui", "Who";
    none: "Rien dans le journal", "Nothing in the journal";
    none_hint: "Aucune entrée de ce magasin ne répond à tous les critères.", "No entry of this store meets all criteria.";
}

/// What an act is called.
pub fn title(act: ActKind) -> &'static str {
    let (french, english) = match act {
        ActKind::BasketVoided => ("Ticket abandonné", "Sale voided"),
        ActKind::CashIn => ("Entrée d’espèces", "Cash in"),
        ActKind::CashOut => ("Sortie d’espèces", "Cash out"),
        ActKind::DayClosed => ("Clôture Z", "Z closing"),
        ActKind::DrawerOpened => ("Tiroir ouvert sans vente", "Drawer opened without a sale"),
        ActKind::KeyCreated => ("Clé de la série créée", "Key of the series made"),
        ActKind::LineVoided => ("Ligne retirée", "Line voided"),
        ActKind::PriceOverridden => ("Prix modifié", "Price overridden"),
        ActKind::Refunded => ("Ticket remboursé", "Receipt refunded"),
        ActKind::Reprinted => ("Ticket réimprimé", "Receipt reprinted"),
        ActKind::SessionClosed => ("Session fermée", "Session closed"),
        ActKind::SessionOpened => ("Session ouverte", "Session opened"),
        ActKind::SignedIn => ("Connexion", "Signed in"),
        ActKind::SignedOut => ("Déconnexion", "Signed out"),
        ActKind::VoidUndone => ("Retrait annulé", "Void undone"),
    };
    language().pick(french, english)
}

/// Who allowed it, behind who did it.
pub fn allowed_by(name: &str) -> String {
    language().pick(format!(", autorisé par {name}"), format!(", allowed by {name}"))
}

/// The particulars of an act.
pub fn particulars(act: &Act, currency: Currency) -> String {
    let language = language();
    let money = |amount: Money| format::money(language, amount, currency);
    match act {
        Act::BasketVoided { lines, total } => {
            let total = money(*total);
            language.pick(format!("{lines} lignes, {total}"), format!("{lines} lines, {total}"))
        }
        Act::CashIn { amount, reason } | Act::CashOut { amount, reason } => format!("{}, {reason}", money(*amount)),
        Act::DayClosed(closing) => {
            let (number, total, grand) =
                (closing.number, money(closing.period.total), money(closing.perpetual.algebraic));
            language.pick(
                format!("Z n° {number}, {total}, total perpétuel {grand}"),
                format!("Z no. {number}, {total}, perpetual total {grand}"),
            )
        }
        Act::KeyCreated { key } => key.to_string(),
        Act::LineVoided { quantity, sku, total } => {
            let unit = if quantity.is_whole() { Unit::Piece } else { Unit::Kilogram };
            format!("{} × {sku}, {}", format::quantity(language, *quantity, unit), money(*total))
        }
        Act::PriceOverridden { from, sku, to } => format!("{sku}, {} → {}", money(*from), money(*to)),
        Act::SessionClosed { difference, expected, .. } => {
            let (difference, expected) = (money(*difference), money(*expected));
            language.pick(
                format!("attendu {expected}, écart {difference}"),
                format!("expected {expected}, difference {difference}"),
            )
        }
        Act::SessionOpened { float } => {
            language.pick(format!("fond {}", money(*float)), format!("float {}", money(*float)))
        }
        Act::Refunded { number, total, .. } => language
            .pick(format!("ticket n° {number}, {}", money(*total)), format!("receipt no. {number}, {}", money(*total))),
        Act::Reprinted { number, .. } => number.to_string(),
        Act::DrawerOpened | Act::SignedIn | Act::SignedOut | Act::VoidUndone => String::new(),
    }
}
