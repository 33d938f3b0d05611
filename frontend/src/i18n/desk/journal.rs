//! The page "Journal".

use crate::format;
use crate::i18n::desk::{direct, findings, registers};
use crate::i18n::language;
use shared::api::stores::StoreChange;
use shared::ids::SellerNo;
use shared::journal::{Act, ActKind};
use shared::money::{Currency, Money};
use shared::quantity::Unit;
use shared::store::Role;

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
        ActKind::ArchiveMade => ("Archive exportée", "Archive made"),
        ActKind::BasketVoided => ("Ticket abandonné", "Sale voided"),
        ActKind::CashIn => ("Entrée d’espèces", "Cash in"),
        ActKind::CashOut => ("Sortie d’espèces", "Cash out"),
        ActKind::ChainFailureFound => ("Anomalie constatée", "Failure found"),
        ActKind::DayClosed => ("Clôture Z", "Z closing"),
        ActKind::DrawerOpened => ("Tiroir ouvert sans vente", "Drawer opened without a sale"),
        ActKind::KeyCreated => ("Clé de la série créée", "Key of the series made"),
        ActKind::LineVoided => ("Ligne retirée", "Line voided"),
        ActKind::PriceOverridden => ("Prix modifié", "Price overridden"),
        ActKind::RefundReleased => ("Réservation de remboursement libérée", "Refund’s reservation let go of"),
        ActKind::Refunded => ("Ticket remboursé", "Receipt refunded"),
        ActKind::RegisterAdded => ("Caisse ajoutée", "Register added"),
        ActKind::RegisterRevoked => ("Caisse reprise", "Register revoked"),
        ActKind::Reprinted => ("Ticket réimprimé", "Receipt reprinted"),
        ActKind::SessionClosed => ("Session fermée", "Session closed"),
        ActKind::SessionOpened => ("Session ouverte", "Session opened"),
        ActKind::SettingsChanged => ("Règles modifiées", "Rules changed"),
        ActKind::SignedIn => ("Connexion", "Signed in"),
        ActKind::SignedOut => ("Déconnexion", "Signed out"),
        ActKind::StaffAdded => ("Vendeur ajouté", "Staff added"),
        ActKind::StaffChanged => ("Vendeur modifié", "Staff changed"),
        ActKind::StaffDismissed => ("Départ d’un vendeur", "Staff dismissed"),
        ActKind::VoidUndone => ("Retrait annulé", "Void undone"),
    };
    language().pick(french, english)
}

/// What of a store's rules was changed, and to what.
fn settings(to: &StoreChange) -> String {
    let StoreChange { name, refuse_below_zero, siret, void_needs_manager } = to;
    let language = language();
    let switch = |what: &str, on: bool| {
        let said = if on { language.pick("oui", "yes") } else { language.pick("non", "no") };
        language.pick(format!("{what}\u{a0}: {said}"), format!("{what}: {said}"))
    };
    let below = language.pick("refuser sous zéro", "refuse below zero");
    let void = language.pick("retrait par un responsable", "voids by a manager");
    let all = [
        name.as_ref().map(|name| language.pick(format!("nom\u{a0}: {name}"), format!("name: {name}"))),
        siret.as_ref().map(|siret| language.pick(format!("SIRET\u{a0}: {siret}"), format!("SIRET: {siret}"))),
        refuse_below_zero.map(|on| switch(below, on)),
        void_needs_manager.map(|on| switch(void, on)),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What of somebody on the staff was changed.
fn staff(seller: SellerNo, name: bool, pin: bool, to: Option<Role>) -> String {
    let language = language();
    let all = [
        Some(direct::seller(seller)),
        name.then(|| language.pick("nom", "name").to_owned()),
        pin.then(|| "PIN".to_owned()),
        to.map(|to| role(to).to_owned()),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn role(role: Role) -> &'static str {
    let (french, english) = match role {
        Role::Seller => ("vendeur", "seller"),
        Role::Manager => ("responsable", "manager"),
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
        Act::ArchiveMade { entries, receipts, .. } => language
            .pick(format!("{receipts} tickets, {entries} entrées"), format!("{receipts} receipts, {entries} entries")),
        Act::BasketVoided { lines, total } => {
            let total = money(*total);
            language.pick(format!("{lines} lignes, {total}"), format!("{lines} lines, {total}"))
        }
        Act::CashIn { amount, reason } | Act::CashOut { amount, reason } => format!("{}, {reason}", money(*amount)),
        Act::ChainFailureFound { finding, journal, position, .. } => {
            format!("{} ({position})", findings::explain(*finding, *journal).title)
        }
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
        Act::RefundReleased { receipt, .. } => receipt.to_string(),
        Act::RegisterAdded { register } => registers::name(*register),
        Act::RegisterRevoked { register, series } => registers::place(*register, series),
        Act::Reprinted { number, .. } => number.to_string(),
        Act::SettingsChanged { to } => settings(to),
        Act::StaffAdded { role, seller } => format!("{}, {}", direct::seller(*seller), self::role(*role)),
        Act::StaffChanged { name, pin, role, seller } => staff(*seller, *name, *pin, *role),
        Act::StaffDismissed { seller } => direct::seller(*seller),
        Act::DrawerOpened | Act::SignedIn | Act::SignedOut | Act::VoidUndone => String::new(),
    }
}
