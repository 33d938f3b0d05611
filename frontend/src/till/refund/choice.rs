//! What somebody chose to refund: how much of each line, and by which means.

use super::chosen::Chosen;
use crate::format;
use leptos::prelude::*;
use shared::coin::SmallestCoin;
use shared::ids::ReceiptId;
use shared::money::Money;
use shared::payment::TenderKind;
use shared::quantity::Quantity;
use shared::refund::Returned;
use std::sync::Arc;

/// The choice.
#[derive(Clone)]
pub(super) struct Choice {
    /// Of which receipt.
    pub chosen: Arc<Chosen>,
    /// What is typed for each line, in their order.
    pub typed: Vec<RwSignal<String>>,
    /// How it is given back.
    pub kind: RwSignal<TenderKind>,
    /// Under which id which lines were asked for, while it is not known whether the server has reserved them.
    asked: StoredValue<Option<(ReceiptId, Vec<Returned>)>>,
}

impl Choice {
    /// Nothing yet.
    pub fn of(chosen: &Arc<Chosen>) -> Self {
        let typed = chosen.left.iter().map(|_| RwSignal::default()).collect();
        Self { chosen: Arc::clone(chosen), typed, kind: RwSignal::new(chosen.kind()), asked: StoredValue::new(None) }
    }

    /// How much of each line; nothing where something typed is no quantity.
    pub fn quantities(&self) -> Option<Vec<Quantity>> {
        self.typed.iter().map(|text| text.with(|text| read(text))).collect()
    }

    /// Everything that is left.
    pub fn everything(&self) {
        for ((line, portion), text) in self.chosen.rows().zip(&self.typed) {
            text.set(written(portion.quantity, line.unit));
        }
    }

    /// The id under which to ask for lines: the same again for the same lines, which the server answers alike.
    pub fn id_for(&self, lines: &[Returned], fresh: impl FnOnce() -> ReceiptId) -> ReceiptId {
        let known =
            self.asked.with_value(|asked| asked.as_ref().filter(|(_, before)| before == lines).map(|(id, _)| *id));
        let id = known.unwrap_or_else(fresh);
        self.asked.set_value(Some((id, lines.to_vec())));
        id
    }

    /// It is known what became of what was asked for; under which id it was.
    pub fn settle(&self) -> Option<ReceiptId> {
        self.asked.try_update_value(Option::take).flatten().map(|(id, _)| id)
    }

    /// What comes back, in cash rounded to the smallest coin.
    pub fn amount(&self, coin: SmallestCoin) -> Option<Money> {
        let amount = self.chosen.amount(&self.quantities()?)?;
        if self.kind.get() == TenderKind::Cash { coin.nearest(amount).ok() } else { Some(amount) }
    }
}

/// What is typed for a line.
pub(super) fn read(text: &str) -> Option<Quantity> {
    match text.trim() {
        "" | "0" => Some(Quantity::ZERO),
        text => format::parse_quantity(text),
    }
}

/// A quantity as it is typed.
pub(super) fn written(quantity: Quantity, unit: shared::quantity::Unit) -> String {
    if quantity == Quantity::ZERO {
        return String::new();
    }
    format::plain_quantity(crate::i18n::language_now(), quantity, unit)
}
