//! Staff as documents, with their PINs as argon2id hashes. Nobody is ever taken out: receipts name them by their number.

use super::AnyStore;
use super::create::Numbered;
use crate::store::StoreError;
use crate::store::documents::Document;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::api::stores::StaffMember;
use shared::ids::{SellerNo, StoreNo};
use shared::store::{Role, Seller};

/// A member of a store's staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellerDocument {
    /// Their store.
    pub store: StoreNo,
    /// Who.
    pub seller: Seller,
    /// Their PIN's hash, in PHC's string format; nothing that any PIN fits once they are dismissed.
    pub pin_hash: String,
    /// When they were dismissed; absent while they work there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed_at: Option<Timestamp>,
    /// Until when they were a manager, where they are none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_until: Option<Timestamp>,
}

/// What becomes of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffChange {
    /// Other particulars; what is absent stays as it is.
    Particulars {
        /// Their name.
        name: Option<String>,
        /// What they may do.
        role: Option<Role>,
        /// Their new PIN's hash.
        pin_hash: Option<String>,
    },
    /// They leave.
    Dismissal,
}

impl Document for SellerDocument {
    const KIND: &'static str = "seller";
}

impl Numbered for SellerDocument {
    type No = SellerNo;

    fn number(&self) -> SellerNo {
        self.seller.no
    }

    fn name(&self) -> String {
        id(self.store, self.seller.no)
    }
}

impl SellerDocument {
    /// Somebody who begins.
    pub const fn hired(store: StoreNo, seller: Seller, pin_hash: String) -> Self {
        Self { store, seller, pin_hash, dismissed_at: None, manager_until: None }
    }

    /// Whether they work there.
    pub const fn works(&self) -> bool {
        self.dismissed_at.is_none()
    }

    /// Whether they are a manager there.
    pub fn manages(&self) -> bool {
        self.works() && self.seller.role == Role::Manager
    }

    /// Whether they worked there at a time, which may have been before they were dismissed.
    pub fn worked_at(&self, at: Timestamp) -> bool {
        self.dismissed_at.is_none_or(|dismissed_at| at <= dismissed_at)
    }

    /// Whether they were a manager there at a time.
    pub fn managed_at(&self, at: Timestamp) -> bool {
        self.manages() || self.manager_until.is_some_and(|until| at <= until)
    }

    /// Whether somebody who signed in as `seller` is still let in: not with a PIN or a role of before.
    pub fn lets_in(&self, seller: &Seller) -> bool {
        self.works() && self.seller.renewed == seller.renewed
    }

    /// Changes them at a time. Another PIN or role ends what was begun with the one before.
    pub fn change(&mut self, change: StaffChange, now: Timestamp) {
        let managed = self.manages();
        match change {
            StaffChange::Dismissal => {
                self.dismissed_at.get_or_insert(now);
                self.pin_hash.clear();
            }
            StaffChange::Particulars { name, role, pin_hash } => {
                let is_renewed = pin_hash.is_some() || role.is_some_and(|role| role != self.seller.role);
                self.seller.renewed = self.seller.renewed.saturating_add(is_renewed.into());
                self.seller.name = name.unwrap_or_else(|| std::mem::take(&mut self.seller.name));
                self.seller.role = role.unwrap_or(self.seller.role);
                self.pin_hash = pin_hash.unwrap_or_else(|| std::mem::take(&mut self.pin_hash));
            }
        }
        if managed && !self.manages() {
            self.manager_until = Some(now);
        }
    }

    /// What managers are told of them.
    pub fn view(&self) -> StaffMember {
        StaffMember { seller: self.seller.clone(), dismissed_at: self.dismissed_at }
    }
}

/// What the names of a store's staff start with.
pub fn prefix(store: StoreNo) -> String {
    format!("{store:05}/")
}

/// The document's name.
pub fn id(store: StoreNo, seller: SellerNo) -> String {
    format!("{store:05}/{seller:05}")
}

/// Whoever works or has worked in a store, by number.
///
/// # Errors
///
/// The store's.
pub async fn of_store(store: &AnyStore, no: StoreNo) -> Result<Vec<SellerDocument>, StoreError> {
    let documents = store.read_all::<SellerDocument>(&prefix(no)).await?;
    Ok(documents.into_iter().map(|document| document.value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn manager() -> SellerDocument {
        let seller = Seller { no: SellerNo::FIRST, name: "Ana".to_owned(), role: Role::Manager, renewed: 0 };
        SellerDocument::hired(StoreNo::FIRST, seller, "hash".to_owned())
    }

    fn particulars(name: Option<&str>, role: Option<Role>, pin_hash: Option<&str>) -> StaffChange {
        let [name, pin_hash] = [name, pin_hash].map(|text| text.map(str::to_owned));
        StaffChange::Particulars { name, role, pin_hash }
    }

    #[test]
    fn another_pin_or_role_ends_what_was_begun_before_and_another_name_does_not() {
        let mut ana = manager();
        let signed_in = ana.seller.clone();
        for same in [particulars(Some("Anna"), None, None), particulars(None, Some(Role::Manager), None)] {
            ana.change(same, at(1));
            assert!(ana.lets_in(&signed_in));
        }
        ana.change(particulars(None, None, Some("other")), at(2));
        assert!(!ana.lets_in(&signed_in) && ana.pin_hash == "other" && ana.seller.name == "Anna");
        let signed_in = ana.seller.clone();
        ana.change(particulars(None, Some(Role::Seller), None), at(3));
        assert!(!ana.lets_in(&signed_in) && ana.lets_in(&ana.seller.clone()) && !ana.manages());
        assert!(ana.managed_at(at(3)) && !ana.managed_at(at(4)) && ana.worked_at(at(4)));
    }

    #[test]
    fn who_is_dismissed_is_let_in_nowhere_and_was_there_until_then() {
        let mut ana = manager();
        let signed_in = ana.seller.clone();
        ana.change(StaffChange::Dismissal, at(5));
        ana.change(StaffChange::Dismissal, at(9));
        assert!(!ana.lets_in(&signed_in) && !ana.works() && !ana.manages() && ana.pin_hash.is_empty());
        assert!(ana.worked_at(at(5)) && ana.managed_at(at(5)) && !ana.worked_at(at(6)) && !ana.managed_at(at(6)));
    }
}
