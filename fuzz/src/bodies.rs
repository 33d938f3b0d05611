//! Bodies of requests: the name of one on the first line, and behind it the JSON.

use crate::again::is_read_as_written;
use serde_json::Value;
use shared::api::baskets::{Checkout, LineChange, NewBasket, NewLine};
use shared::api::dead_letters::MendedLetter;
use shared::api::receipts::WhichSaved;
use shared::api::refunds::ReserveRefund;
use shared::api::sessions::{Enrol, SignIn};
use shared::api::setup::SetUp;
use shared::api::simulations::NewSimulation;
use shared::api::stock::{NewMovement, NewTransfer};
use shared::api::stores::{NewRegister, NewSeller, NewStore, SellerChange, StoreChange};
use shared::product::Product;

/// The target `bodies`.
pub fn check(data: &[u8]) {
    reads(data);
}

/// The same, and whether it is a body that can be read.
pub fn reads(data: &[u8]) -> bool {
    let Some(end) = data.iter().position(|byte| *byte == b'\n') else { return false };
    let (name, json) = data.split_at(end);
    if let Ok(product) = serde_json::from_slice::<Product>(json) {
        let _ = product.validate();
    }
    !has_fraction(json) && is_one(name, json)
}

/// Whether a number is none of those that are anywhere on the wire. `serde_json` reads others to the last digit but one, and
/// a letter that somebody mends may hold any JSON before it is held against its kind.
fn has_fraction(json: &[u8]) -> bool {
    fn is_odd(value: &Value) -> bool {
        match value {
            Value::Number(number) => !(number.is_i64() || number.is_u64()),
            Value::Array(items) => items.iter().any(is_odd),
            Value::Object(members) => members.values().any(is_odd),
            _ => false,
        }
    }
    serde_json::from_slice(json).is_ok_and(|value| is_odd(&value))
}

macro_rules! bodies {
    ($($body:ty: $name:literal,)*) => {
        /// The bodies, by their names.
        pub const NAMES: &[&str] = &[$($name),*];

        /// Holds a body that can be read against itself; tells whether it can.
        fn is_one(name: &[u8], json: &[u8]) -> bool {
            $(if name == $name.as_bytes() {
                return serde_json::from_slice::<$body>(json).is_ok_and(|body| {
                    is_read_as_written(&body);
                    true
                });
            })*
            false
        }
    };
}

bodies! {
    Checkout: "Checkout",
    Enrol: "Enrol",
    LineChange: "LineChange",
    MendedLetter: "MendedLetter",
    NewBasket: "NewBasket",
    NewLine: "NewLine",
    NewMovement: "NewMovement",
    NewRegister: "NewRegister",
    NewSeller: "NewSeller",
    NewSimulation: "NewSimulation",
    NewStore: "NewStore",
    NewTransfer: "NewTransfer",
    Product: "Product",
    Vec<Product>: "Products",
    ReserveRefund: "ReserveRefund",
    SellerChange: "SellerChange",
    SetUp: "SetUp",
    SignIn: "SignIn",
    StoreChange: "StoreChange",
    WhichSaved: "WhichSaved",
}
