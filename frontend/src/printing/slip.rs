//! Receipts and reports as a receipt printer takes them. Pure.

use super::escpos::{Align, Roll};
use crate::i18n::{Language, common};
use crate::ui::{Amount, Paper, ReceiptHead, Report, Row, tax_heads};
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

/// The bytes that print a report.
pub(super) fn of_report(report: &Report, words: &common::Words, columns: usize) -> Vec<u8> {
    let mut roll = Roll::of(columns);
    roll.align(Align::Center);
    report.stamp.iter().chain([&&*report.title]).for_each(|title| roll.title(title));
    roll.text(&report.shop);
    roll.align(Align::Left);
    roll.rule();
    rows(&mut roll, &report.facts);
    report.amounts.iter().for_each(|block| amounts(&mut roll, block));
    roll.rule();
    roll.columns(&tax_heads(words).map(str::to_owned));
    report.taxes.iter().for_each(|cells| roll.columns(cells));
    report.more.iter().for_each(|block| amounts(&mut roll, block));
    roll.align(Align::Center);
    roll.text("");
    report.notes.iter().for_each(|note| roll.text(note));
    roll.cut();
    roll.into_bytes()
}

fn amounts(roll: &mut Roll, block: &[Amount]) {
    roll.rule();
    for Amount { name, value, is_grand } in block {
        if *is_grand { roll.strong_pair(name, value) } else { roll.pair(name, value) }
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
    use crate::ui::Pen;
    use leptos::prelude::Signal;
    use shared::money::Currency;

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
    fn a_report_stands_on_paper_as_on_the_screen() {
        let pen = Pen::of(Language::French, Currency::Euro);
        let report = Report {
            stamp: Some("SIMULATION"),
            title: "Z 7".to_owned(),
            shop: "Lyon".to_owned(),
            facts: vec![("Tickets".to_owned(), "12".to_owned())],
            amounts: vec![pen.takings(4_200.into(), 0.into(), &[])],
            taxes: vec![["5,5 %", "1", "2", "3"].map(str::to_owned)],
            more: vec![vec![pen.amount("Perpetuel", 9_900.into())]],
            notes: vec!["Note".to_owned()],
        };
        let bytes = of_report(&report, common::of(Language::French), 48);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let places = ["SIMULATION", "Z 7", "Lyon", "Tickets", "42,00", "TVA", "5,5 %", "99,00", "Note"];
        let places = places.map(|said| text.find(said).unwrap_or_else(|| panic!("{said}: {text}")));
        assert!(places.is_sorted(), "{places:?}");
        assert!(text.ends_with("V\u{42}\u{0}"));
    }

    #[test]
    fn only_a_copy_says_that_it_is_one() {
        assert!(!printed(false).contains("DUPLICATA"));
        assert!(printed(true).contains("DUPLICATA"));
    }
}
