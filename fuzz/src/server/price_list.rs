//! Price lists in CSV.

use comptoir::probe::read_price_list;
use shared::product::Product;
use shared::quantity::Unit;
use std::fmt::Write as _;

const COLUMNS: &str = "sku,gtin,name,category,price,tax,unit,threshold\n";

/// The target `price_list`.
pub fn check(data: &[u8]) {
    let (products, reasons) = read_price_list(data);
    assert!(reasons.iter().all(|reason| reason.starts_with("line ")), "{reasons:?}");
    for product in &products {
        product.validate().expect("what is imported is a product");
    }
    let (again, reasons) = read_price_list(written(&products).as_bytes());
    assert!(reasons.is_empty(), "{reasons:?}");
    assert_eq!(again, products);
}

/// The products as a price list (RFC 4180).
fn written(products: &[Product]) -> String {
    let mut text = COLUMNS.to_owned();
    for product in products {
        let Product { sku, gtin, name, category, price, tax, unit, threshold } = product;
        let gtin = gtin.as_ref().map_or("", |gtin| gtin.as_str());
        let (name, category) = (quoted(name), quoted(category));
        let unit = if *unit == Unit::Piece { "piece" } else { "kilogram" };
        let (price, tax) = (hundredths(price.minor()), hundredths(tax.basis_points().into()));
        let threshold = threshold.map(|threshold| hundredths(u16::from(threshold).into())).unwrap_or_default();
        writeln!(text, "{sku},{gtin},{name},{category},{price},{tax},{unit},{threshold}")
            .expect("memory can be written to");
    }
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn hundredths(whole: i64) -> String {
    format!("{}.{:02}", whole / 100, whole % 100)
}
