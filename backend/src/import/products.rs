//! Products from CSV: `sku,gtin,name,category,price,tax,unit,threshold`, prices in the store's currency, tax and
//! threshold in percent.

use super::decimal::decimal;
use csv::{ReaderBuilder, StringRecord, Trim};
use shared::money::Money;
use shared::product::Product;
use shared::quantity::Unit;
use shared::stock::Threshold;
use shared::tax::TaxRate;
use std::collections::BTreeMap;
use std::fmt;

/// The columns, in any order; `gtin`, `unit` and `threshold` may be left out.
const REQUIRED: [&str; 5] = ["sku", "name", "category", "price", "tax"];

/// What is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The line in the file, from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// The rows of a file, good and bad.
#[derive(Debug, Default)]
pub struct Rows {
    /// The good ones.
    pub products: Vec<Product>,
    /// The bad ones, by line.
    pub errors: Vec<RowError>,
}

/// Reads a whole file.
pub fn read(text: &[u8]) -> Rows {
    let mut reader = ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(text);
    let columns = match reader.headers().map_err(|error| error.to_string()).and_then(Columns::of) {
        Ok(columns) => columns,
        Err(reason) => return Rows { products: Vec::new(), errors: vec![RowError { line: 1, reason }] },
    };
    let mut rows = Rows::default();
    let mut seen = BTreeMap::new();
    for record in reader.records() {
        let read = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            RowError { line, reason: error.to_string() }
        });
        let product = read.and_then(|record| {
            let line = record.position().map_or(0, csv::Position::line);
            let product = columns.product(&record).map_err(|reason| RowError { line, reason })?;
            match seen.insert(product.sku.clone(), line) {
                Some(before) => {
                    Err(RowError { line, reason: format!("{} stands on line {before} already", product.sku) })
                }
                None => Ok(product),
            }
        });
        match product {
            Ok(product) => rows.products.push(product),
            Err(error) => rows.errors.push(error),
        }
    }
    rows
}

/// Where each column stands.
struct Columns(BTreeMap<String, usize>);

impl Columns {
    fn of(headers: &StringRecord) -> Result<Self, String> {
        let columns: BTreeMap<_, _> = headers
            .iter()
            .enumerate()
            .map(|(place, name)| (name.trim_start_matches('\u{feff}').to_ascii_lowercase(), place))
            .collect();
        let missing: Vec<_> = REQUIRED.into_iter().filter(|name| !columns.contains_key(*name)).collect();
        if missing.is_empty() { Ok(Self(columns)) } else { Err(format!("the header lacks {}", missing.join(", "))) }
    }

    /// A field; absent where the column is, or where it is empty.
    fn field<'r>(&self, record: &'r StringRecord, name: &str) -> Option<&'r str> {
        record.get(*self.0.get(name)?).filter(|text| !text.is_empty())
    }

    fn product(&self, record: &StringRecord) -> Result<Product, String> {
        let text = |name| self.field(record, name);
        let needed = |name| text(name).ok_or_else(|| format!("{name} is empty"));
        let product = Product {
            sku: needed("sku")?.parse().map_err(|error| format!("{error}"))?,
            gtin: text("gtin").map(str::parse).transpose().map_err(|error| format!("{error}"))?,
            name: needed("name")?.to_owned(),
            category: text("category").unwrap_or_default().to_owned(),
            price: price(needed("price")?)?,
            tax: TaxRate::try_from(percent("tax", needed("tax")?)?).map_err(|error| error.to_string())?,
            unit: text("unit").map_or(Ok(Unit::Piece), unit)?,
            threshold: text("threshold").map(threshold).transpose()?,
        };
        product.validate().map_err(|error| error.to_string())?;
        Ok(product)
    }
}

fn price(text: &str) -> Result<Money, String> {
    let minor = decimal(text, 2).and_then(|minor| Money::try_from(minor).ok());
    minor.ok_or_else(|| format!("the price {text:?} is no amount such as 2.49"))
}

/// A percentage in basis points.
fn percent(column: &str, text: &str) -> Result<u16, String> {
    let basis_points = decimal(text.trim_end_matches('%').trim_end(), 2).and_then(|points| u16::try_from(points).ok());
    basis_points.ok_or_else(|| format!("the {column} {text:?} is no percentage such as 5.5"))
}

fn threshold(text: &str) -> Result<Threshold, String> {
    Threshold::try_from(percent("threshold", text)?).map_err(|error| error.to_string())
}

fn unit(text: &str) -> Result<Unit, String> {
    match text {
        "piece" => Ok(Unit::Piece),
        "kilogram" => Ok(Unit::Kilogram),
        _ => Err(format!("the unit {text:?} is neither piece nor kilogram")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_rows_with_and_without_the_optional_columns() {
        let rows = read("sku,name,category,price,tax\nA,Pain,Boulangerie,1.05,5.5\n".as_bytes());
        assert_eq!(rows.errors, []);
        assert_eq!((rows.products[0].price, rows.products[0].tax.basis_points()), (105.into(), 550));
        let full = "SKU,gtin,name,category,price,tax,unit,threshold\nA,96385074,Pommes,Fruits,2.49,5.5,kilogram,15\n";
        let product = read(full.as_bytes()).products.remove(0);
        assert_eq!((product.unit, product.threshold.map(u16::from)), (Unit::Kilogram, Some(1500)));
    }

    #[test]
    fn every_bad_row_is_told_with_its_line() {
        let rows = ["A,Pain,B,1.05,5.5", "B,,B,1,5.5", "C,Pain,B,abc,5.5", "A,Pain,B,1,5.5", "D,Pain,B,1,500"];
        let text = format!("sku,name,category,price,tax\n{}\n", rows.join("\n"));
        let rows = read(text.as_bytes());
        assert_eq!(rows.products.len(), 1);
        let lines: Vec<_> = rows.errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [3, 4, 5, 6]);
        assert!(rows.errors[2].reason.contains("line 2"));
    }

    #[test]
    fn a_wrong_header_says_what_is_missing() {
        let rows = read(b"sku,label\nA,B\n");
        assert_eq!(rows.errors[0].to_string(), "line 1: the header lacks name, category, price, tax");
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(text in prop::collection::vec(any::<u8>(), 0..200)) {
            read(&text);
            read(&[b"sku,name,category,price,tax\n".as_slice(), &text].concat());
        }
    }
}
