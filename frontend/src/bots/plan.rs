//! What a simulation is asked to do, as it is typed. Pure.

use shared::api::simulations::NewSimulation;
use std::ops::RangeInclusive;

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// How many stores.
    pub stores: String,
    /// How many registers in each.
    pub registers: String,
    /// How many sellers in each.
    pub sellers: String,
    /// Receipts a second over all registers.
    pub rate: String,
    /// What all draws come from.
    pub seed: String,
    /// How long, in minutes.
    pub minutes: String,
    /// Whether deliveries follow alerts.
    pub restock: bool,
}

impl Default for Draft {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            stores: text("3"),
            registers: text("2"),
            sellers: text("3"),
            rate: text("20"),
            seed: text("42"),
            minutes: text("5"),
            restock: true,
        }
    }
}

/// A field that takes a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// How many stores.
    Stores,
    /// How many registers in each.
    Registers,
    /// How many sellers in each.
    Sellers,
    /// Receipts a second.
    Rate,
    /// What all draws come from.
    Seed,
    /// How long, in minutes.
    Minutes,
}

impl Field {
    /// What the field takes, as the API says.
    pub const fn range(self) -> RangeInclusive<u64> {
        match self {
            Self::Stores | Self::Sellers => 1..=100,
            Self::Registers => 1..=50,
            Self::Rate => 1..=5_000,
            // The largest number that JSON keeps exact (RFC 8259 §6).
            Self::Seed => 0..=shared::money::MAX_SAFE_INTEGER.unsigned_abs(),
            Self::Minutes => 1..=1_440,
        }
    }

    /// Its text in a draft.
    pub const fn text(self, draft: &mut Draft) -> &mut String {
        match self {
            Self::Stores => &mut draft.stores,
            Self::Registers => &mut draft.registers,
            Self::Sellers => &mut draft.sellers,
            Self::Rate => &mut draft.rate,
            Self::Seed => &mut draft.seed,
            Self::Minutes => &mut draft.minutes,
        }
    }
}

impl Draft {
    /// The plan of the draft, or the first field that cannot be taken.
    pub fn plan(&self) -> Result<NewSimulation, Field> {
        Ok(NewSimulation {
            stores: read(&self.stores, Field::Stores)?,
            registers: read(&self.registers, Field::Registers)?,
            sellers: read(&self.sellers, Field::Sellers)?,
            rate: read(&self.rate, Field::Rate)?,
            seed: read(&self.seed, Field::Seed)?,
            seconds: read::<u32>(&self.minutes, Field::Minutes)? * 60,
            restock: self.restock,
        })
    }
}

fn read<T: TryFrom<u64>>(text: &str, field: Field) -> Result<T, Field> {
    let number = text.trim().parse::<u64>().ok().filter(|number| field.range().contains(number));
    number.and_then(|number| T::try_from(number).ok()).ok_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_proposed_can_be_started() {
        let plan = Draft::default().plan().unwrap();
        assert_eq!((plan.stores, plan.rate, plan.seconds), (3, 20, 300));
    }

    #[test]
    fn what_is_out_of_range_names_its_field() {
        for (field, text) in [
            (Field::Stores, "0"),
            (Field::Registers, "51"),
            (Field::Sellers, "x"),
            (Field::Rate, "5001"),
            (Field::Seed, "-1"),
            (Field::Minutes, "1441"),
        ] {
            let mut draft = Draft::default();
            *field.text(&mut draft) = text.to_owned();
            assert_eq!(draft.plan(), Err(field), "{text}");
        }
    }
}
