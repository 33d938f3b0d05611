//! Judging a receipt: whether an enrolled key has signed it, and what else is wrong with it. Pure.

use crate::model::register::SeriesEntry;
use crate::web::cache::{Catalogue, StoreView};
use shared::chain::Sealed;
use shared::finding::FindingKind;
use shared::ids::SellerNo;
use shared::mutant::Mutant;
use shared::receipt::Receipt;
use std::collections::BTreeSet;

/// What to do with a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The goods are gone, so it is taken, with whatever is wrong with it.
    Take(Vec<FindingKind>),
    /// No key that the store has enrolled signed it.
    Unsigned,
}

impl Verdict {
    /// Whether fresher knowledge of store and catalogue could judge otherwise.
    pub fn may_be_outdated(&self) -> bool {
        match self {
            Self::Unsigned => !Mutant::StaleRefusal.is_on(),
            Self::Take(flags) => flags.iter().copied().any(is_doubtful),
        }
    }

    /// What stands whatever fresher knowledge would say; nothing of a signature that only it could confirm.
    pub fn beyond_doubt(self) -> Option<Self> {
        match self {
            Self::Unsigned => None,
            Self::Take(flags) => Some(Self::Take(flags.into_iter().filter(|flag| !is_doubtful(*flag)).collect())),
        }
    }
}

/// Whether a flag may come from not knowing what was enrolled, hired or priced since.
const fn is_doubtful(flag: FindingKind) -> bool {
    use FindingKind::{ForeignKey, UnknownProduct, UnknownSeller, WrongPrice};
    matches!(flag, ForeignKey | UnknownProduct | UnknownSeller | WrongPrice)
}

/// Judges a receipt by what is known of its store and of the catalogue.
pub fn judge(receipt: &Sealed<Receipt>, view: Option<&StoreView>, catalogue: &Catalogue) -> Verdict {
    let Some(view) = view else { return Verdict::Unsigned };
    let Some(signer) = signer(receipt, view).or(Mutant::AnyKeyIsGood.is_on().then_some(Signer::Named)) else {
        return Verdict::Unsigned;
    };
    let mut flags = BTreeSet::from_iter(receipt.own_findings());
    flags.extend(signer.flag());
    flags.extend(goods(&receipt.body, catalogue));
    flags.extend(place(&receipt.body, view));
    Verdict::Take(flags.into_iter().collect())
}

/// Whose key signed a receipt.
enum Signer {
    /// The series' that it names.
    Named,
    /// That one's, after another one had taken its place.
    Replaced,
    /// Another series' of the store.
    Other,
}

impl Signer {
    const fn flag(&self) -> Option<FindingKind> {
        match self {
            Self::Named => None,
            Self::Replaced => Some(FindingKind::ReplacedKey),
            Self::Other => Some(FindingKind::ForeignKey),
        }
    }
}

/// Whose key signed the receipt, if one of the store did. The series that it names is tried first.
fn signer(receipt: &Sealed<Receipt>, view: &StoreView) -> Option<Signer> {
    let body = &receipt.body;
    let named = view.registers.get(&body.register).and_then(|register| register.series(&body.series));
    if let Some(entry) = named.filter(|entry| receipt.is_signed_by(&entry.public_key)) {
        return Some(if is_replaced(entry, body) { Signer::Replaced } else { Signer::Named });
    }
    let others = view.registers.values().flat_map(|register| &register.series);
    let mut others = others.filter(|entry| named.is_none_or(|named| named.public_key != entry.public_key));
    others.any(|entry| receipt.is_signed_by(&entry.public_key)).then_some(Signer::Other)
}

fn is_replaced(entry: &SeriesEntry, body: &Receipt) -> bool {
    entry.replaced_at.is_some_and(|replaced_at| body.issued_at.timestamp() > replaced_at)
}

fn goods<'a>(body: &'a Receipt, catalogue: &'a Catalogue) -> impl Iterator<Item = FindingKind> {
    body.lines.iter().filter_map(|line| match catalogue.by_sku(&line.sku) {
        None => Some(FindingKind::UnknownProduct),
        Some(product) => (!product.had_price(line.price)).then_some(FindingKind::WrongPrice),
    })
}

fn place(body: &Receipt, view: &StoreView) -> impl Iterator<Item = FindingKind> {
    let known = body.seller == SellerNo::SELF_SERVICE || view.sellers.contains_key(&body.seller);
    let unknown = (!known).then_some(FindingKind::UnknownSeller);
    let wrong_kind = (body.simulated != view.store.training).then_some(FindingKind::WrongKind);
    unknown.into_iter().chain(wrong_kind)
}
