//! A consumer's basket.

use crate::basket::BasketLine;
use crate::chain::Sealed;
use crate::ids::{BasketId, Gtin, RegisterNo, SellerNo, Sku, StoreNo};
use crate::money::{Currency, Money};
use crate::payment::Tender;
use crate::quantity::Quantity;
use crate::receipt::Receipt;
use crate::tax::TaxLine;
use serde::{Deserialize, Serialize};

/// Opens a basket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct NewBasket {
    /// Who serves; self-service where absent.
    pub seller: Option<SellerNo>,
}

/// Adds a product, named by exactly one of `sku` and `gtin`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    /// The product's SKU.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// The product's barcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<Gtin>,
    /// How much, in thousandths; one piece or kilogram where absent.
    #[serde(default = "one")]
    pub quantity: Quantity,
}

fn one() -> Quantity {
    Quantity::ONE
}

/// Changes how much of a line there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LineChange {
    /// How much, in thousandths.
    pub quantity: Quantity,
}

/// Pays a basket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Checkout {
    /// How it is paid; the whole total by card where empty.
    pub tenders: Vec<Tender>,
}

/// Where a basket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BasketState {
    /// It can be changed.
    Open,
    /// It has become a receipt.
    CheckedOut,
}

/// A basket as its consumer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BasketView {
    /// Which.
    pub id: BasketId,
    /// The store.
    pub store: StoreNo,
    /// The register.
    pub register: RegisterNo,
    /// Who serves.
    pub seller: SellerNo,
    /// Where it stands.
    pub state: BasketState,
    /// The lines, oldest first.
    pub lines: Vec<BasketLine>,
    /// The sum, tax included.
    pub total: Money,
    /// The taxes within the sum.
    pub taxes: Vec<TaxLine>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The receipt, once it is checked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Sealed<Receipt>>,
}
