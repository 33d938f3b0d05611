//! Somebody of the staff, as they are typed. Pure.

use crate::i18n::desk::setup::Wrong;
use shared::api::stores::{NewSeller, SellerChange};
use shared::store::{Role, Seller, is_pin};

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their PIN; nothing where it stays.
    pub pin: String,
    /// The same again.
    pub again: String,
}

/// A field that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Their name.
    Name,
    /// Their PIN.
    Pin,
    /// The same again.
    Again,
}

impl Field {
    /// Its text in a draft.
    pub const fn text(self, draft: &mut Draft) -> &mut String {
        match self {
            Self::Name => &mut draft.name,
            Self::Pin => &mut draft.pin,
            Self::Again => &mut draft.again,
        }
    }

    /// The name of its element.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Name => "person-name",
            Self::Pin => "person-pin",
            Self::Again => "person-again",
        }
    }

    /// What is wrong with it where it cannot be taken.
    pub const fn wrong(self) -> Wrong {
        match self {
            Self::Name => Wrong::Empty,
            Self::Pin => Wrong::Pin,
            Self::Again => Wrong::Again,
        }
    }
}

impl Draft {
    /// Somebody as they are, or somebody who begins.
    pub fn of(seller: Option<&Seller>) -> Self {
        Self {
            name: seller.map(|seller| seller.name.clone()).unwrap_or_default(),
            role: seller.map_or(Role::Seller, |seller| seller.role),
            pin: String::new(),
            again: String::new(),
        }
    }

    /// Whom to add, or the first field that cannot be taken.
    pub fn hire(&self) -> Result<NewSeller, Field> {
        Ok(NewSeller { no: None, name: self.name()?, role: self.role, pin: self.pin()? })
    }

    /// What to change of somebody, or the first field that cannot be taken.
    pub fn change(&self, seller: &Seller) -> Result<SellerChange, Field> {
        let name = Some(self.name()?).filter(|name| *name != seller.name);
        let keeps_pin = self.pin.is_empty() && self.again.is_empty();
        let pin = if keeps_pin { None } else { Some(self.pin()?) };
        Ok(SellerChange { name, role: (self.role != seller.role).then_some(self.role), pin })
    }

    fn name(&self) -> Result<String, Field> {
        let name = self.name.trim();
        if name.is_empty() { Err(Field::Name) } else { Ok(name.to_owned()) }
    }

    fn pin(&self) -> Result<String, Field> {
        match is_pin(&self.pin) {
            false => Err(Field::Pin),
            true if self.again != self.pin => Err(Field::Again),
            true => Ok(self.pin.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::SellerNo;

    fn typed(name: &str, pin: &str, again: &str) -> Draft {
        Draft { name: name.to_owned(), pin: pin.to_owned(), again: again.to_owned(), ..Draft::of(None) }
    }

    #[test]
    fn whoever_begins_has_a_name_and_the_same_pin_twice() {
        let new = typed(" Nora ", "4821", "4821").hire().unwrap();
        assert_eq!((new.name.as_str(), new.pin.as_str(), new.no), ("Nora", "4821", None));
        for (name, pin, again, wrong) in [
            (" ", "4821", "4821", Field::Name),
            ("Nora", "", "", Field::Pin),
            ("Nora", "48", "48", Field::Pin),
            ("Nora", "4821", "4822", Field::Again),
        ] {
            assert_eq!(typed(name, pin, again).hire().unwrap_err(), wrong);
        }
    }

    #[test]
    fn only_what_is_another_is_changed() {
        let nora = Seller { no: SellerNo::FIRST, name: "Nora".to_owned(), role: Role::Manager, renewed: 0 };
        assert_eq!(Draft::of(Some(&nora)).change(&nora), Ok(SellerChange::default()));
        let demoted = Draft { role: Role::Seller, ..Draft::of(Some(&nora)) };
        assert_eq!(demoted.change(&nora), Ok(SellerChange { role: Some(Role::Seller), ..SellerChange::default() }));
        let pin = Some("4821".to_owned());
        assert_eq!(
            Draft { role: nora.role, ..typed("Nora", "4821", "4821") }.change(&nora),
            Ok(SellerChange { pin, ..SellerChange::default() })
        );
        assert_eq!(typed("Nora", "", "4821").change(&nora), Err(Field::Pin));
    }
}
