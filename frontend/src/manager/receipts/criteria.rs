//! What is searched for, as it is typed. Pure.

use crate::format;
use shared::api::receipts::ReceiptQuery;
use std::str::FromStr;

/// How many receipts a page of the list has.
const PAGE: u16 = 50;

/// The criteria as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Criteria {
    /// The store's number; all where empty.
    pub store: String,
    /// The register's number.
    pub register: String,
    /// The seller's number.
    pub seller: String,
    /// The receipt's number.
    pub number: String,
    /// A product's SKU.
    pub product: String,
    /// The total.
    pub amount: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}

/// A criterion that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The store.
    Store,
    /// The register.
    Register,
    /// The seller.
    Seller,
    /// The receipt's number.
    Number,
    /// The product.
    Product,
    /// The amount.
    Amount,
    /// The first day.
    From,
    /// The last day.
    To,
}

impl Criteria {
    /// Whether they ask for less than all of a store.
    pub fn is_narrow(&self) -> bool {
        Self { store: String::new(), ..self.clone() } != Self::default()
    }

    /// The query of these criteria, or the first field that cannot be read.
    pub fn query(&self) -> Result<ReceiptQuery, Field> {
        Ok(ReceiptQuery {
            store: read(&self.store, Field::Store)?,
            register: read(&self.register, Field::Register)?,
            seller: read(&self.seller, Field::Seller)?,
            number: read(&self.number, Field::Number)?,
            product: read(&self.product, Field::Product)?,
            amount: self.amount()?,
            from: read(&self.from, Field::From)?,
            to: read(&self.to, Field::To)?,
            limit: Some(PAGE),
            ..ReceiptQuery::default()
        })
    }

    fn amount(&self) -> Result<Option<shared::money::Money>, Field> {
        let text = self.amount.trim();
        if text.is_empty() { Ok(None) } else { format::parse_amount(text).map(Some).ok_or(Field::Amount) }
    }
}

fn read<T: FromStr>(text: &str, field: Field) -> Result<Option<T>, Field> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| field) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_asks_for_everything() {
        let query = Criteria::default().query().unwrap();
        assert_eq!(query, ReceiptQuery { limit: Some(PAGE), ..ReceiptQuery::default() });
    }

    #[test]
    fn what_is_typed_narrows() {
        let criteria = Criteria {
            number: " 12 ".to_owned(),
            amount: "21,57".to_owned(),
            from: "2026-11-23".to_owned(),
            ..Criteria::default()
        };
        let query = criteria.query().unwrap();
        assert_eq!((query.number.unwrap().get(), query.amount.unwrap().minor()), (12, 2157));
        assert_eq!(query.from.unwrap().to_string(), "2026-11-23");
    }

    #[test]
    fn rubbish_names_its_field() {
        let wrong = |criteria: Criteria| criteria.query().unwrap_err();
        assert_eq!(wrong(Criteria { register: "x".to_owned(), ..Criteria::default() }), Field::Register);
        assert_eq!(wrong(Criteria { amount: "-1".to_owned(), ..Criteria::default() }), Field::Amount);
        assert_eq!(wrong(Criteria { to: "demain".to_owned(), ..Criteria::default() }), Field::To);
        assert_eq!(wrong(Criteria { product: "é".to_owned(), ..Criteria::default() }), Field::Product);
    }
}
