//! Whose key signed a record.

use super::Signed;
use crate::model::register::SeriesEntry;
use crate::web::cache::StoreView;
use shared::chain::Sealed;
use shared::finding::FindingKind;
use shared::mutant::Mutant;
use shared::time::Timestamp;

/// Whose key signed a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// The series' that it names.
    Named,
    /// That one's, after another one had taken its place.
    Replaced,
    /// Another series' of the store.
    Other,
}

impl Signer {
    /// What is wrong with that.
    pub const fn flag(self) -> Option<FindingKind> {
        match self {
            Self::Named => None,
            Self::Replaced => Some(FindingKind::ReplacedKey),
            Self::Other => Some(FindingKind::ForeignKey),
        }
    }
}

/// Whose key signed the record, if one of the store did. The series that it names is tried first.
pub fn signer<T: Signed>(sealed: &Sealed<T>, view: &StoreView) -> Option<Signer> {
    let (register, series) = sealed.body.place();
    let named = view.registers.get(&register).and_then(|register| register.series(series));
    if let Some(entry) = named.filter(|entry| sealed.is_signed_by(&entry.public_key)) {
        let is_replaced = is_replaced(entry, sealed.body.signed_at());
        let is_replaced = is_replaced && !Mutant::ReplacedKeyPasses.is_on();
        return Some(if is_replaced { Signer::Replaced } else { Signer::Named });
    }
    let others = view.registers.values().flat_map(|register| &register.series);
    let mut others = others.filter(|entry| named.is_none_or(|named| named.public_key != entry.public_key));
    if Mutant::AnyKeyIsGood.is_on() {
        return Some(Signer::Named);
    }
    let other = if Mutant::ForeignKeyPasses.is_on() { Signer::Named } else { Signer::Other };
    others.any(|entry| sealed.is_signed_by(&entry.public_key)).then_some(other)
}

fn is_replaced(entry: &SeriesEntry, signed_at: Timestamp) -> bool {
    entry.replaced_at.is_some_and(|replaced_at| signed_at > replaced_at)
}
