//! What has to hold once a till was told that a series is its own.

use super::super::model::{Series, State};
use super::super::world::World;
use super::{Invariant, must};
use crate::ledger::changes::read;
use crate::ledger::series::Series as Projection;
use crate::store::projections::{ProjectionFilter, ProjectionKind};
use shared::api::sessions::Enrolled;
use shared::chain::Hash;
use shared::event::{Enrolment, Event};
use shared::ids::{RegisterNo, SeriesId, SeriesLetter, StoreNo};
use std::collections::BTreeMap;

/// The last number of each of a register's series that the store has.
pub type Ends = BTreeMap<SeriesLetter, u64>;

impl World {
    /// Where the series of a register end as far as the store knows.
    pub fn known_ends(&self, store: StoreNo, register: RegisterNo) -> Ends {
        let filter = ProjectionFilter { store: Some(store), ..ProjectionFilter::default() };
        let documents = self.tables().list(ProjectionKind::Series, &filter);
        let known = documents.iter().map(|document| read::<Projection>(document).unwrap());
        let of_register = known.filter(|series| series.register == register && series.root.is_some());
        of_register.map(|series| (series.letter.clone(), series.last().number)).collect()
    }

    /// A till that asked for the first time while the store knew of these ends was told that a series is its own.
    pub fn enrolled(&self, enrolled: &Enrolled, known: &Ends) {
        let mut model = self.model();
        let history = model.of(enrolled.series.store);
        let enrolment = history.firsts.values().find_map(|(_, event)| match event {
            Event::Enrolment(enrolment) if enrolment.series == enrolled.series => Some(enrolment),
            _ => None,
        });
        let place = || format!("{enrolled:?} after {enrolment:?} and {known:?}");
        self.hold(must(Invariant::AcceptedIsInTheLog, enrolment.is_some(), place));
        let is_so = enrolment.is_some_and(|enrolment| follows(enrolled, enrolment, &history.state(), known));
        self.hold(must(Invariant::SeriesFollowOneAnother, is_so, place));
    }
}

/// Whether a series begins where the one before it ends, no earlier than was known, and the till goes on where its own ends.
fn follows(enrolled: &Enrolled, enrolment: &Enrolment, state: &State, known: &Ends) -> bool {
    let SeriesId { register, letter, .. } = &enrolled.series;
    let goes_on = state.series.get(&(*register, letter.clone())).and_then(|own| number_of(own, enrolled.head.hash));
    let before = state.series.range(..(*register, letter.clone())).next_back();
    let begins = match before.filter(|((of, _), _)| of == register) {
        None => enrolment.prev == Hash::GENESIS,
        Some(((_, letter), before)) => {
            let end = known.get(letter).copied().unwrap_or(0);
            number_of(before, enrolment.prev).is_some_and(|number| number >= end)
        }
    };
    goes_on == Some(enrolled.head.number) && begins
}

/// After which of its receipts a series has ended like this.
fn number_of(series: &Series, hash: Hash) -> Option<u64> {
    let entry = series.entries.iter().find(|(_, (_, own))| *own == hash);
    entry.map(|(number, _)| *number).or_else(|| (series.root == Some(hash)).then_some(0))
}
