//! Records as MongoDB keeps them: the receipt as typed BSON, readable by people and their tools, beside what is searched.

use super::names;
use crate::store::StoreError;
pub use crate::store::archive::Table;
use mongodb::bson::serde_helpers::HumanReadable;
use mongodb::bson::{DateTime, RawDocument, RawDocumentBuf, serialize_to_raw_document_buf};
use serde::Serialize;
use shared::chain::Sealed;
use shared::event::{Event, Recorded};
use shared::ids::{ReceiptNo, RegisterNo, SellerNo, SeriesLetter, Sku, StoreNo};
use shared::money::Money;
use shared::position::Position;
use shared::receipt::Receipt;
use shared::time::Day;

/// A record ready to be inserted.
pub struct Row {
    /// Where it goes.
    pub table: Table,
    /// Its name there.
    pub name: String,
    /// Its place in the log.
    pub position: Position,
    /// What is kept.
    pub document: RawDocumentBuf,
}

#[derive(Serialize)]
struct ReceiptRow<'a> {
    _id: &'a str,
    store: StoreNo,
    epoch: u32,
    offset: u64,
    accepted_at: DateTime,
    register: RegisterNo,
    series: &'a SeriesLetter,
    number: ReceiptNo,
    seller: SellerNo,
    day: Day,
    total: Money,
    skus: Vec<&'a Sku>,
    sealed: HumanReadable<&'a Sealed<Receipt>>,
}

#[derive(Serialize)]
struct MovementRow<'a, T> {
    _id: &'a str,
    kind: &'static str,
    store: StoreNo,
    epoch: u32,
    offset: u64,
    accepted_at: DateTime,
    body: HumanReadable<&'a T>,
}

impl Row {
    /// Makes it of a record.
    pub fn of(record: &Recorded) -> Result<Self, StoreError> {
        let name = names::record(record.store, record.event.id());
        let document = match &record.event {
            Event::Receipt(receipt) => of_receipt(&name, record, receipt)?,
            Event::Delivery(body) | Event::StockCount(body) | Event::TransferOut(body) | Event::TransferIn(body) => {
                of_movement(&name, record, body)?
            }
            Event::Enrolment(body) => of_movement(&name, record, body)?,
            Event::Settings(body) => of_movement(&name, record, body)?,
            Event::Journal(body) => of_movement(&name, record, body)?,
        };
        let table = if matches!(record.event, Event::Receipt(_)) { Table::Receipts } else { Table::Movements };
        Ok(Self { table, name, position: record.position, document })
    }
}

fn of_receipt(name: &str, record: &Recorded, receipt: &Sealed<Receipt>) -> Result<RawDocumentBuf, StoreError> {
    let body = &receipt.body;
    Ok(serialize_to_raw_document_buf(&ReceiptRow {
        _id: name,
        store: record.store,
        epoch: record.position.epoch,
        offset: record.position.offset,
        accepted_at: DateTime::from_millis(record.accepted_at.as_millisecond()),
        register: body.register,
        series: &body.series,
        number: body.number,
        seller: body.seller,
        day: body.issued_at.local_day(),
        total: body.total,
        skus: body.lines.iter().map(|line| &line.sku).collect(),
        sealed: HumanReadable(receipt),
    })?)
}

fn of_movement(name: &str, record: &Recorded, body: &impl Serialize) -> Result<RawDocumentBuf, StoreError> {
    Ok(serialize_to_raw_document_buf(&MovementRow {
        _id: name,
        kind: record.event.kind().as_str(),
        store: record.store,
        epoch: record.position.epoch,
        offset: record.position.offset,
        accepted_at: DateTime::from_millis(record.accepted_at.as_millisecond()),
        body: HumanReadable(body),
    })?)
}

/// The fields that [`position`] and [`same`] look at.
pub const KEPT: [&str; 5] = ["epoch", "offset", "kind", "body", "sealed"];

/// The position of a record that is kept.
pub fn position(document: &RawDocument) -> Result<Position, StoreError> {
    let number = |name: &str| -> Result<u64, StoreError> {
        let number = document.get_i64(name).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        u64::try_from(number).map_err(|error| StoreError::Corrupt(error.to_string()))
    };
    let epoch = u32::try_from(number("epoch")?).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(Position { epoch, offset: number("offset")? })
}

/// Whether two records of one table have the same content, byte for byte: MongoDB keeps fields in their order.
pub fn same(one: &RawDocument, other: &RawDocument) -> bool {
    let content = |document: &RawDocument| {
        let bytes = |name: &str| document.get_document(name).map(|part| part.as_bytes().to_vec()).ok();
        (document.get_str("kind").map(str::to_owned).ok(), bytes("body"), bytes("sealed"))
    };
    content(one) == content(other)
}

#[cfg(test)]
mod tests {
    use super::super::search::Stored;
    use super::*;
    use crate::testing::{Till, recorded, sale};

    #[test]
    fn a_receipt_survives_whatever_its_products_are_called() {
        for name in ["", "a\0b", "$oid", "é\u{10ffff}\u{7f}", "{\"$date\": 1}"] {
            let mut receipt = Till::new(99_999, 255).sell(&[("A", 1), ("B", 2)]);
            receipt.body.lines[1].name = name.to_owned();
            let row = Row::of(&recorded(1 << 33, sale(&receipt))).unwrap();
            let stored: Stored = mongodb::bson::deserialize_from_slice(row.document.as_bytes()).unwrap();
            assert_eq!(stored.read().unwrap().sealed, receipt);
            assert_eq!(position(&row.document).unwrap(), row.position);
            assert!(same(&row.document, &row.document));
        }
    }
}
