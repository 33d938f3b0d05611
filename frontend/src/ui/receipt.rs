//! The receipt, on the screen and on paper.

use super::qr::qr;
use crate::format;
use crate::i18n::{Language, common, language};
use leptos::prelude::*;
use shared::chain::Sealed;
use shared::discount::Discount;
use shared::ids::LineNo;
use shared::quantity::Unit;
use shared::receipt::{Line, Receipt};
use shared::store::Store;
use shared::tax::TaxRate;
use std::sync::Arc;

/// What the receipt says beside its own content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The store as its sign says.
    pub store: String,
    /// Its city.
    pub city: String,
    /// The seller's name.
    pub seller: String,
    /// Whether it was printed before.
    pub is_duplicate: Signal<bool>,
}

impl Head {
    /// The head of a store's receipts.
    pub fn of(store: &Store, seller: String, is_duplicate: Signal<bool>) -> Self {
        Self { store: store.name.clone(), city: store.city.clone(), seller, is_duplicate }
    }
}

/// A receipt in the page's language.
pub fn receipt(sealed: Arc<Sealed<Receipt>>, head: Head) -> AnyView {
    (move || {
        let language = language();
        let paper = Paper { language, receipt: &sealed.body, words: common::of(language) };
        view! {
            <article class="receipt" lang=language.tag()>
                {sealed.body.simulated.then(|| stamp(paper.words.simulation))}
                {move || head.is_duplicate.get().then(|| stamp(common::of(language).duplicate))}
                {paper.header(&head)}
                {paper.facts(&head)}
                {paper.items()}
                {paper.amounts()}
                {paper.taxes()}
                <p class="seal" aria-label=paper.words.signature>{sealed.signature.short()}</p>
                {qr(&sealed.code(), paper.words.code)}
                <footer><p>{paper.words.thanks}</p></footer>
            </article>
        }
        .into_any()
    })
    .into_any()
}

fn stamp(text: &'static str) -> AnyView {
    view! { <p class="stamp">{text}</p> }.into_any()
}

struct Paper<'a> {
    language: Language,
    receipt: &'a Receipt,
    words: &'static common::Words,
}

impl Paper<'_> {
    fn money(&self, amount: shared::money::Money) -> String {
        format::money(self.language, amount, self.receipt.currency)
    }

    fn header(&self, head: &Head) -> AnyView {
        let siret = self.receipt.siret.as_ref().map(|siret| format!("SIRET {siret}"));
        view! {
            <header><h2>{head.store.clone()}</h2><p>{head.city.clone()}</p>{siret.map(|siret| view! { <p>{siret}</p> })}</header>
        }
        .into_any()
    }

    fn facts(&self, head: &Head) -> AnyView {
        let receipt = self.receipt;
        let number =
            format!("{} · {}", (self.words.receipt_no)(receipt.number.get()), (self.words.series)(&receipt.series));
        let seller = format!("{} {}", receipt.seller, head.seller);
        let facts = [
            (self.words.receipt, number),
            (self.words.store_no, receipt.store.to_string()),
            (self.words.register_label, receipt.register.to_string()),
            (self.words.seller_no, seller.trim_end().to_owned()),
            (self.words.date, format::moment(self.language, receipt.issued_at)),
        ];
        view! { <dl class="facts">{facts.map(|(name, fact)| row("", name.to_owned(), fact)).collect_view()}</dl> }
            .into_any()
    }

    fn items(&self) -> AnyView {
        let places = std::iter::successors(Some(LineNo::FIRST), |place| place.next());
        let rows = self.receipt.lines.iter().zip(places).map(|(line, place)| (self.item(line), self.reduced(place)));
        let rows = rows.collect_view();
        view! { <table class="items"><tbody>{rows}</tbody></table> }.into_any()
    }

    fn item(&self, line: &Line) -> AnyView {
        let quantity = format::quantity(self.language, line.quantity, line.unit);
        let per = if line.unit == Unit::Kilogram { self.words.per_kilogram } else { "" };
        let detail = format!("{quantity} × {}{per}", self.money(line.price));
        view! {
            <tr><td>{line.name.clone()}<small>{detail}</small></td>
                <td class="num">{self.money(line.total)}</td><td class="code">{self.code(line.tax)}</td></tr>
        }
        .into_any()
    }

    /// The discounts on a line, below it.
    fn reduced(&self, place: LineNo) -> AnyView {
        let of_line = self.receipt.discounts.iter().filter(|discount| discount.line == Some(place));
        let rows = of_line.map(|discount| {
            view! { <tr><td>{self.discount_name(discount)}</td><td class="num">{self.money(discount.amount)}</td><td></td></tr> }
        });
        rows.collect_view().into_any()
    }

    fn discount_name(&self, discount: &Discount) -> String {
        format!("{}{}", self.words.discount, format::of_percent(self.language, discount.percent))
    }

    /// The letter by which lines refer to their rate below.
    fn code(&self, rate: TaxRate) -> String {
        let place = self.receipt.taxes.iter().position(|tax| tax.rate == rate);
        place.and_then(|place| u8::try_from(place).ok()).map_or(' ', |place| char::from(b'A' + place % 26)).to_string()
    }

    fn amounts(&self) -> AnyView {
        let tenders = self
            .receipt
            .tenders
            .iter()
            .map(|tender| row("", self.words.tender(tender.kind).to_owned(), self.money(tender.amount)));
        let change = (self.receipt.change.minor() > 0)
            .then(|| row("", self.words.change.to_owned(), self.money(self.receipt.change)));
        let whole = self.receipt.discounts.iter().filter(|discount| discount.line.is_none());
        let whole = whole.map(|discount| row("", self.discount_name(discount), self.money(discount.amount)));
        view! {
            <dl class="amounts">
                {whole.collect_view()}
                {row("grand", self.words.total.to_owned(), self.money(self.receipt.total))}
                {tenders.collect_view()}
                {change}
            </dl>
        }
        .into_any()
    }

    fn taxes(&self) -> AnyView {
        let rows = self.receipt.taxes.iter().map(|tax| {
            let rate = format!("{} {}", self.code(tax.rate), format::rate(self.language, tax.rate));
            let cells = [rate, self.money(tax.net), self.money(tax.tax), self.money(tax.gross)];
            view! { <tr>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
        });
        let heads = [self.words.tax_sign, self.words.net, self.words.tax, self.words.gross];
        view! {
            <table class="taxes">
                <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    }
}

fn row(class: &'static str, name: String, value: String) -> AnyView {
    view! { <div class=class><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}
