//! The first store and its manager, as they are typed. Pure.

use shared::api::setup::{FirstManager, SetUp};
use shared::api::stores::NewStore;
use shared::coin::SmallestCoin;
use shared::money::Currency;
use shared::store::is_pin;
use shared::time::CutOff;

/// What is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The code from the server's log.
    pub code: String,
    /// The store's name.
    pub name: String,
    /// Its city.
    pub city: String,
    /// Its establishment number, which it may do without.
    pub siret: String,
    /// Its IANA time zone.
    pub time_zone: String,
    /// Whether everything in it is a simulation.
    pub training: bool,
    /// The manager's name.
    pub manager: String,
    /// Their PIN.
    pub pin: String,
    /// The same again.
    pub again: String,
}

/// A field that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The code from the server's log.
    Code,
    /// The store's name.
    Name,
    /// Its city.
    City,
    /// Its establishment number.
    Siret,
    /// Its time zone.
    TimeZone,
    /// The manager's name.
    Manager,
    /// Their PIN.
    Pin,
    /// The same again.
    Again,
}

impl Field {
    /// Its text in a draft.
    pub const fn text(self, draft: &mut Draft) -> &mut String {
        match self {
            Self::Code => &mut draft.code,
            Self::Name => &mut draft.name,
            Self::City => &mut draft.city,
            Self::Siret => &mut draft.siret,
            Self::TimeZone => &mut draft.time_zone,
            Self::Manager => &mut draft.manager,
            Self::Pin => &mut draft.pin,
            Self::Again => &mut draft.again,
        }
    }
}

impl Draft {
    /// What to ask the server for, or the first field, in the form's order, that cannot be taken.
    pub fn ask(&self) -> Result<SetUp, Field> {
        let filled = |text: &str, field| {
            let text = text.trim();
            if text.is_empty() { Err(field) } else { Ok(text.to_owned()) }
        };
        let name = filled(&self.name, Field::Name)?;
        let siret = self.siret.replace(char::is_whitespace, "");
        let siret = (!siret.is_empty()).then(|| siret.parse()).transpose().map_err(|_| Field::Siret)?;
        let time_zone = filled(&self.time_zone, Field::TimeZone)?;
        let manager = FirstManager { name: filled(&self.manager, Field::Manager)?, pin: self.pin.clone() };
        if !is_pin(&self.pin) {
            return Err(Field::Pin);
        }
        if self.again != self.pin {
            return Err(Field::Again);
        }
        let code = filled(&self.code, Field::Code)?;
        let store = NewStore {
            no: None,
            name,
            city: self.city.trim().to_owned(),
            siret,
            time_zone,
            currency: Currency::default(),
            cut_off: CutOff::default(),
            training: self.training,
            refuse_below_zero: false,
            smallest_coin: SmallestCoin::ONE,
            void_needs_manager: true,
        };
        Ok(SetUp { code, store, manager })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Draft {
        let text = str::to_owned;
        Draft {
            code: text(" abcde-fghij-klmno "),
            name: text("Nantes Centre"),
            city: text("Nantes"),
            siret: text("732 829 320 00074"),
            time_zone: text("Europe/Paris"),
            training: false,
            manager: text("Ana"),
            pin: text("4821"),
            again: text("4821"),
        }
    }

    #[test]
    fn what_is_whole_is_asked_for_as_it_is_meant() {
        let ask = whole().ask().unwrap();
        assert_eq!(ask.code, "abcde-fghij-klmno");
        assert_eq!(ask.store.siret, Some("73282932000074".parse().unwrap()));
        assert_eq!(Draft { siret: String::new(), ..whole() }.ask().unwrap().store.siret, None);
    }

    #[test]
    fn the_first_field_that_is_wrong_is_named() {
        for (field, wrong) in [
            (Field::Code, ""),
            (Field::Name, " "),
            (Field::Siret, "123"),
            (Field::TimeZone, ""),
            (Field::Manager, ""),
            (Field::Pin, "123"),
            (Field::Pin, "12a4"),
            (Field::Again, "4822"),
        ] {
            let mut draft = whole();
            wrong.clone_into(field.text(&mut draft));
            assert_eq!(draft.ask(), Err(field), "{wrong:?}");
        }
    }
}
