//! The chain's places and people.

use crate::coin::SmallestCoin;
use crate::ids::{RegisterNo, SellerNo, SeriesLetter, Siret, StoreNo};
use crate::money::Currency;
use crate::time::CutOff;
use serde::{Deserialize, Serialize};

/// A store of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Store {
    /// Its number.
    pub no: StoreNo,
    /// Its name.
    pub name: String,
    /// Its city.
    #[serde(default)]
    pub city: String,
    /// Its establishment number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siret: Option<Siret>,
    /// Its IANA time zone, such as `Europe/Paris`.
    pub time_zone: String,
    /// Its currency.
    pub currency: Currency,
    /// When its business day starts.
    #[serde(default)]
    pub cut_off: CutOff,
    /// Whether everything in it is a simulation; fixed at its creation.
    pub training: bool,
    /// Whether its tills refuse to sell what the stock says is not there.
    #[serde(default)]
    pub refuse_below_zero: bool,
    /// What is paid in cash is rounded to it; fixed at its creation, since receipts are held to it.
    #[serde(default)]
    pub smallest_coin: SmallestCoin,
    /// Whether taking out what is rung up takes a manager's PIN.
    #[serde(default)]
    pub void_needs_manager: bool,
}

/// What a register is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegisterUse {
    /// Nobody has issued on it yet.
    #[default]
    Free,
    /// A browser holds its key.
    Till,
    /// The server holds its key, for consumers' baskets.
    SelfService,
}

/// A register of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Register {
    /// Its number.
    pub no: RegisterNo,
    /// Who issues on it.
    pub used_as: RegisterUse,
    /// The letter of its latest series, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<SeriesLetter>,
}

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sells.
    Seller,
    /// Sells, enrols registers, receives deliveries, counts, sees every store.
    Manager,
}

/// Whether a PIN can be one: 4 to 12 digits.
pub fn is_pin(text: &str) -> bool {
    (4..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A member of a store's staff, without secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seller {
    /// Their number.
    pub no: SellerNo,
    /// What the receipt prints, such as `Ines M.`.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// How often their PIN or their role was changed: whoever was let in before is so no more.
    #[serde(default, skip_serializing_if = "is_never")]
    pub renewed: u32,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks by reference; how large is trivial depends on the machine"
)]
const fn is_never(times: &u32) -> bool {
    *times == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_are_digits() {
        assert!(is_pin("1234"));
        for wrong in ["123", "1234567890123", "12a4", "１２３４"] {
            assert!(!is_pin(wrong), "{wrong}");
        }
    }
}
