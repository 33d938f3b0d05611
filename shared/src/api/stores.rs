//! Stores, registers and staff.

use crate::coin::SmallestCoin;
use crate::ids::{RegisterNo, SellerNo, SeriesLetter, Siret, StoreNo};
use crate::money::Currency;
use crate::store::{Register, Role, Seller, Store};
use crate::time::{CutOff, Timestamp};
use serde::{Deserialize, Serialize};

/// Opens a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewStore {
    /// Its number; the next free one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<StoreNo>,
    /// Its name, 1 to 80 characters.
    pub name: String,
    /// Its city.
    #[serde(default)]
    pub city: String,
    /// Its establishment number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siret: Option<Siret>,
    /// Its IANA time zone.
    pub time_zone: String,
    /// Its currency.
    #[serde(default)]
    pub currency: Currency,
    /// When its business day starts.
    #[serde(default)]
    pub cut_off: CutOff,
    /// Whether everything in it is a simulation; can never be changed.
    pub training: bool,
    /// Whether its tills refuse to sell what the stock says is not there.
    #[serde(default)]
    pub refuse_below_zero: bool,
    /// The smallest coin, in minor units: 1, 5, 10, 20, 50 or 100. What is paid in cash is rounded to it; can never be changed.
    #[serde(default)]
    pub smallest_coin: SmallestCoin,
    /// Whether taking out what is rung up takes a manager's PIN.
    #[serde(default)]
    pub void_needs_manager: bool,
}

/// Changes what can be changed of a store; what is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct StoreChange {
    /// Its name, 1 to 80 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether its tills refuse to sell what the stock says is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refuse_below_zero: Option<bool>,
    /// Its establishment number, for receipts from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub siret: Option<Siret>,
    /// Whether taking out what is rung up takes a manager's PIN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_needs_manager: Option<bool>,
}

impl StoreChange {
    /// What of it the store does not have already.
    #[must_use]
    pub fn less(self, store: &Store) -> Self {
        Self {
            name: self.name.filter(|name| *name != store.name),
            refuse_below_zero: self.refuse_below_zero.filter(|refuse| *refuse != store.refuse_below_zero),
            siret: self.siret.filter(|siret| store.siret.as_ref() != Some(siret)),
            void_needs_manager: self.void_needs_manager.filter(|needs| *needs != store.void_needs_manager),
        }
    }

    /// The store with the change.
    pub fn applied_to(self, store: Store) -> Store {
        Store {
            name: self.name.unwrap_or(store.name),
            refuse_below_zero: self.refuse_below_zero.unwrap_or(store.refuse_below_zero),
            siret: self.siret.or(store.siret),
            void_needs_manager: self.void_needs_manager.unwrap_or(store.void_needs_manager),
            ..store
        }
    }
}

/// Adds a register to a store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct NewRegister {
    /// Its number; the next free one where absent.
    pub no: Option<RegisterNo>,
}

/// A register with every series that was opened on it: for managers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterDetail {
    /// Its number.
    pub no: RegisterNo,
    /// Its series, oldest first.
    pub series: Vec<SeriesDetail>,
}

/// One enrolment of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesDetail {
    /// Its letter.
    pub letter: SeriesLetter,
    /// Who holds its key.
    pub held_by: SeriesHolder,
    /// A few words about who asked for it.
    pub holder: String,
    /// When it was opened.
    #[serde(with = "crate::time::rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub enrolled_at: Timestamp,
    /// Since when it may sign no more: another one took its place, or it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::time::rfc3339::optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub replaced_at: Option<Timestamp>,
}

/// Who holds the key of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SeriesHolder {
    /// A browser or a bot.
    Till,
    /// The server, for consumers' baskets.
    Server,
}

/// Adds somebody to a store's staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSeller {
    /// Their number; the next free one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<SellerNo>,
    /// What the receipt prints, 1 to 40 characters.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their PIN, 4 to 12 digits.
    pub pin: String,
}

/// Changes somebody of a store's staff; what is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SellerChange {
    /// What the receipt prints, 1 to 40 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What they may do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Their PIN, 4 to 12 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
}

/// Somebody who works or has worked in a store: for managers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMember {
    /// Who.
    #[serde(flatten)]
    pub seller: Seller,
    /// When they were dismissed; absent while they work there.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::time::rfc3339::optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub dismissed_at: Option<Timestamp>,
}

/// A store with its registers and staff: what a sign-in page needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreDetail {
    /// The store.
    #[serde(flatten)]
    pub store: Store,
    /// Its registers, by number.
    pub registers: Vec<Register>,
    /// Whoever works there, by number.
    pub sellers: Vec<Seller>,
}

impl StoreDetail {
    /// Whether somebody who has signed in as `seller`, before this was told or after, is still let in.
    pub fn lets_in(&self, seller: &Seller) -> bool {
        self.sellers.iter().any(|one| one.no == seller.no && one.renewed <= seller.renewed)
    }
}
