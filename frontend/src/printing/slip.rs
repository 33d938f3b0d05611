//! The receipt as a receipt printer takes it. Pure.

use super::escpos::{Align, Roll};
use crate::i18n::{Language, common};
use crate::ui::{Paper, ReceiptHead, Row};
use shared::chain::Sealed;
use shared::receipt::{Line, Receipt};

/// The bytes that print a receipt, in as many columns as the paper has; a copy of one that was printed before says so.
pub(super) fn slip(
    sealed: &Sealed<Receipt>,
    head: &ReceiptHead,
    is_duplicate: bool,
    language: Language,
    columns: usize,
) -> Vec<u8> {
    let (paper, words) = (Paper::of(&sealed.body, language), common::of(language));
    let mut roll = Roll::of(columns);
    heading(&mut roll, paper, head, is_duplicate);
    rows(&mut roll, &paper.facts(&head.seller));
    roll.rule();
    paper.items().for_each(|(line, discounts)| item(&mut roll, paper, line, &discounts));
    roll.rule();
    rows(&mut roll, &paper.discounts(None));
    let (name, total) = paper.total();
    roll.strong_pair(&name, &total);
    rows(&mut roll, &paper.payments());
    roll.rule();
    roll.columns(&paper.tax_heads().map(str::to_owned));
    paper.taxes().for_each(|cells| roll.columns(&cells));
    roll.align(Align::Center);
    roll.text("");
    roll.text(&format!("{} {}", words.signature, sealed.signature.short()));
    roll.qr(&sealed.code());
    roll.text(words.thanks);
    roll.cut();
    roll.into_bytes()
}

fn heading(roll: &mut Roll, paper: Paper<'_>, head: &ReceiptHead, is_duplicate: bool) {
    roll.align(Align::Center);
    paper.stamps(is_duplicate).for_each(|stamp| roll.title(stamp));
    roll.title(&head.store);
    roll.text(&head.city);
    if let Some(siret) = &paper.receipt.siret {
        roll.text(&format!("SIRET {siret}"));
    }
    roll.align(Align::Left);
    roll.rule();
}

fn item(roll: &mut Roll, paper: Paper<'_>, line: &Line, discounts: &[Row]) {
    roll.pair(&line.name, &format!("{} {}", paper.money(line.total), paper.code(line.tax)));
    roll.text(&format!("  {}", paper.detail(line)));
    for (name, amount) in discounts {
        roll.pair(&format!("  {name}"), &format!("{amount}  "));
    }
}

fn rows(roll: &mut Roll, rows: &[Row]) {
    for (name, value) in rows {
        roll.pair(name, value);
    }
}

/// The bytes that open the drawer, and nothing else.
pub(super) fn drawer() -> Vec<u8> {
    let mut roll = Roll::of(1);
    roll.open_drawer();
    roll.into_bytes()
}

/// The bytes that print a few words.
pub(super) fn trial(text: &str, columns: usize) -> Vec<u8> {
    let mut roll = Roll::of(columns);
    roll.align(Align::Center);
    roll.title("Comptoir");
    roll.text(text);
    roll.cut();
    roll.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::till::fixtures::sealed;
    use leptos::prelude::Signal;

    fn head() -> ReceiptHead {
        ReceiptHead {
            store: "Lyon".to_owned(),
            city: "Lyon".to_owned(),
            seller: "Inès".to_owned(),
            is_duplicate: Signal::stored(false),
        }
    }

    fn printed(is_duplicate: bool) -> String {
        let sealed = sealed(1);
        let bytes = slip(&sealed, &head(), is_duplicate, Language::French, 48);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn the_slip_says_what_the_law_asks_for_and_ends_with_a_cut() {
        let (text, sealed) = (printed(false), sealed(1));
        for said in ["SIMULATION", "Lyon", "Total", "TVA", &sealed.signature.short(), &sealed.code()] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(text.ends_with("V\u{42}\u{0}"));
    }

    #[test]
    fn what_rounding_adds_stands_between_the_total_and_what_was_paid() {
        let mut sealed = sealed(1);
        assert!(!printed(false).contains("Arrondi"));
        sealed.body.rounding = (-2).into();
        let text = slip(&sealed, &head(), false, Language::French, 48);
        let text = String::from_utf8_lossy(&text);
        let places = ["Total", "Arrondi", "Esp"].map(|name| text.find(name));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}: {text}");
    }

    #[test]
    fn only_a_copy_says_that_it_is_one() {
        assert!(!printed(false).contains("DUPLICATA"));
        assert!(printed(true).contains("DUPLICATA"));
    }
}
