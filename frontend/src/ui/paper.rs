//! What a receipt says on paper, row by row, whatever it is printed by. Pure.

use crate::format;
use crate::i18n::{Language, common};
use shared::discount::Discount;
use shared::ids::{LineNo, ReceiptNo, SeriesLetter};
use shared::money::Money;
use shared::quantity::Unit;
use shared::receipt::{Line, Receipt};
use shared::tax::TaxRate;

/// A receipt in a language.
#[derive(Clone, Copy)]
pub struct Paper<'a> {
    /// The receipt.
    pub receipt: &'a Receipt,
    /// The words.
    pub words: &'static common::Words,
    language: Language,
}

/// A name and what is said about it.
pub type Row = (String, String);

impl<'a> Paper<'a> {
    /// A receipt in a language.
    pub fn of(receipt: &'a Receipt, language: Language) -> Self {
        Self { receipt, words: common::of(language), language }
    }

    /// An amount in the receipt's currency.
    pub fn money(self, amount: Money) -> String {
        format::money(self.language, amount, self.receipt.currency)
    }

    /// What stands over everything else: training, a copy, a refund.
    pub fn stamps(self, is_duplicate: bool) -> impl Iterator<Item = &'static str> {
        let (receipt, words) = (self.receipt, self.words);
        let stamps = [
            (receipt.simulated, words.simulation),
            (is_duplicate, words.duplicate),
            (receipt.refunds.is_some(), words.refund),
        ];
        stamps.into_iter().filter(|(is_so, _)| *is_so).map(|(_, stamp)| stamp)
    }

    /// Which receipt it is: its number, the receipt that it refunds, where, by whom and when it was issued.
    pub fn facts(self, seller: &str) -> Vec<Row> {
        let (receipt, words) = (self.receipt, self.words);
        let number = |number: ReceiptNo, series: &SeriesLetter| {
            format!("{} · {}", (words.receipt_no)(number.get()), (words.series)(series))
        };
        let seller = format!("{} {seller}", receipt.seller);
        let refunded = receipt.refunds.as_ref().map(|of| {
            let of = format!("{} · {}", number(of.number, &of.series), (words.register)(of.register));
            (words.refunds.to_owned(), of)
        });
        let own = (words.receipt.to_owned(), number(receipt.number, &receipt.series));
        let rest = [
            (words.store_no.to_owned(), receipt.store.to_string()),
            (words.register_label.to_owned(), receipt.register.to_string()),
            (words.seller_no.to_owned(), seller.trim_end().to_owned()),
            (words.date.to_owned(), format::moment(self.language, receipt.issued_at)),
        ];
        std::iter::once(own).chain(refunded).chain(rest).collect()
    }

    /// The lines, each with the discounts on it.
    pub fn items(self) -> impl Iterator<Item = (&'a Line, Vec<Row>)> {
        let places = std::iter::successors(Some(LineNo::FIRST), |place| place.next());
        self.receipt.lines.iter().zip(places).map(move |(line, place)| (line, self.discounts(Some(place))))
    }

    /// How much of a product at which price.
    pub fn detail(self, line: &Line) -> String {
        let quantity = format::quantity(self.language, line.quantity, line.unit);
        let per = if line.unit == Unit::Kilogram { self.words.per_kilogram } else { "" };
        format!("{quantity} × {}{per}", self.money(line.price))
    }

    /// The letter by which lines refer to their rate below.
    pub fn code(self, rate: TaxRate) -> String {
        let place = self.receipt.taxes.iter().position(|tax| tax.rate == rate);
        place.and_then(|place| u8::try_from(place).ok()).map_or(' ', |place| char::from(b'A' + place % 26)).to_string()
    }

    /// What was taken off a line, or off everything.
    pub fn discounts(self, line: Option<LineNo>) -> Vec<Row> {
        let chosen = self.receipt.discounts.iter().filter(|discount| discount.line == line);
        chosen.map(|discount| self.discount(discount)).collect()
    }

    fn discount(self, discount: &Discount) -> Row {
        let name = format!("{}{}", self.words.discount, format::of_percent(self.language, discount.percent));
        (name, self.money(discount.amount))
    }

    /// The final price.
    pub fn total(self) -> Row {
        (self.words.total.to_owned(), self.money(self.receipt.total))
    }

    /// How it was paid, after what rounding adds, and what was given back.
    pub fn payments(self) -> Vec<Row> {
        let rounding = Some(self.receipt.rounding).filter(|rounding| !rounding.is_zero());
        let rounding = rounding.map(|rounding| (self.words.rounding, rounding));
        let tenders = self.receipt.tenders.iter().map(|tender| (self.words.tender(tender.kind), tender.amount));
        let rows = rounding.into_iter().chain(tenders);
        let mut rows: Vec<_> = rows.map(|(name, amount)| (name.to_owned(), self.money(amount))).collect();
        if self.receipt.change > Money::ZERO {
            rows.push((self.words.change.to_owned(), self.money(self.receipt.change)));
        }
        rows
    }

    /// What stands above the columns of the taxes.
    pub const fn tax_heads(self) -> [&'static str; 4] {
        [self.words.tax_sign, self.words.net, self.words.tax, self.words.gross]
    }

    /// The taxes by rate: the rate with its letter, without tax, the tax, with tax.
    pub fn taxes(self) -> impl Iterator<Item = [String; 4]> {
        self.receipt.taxes.iter().map(move |tax| {
            let rate = format!("{} {}", self.code(tax.rate), format::rate(self.language, tax.rate));
            [rate, self.money(tax.net), self.money(tax.tax), self.money(tax.gross)]
        })
    }
}
