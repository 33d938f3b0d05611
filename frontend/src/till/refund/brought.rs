//! Products that are scanned or touched while something is given back: so much more of their line comes back.

use super::choice::{Choice, read, written};
use super::chosen::NotBack;
use super::{Page, Pane};
use crate::browser::sound::Tone;
use crate::i18n::refunding as say;
use crate::till::context::{BroughtBack, Till};
use leptos::prelude::*;

/// Takes one after the other while the lines of a receipt are shown.
pub(super) fn take(pane: Pane, choice: StoredValue<Choice>) {
    Effect::new(move |_| {
        // While something is signed and written, it waits.
        if let Some(next) = first(pane.till).filter(|_| !pane.till.busy.get()) {
            choice.with_value(|choice| pane.bring_back(choice, &next));
            pane.till.brought_back.update(|all| drop(all.remove(0)));
        }
    });
}

/// Takes none while no receipt is shown; those that come while one is fetched wait for it.
pub(super) fn refuse(pane: Pane) {
    Effect::new(move |_| {
        // One that was fetched may be about to be shown.
        let is_search = pane.page.with_untracked(|page| matches!(page, Page::Search));
        if !pane.waits.get() && first(pane.till).is_some() && is_search {
            pane.till.brought_back.set(Vec::new());
            pane.till.sound.play(Tone::Refused);
            pane.fault.set(Some(say::find_first().to_owned()));
        }
    });
}

fn first(till: Till) -> Option<BroughtBack> {
    till.brought_back.with(|all| all.first().cloned())
}

impl Pane {
    fn bring_back(self, choice: &Choice, BroughtBack { product, quantity }: &BroughtBack) {
        let typed: Vec<_> =
            choice.typed.iter().map(|text| text.with_untracked(|text| read(text)).unwrap_or_default()).collect();
        let more = choice.chosen.more_of(&product.sku, &typed, *quantity);
        if let Ok((place, quantity)) = more
            && let Some(text) = choice.typed.get(place)
        {
            text.set(written(quantity, product.unit));
            self.till.sound.play(Tone::Added);
        } else {
            let why = if more == Err(NotBack::NotOnIt) { say::not_on_it } else { say::not_so_much };
            self.fault.set(Some(why(&product.name)));
            self.till.sound.play(Tone::Refused);
        }
    }
}
