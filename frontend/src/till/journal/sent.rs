//! What became of the entries that were sent since the page was opened. Pure.

use super::Unsent;
use crate::db::Waiting;
use serde::Deserialize;
use serde::de::IgnoredAny;
use shared::api::problem::Problem;
use shared::api::receipts::Outcome;
use shared::ids::{JournalNo, RegisterNo, SeriesLetter, StoreNo};
use shared::picture::Picture;
use std::collections::BTreeMap;

/// After how long without being seen saved an entry is sent again, in milliseconds.
const RESEND_MS: i64 = 20_000;

/// The most entries in one request.
const BATCH: usize = 100;

/// What the server has said of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    /// The log has it since then.
    InLog(i64),
    /// It refuses it.
    Refused(Problem),
}

/// What the server has said.
#[derive(Debug)]
pub(super) struct Sent {
    /// By the keys of the entries.
    said: BTreeMap<String, Said>,
    /// The most entries in the next request.
    batch: usize,
}

impl Default for Sent {
    fn default() -> Self {
        Self { said: BTreeMap::new(), batch: BATCH }
    }
}

/// As much of an entry as says where it stands.
#[derive(Deserialize)]
struct Entry {
    body: Place,
}

#[derive(Deserialize)]
struct Place {
    store: StoreNo,
    register: RegisterNo,
    series: SeriesLetter,
    number: JournalNo,
}

impl Place {
    fn of(waiting: &Waiting) -> Option<Self> {
        serde_json::from_str::<Entry>(&waiting.text).ok().map(|entry| entry.body)
    }

    /// Whether it is saved once the log has it. Of another store, or behind a gap, which the server tells of, that is not
    /// seen here.
    fn is_saved(&self, pictures: &BTreeMap<StoreNo, Picture>) -> bool {
        let Some(picture) = pictures.get(&self.store) else { return true };
        let own = picture.series().find(|series| series.register == self.register && series.letter == self.series);
        let journal = own.and_then(|series| series.journal);
        journal.is_some_and(|journal| journal.gap_since.is_some() || journal.head.number >= self.number.get())
    }
}

impl Sent {
    /// What to send at `now`, in milliseconds of any clock: what was never sent, and what was sent long ago.
    pub(super) fn due(&self, waiting: &[Waiting], now: i64) -> Vec<Waiting> {
        let is_due = |one: &&Waiting| match self.said.get(&one.key) {
            None => is_json(&one.text),
            // A clock that was set back must not keep it here.
            Some(Said::InLog(at)) => now - at >= RESEND_MS || now < *at,
            Some(Said::Refused(_)) => false,
        };
        waiting.iter().filter(is_due).take(self.batch).cloned().collect()
    }

    /// Notes what became of a batch at `now`.
    pub(super) fn answered(&mut self, batch: Vec<Waiting>, outcomes: Vec<Outcome>, now: i64) {
        self.batch = BATCH;
        for (Waiting { key, .. }, outcome) in batch.into_iter().zip(outcomes) {
            let said = match outcome {
                Outcome::Accepted { .. } => Said::InLog(now),
                Outcome::Refused { problem, .. } => Said::Refused(problem),
            };
            self.said.insert(key, said);
        }
    }

    /// Notes that the server refused a request as a whole: with one entry in it that is the culprit, with more it is found by
    /// sending fewer.
    pub(super) fn refused_whole(&mut self, batch: &[Waiting], problem: Problem) {
        match batch {
            [one] => drop(self.said.insert(one.key.clone(), Said::Refused(problem))),
            _ => self.batch = (batch.len() / 2).max(1),
        }
    }

    /// The keys of what the log has and is saved.
    pub(super) fn saved(&self, waiting: &[Waiting], pictures: &BTreeMap<StoreNo, Picture>) -> Vec<String> {
        let in_log = waiting.iter().filter(|one| matches!(self.said.get(&one.key), Some(Said::InLog(_))));
        let saved = in_log.filter(|one| Place::of(one).is_some_and(|place| place.is_saved(pictures)));
        saved.map(|one| one.key.clone()).collect()
    }

    /// What there is to show of what waits.
    pub(super) fn unsent(&self, waiting: &[Waiting]) -> Unsent {
        let refused = |one: &&Waiting| match self.said.get(&one.key) {
            None => !is_json(&one.text),
            Some(said) => matches!(said, Said::Refused(_)),
        };
        let refusal = waiting.iter().find_map(|one| match self.said.get(&one.key) {
            Some(Said::Refused(problem)) => Some((Place::of(one)?.number, problem.clone())),
            _ => None,
        });
        let unanswered = waiting.iter().filter(|one| !self.said.contains_key(&one.key) && is_json(&one.text)).count();
        let unreadable = waiting.iter().filter(|one| !is_json(&one.text)).count();
        Unsent {
            waiting: waiting.len(),
            unanswered,
            unreadable,
            refused: waiting.iter().filter(refused).count(),
            refusal,
        }
    }
}

/// Whether a text can be sent among others: one that was damaged on disk stays there, and would spoil the whole request.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::EventId;
    use shared::picture::Snapshot;

    fn waiting(number: u64) -> Waiting {
        let text = format!(r#"{{"body":{{"store":1,"register":2,"series":"A","number":{number},"kind":"journal"}}}}"#);
        Waiting { key: format!("{number}"), text }
    }

    fn keys(waiting: &[Waiting]) -> Vec<&str> {
        waiting.iter().map(|one| one.key.as_str()).collect()
    }

    fn accepted() -> Outcome {
        Outcome::Accepted { id: EventId::mint(1, &[1; 10]), flags: vec![] }
    }

    fn problem() -> Problem {
        serde_json::from_str(r#"{"type":"/p","title":"","status":422,"detail":"","safe":"","remedy":""}"#).unwrap()
    }

    /// The store, with this said of the journal of register 2's series A.
    fn pictures(journal: &str) -> BTreeMap<StoreNo, Picture> {
        let mut snapshot = Snapshot::from(Picture::empty(StoreNo::FIRST));
        let hash = "ab".repeat(32);
        let series = format!(
            r#"{{"register":2,"letter":"A","saved":[],"head":{{"number":0,"hash":"{hash}"}},"copies":0,"journal":{journal}}}"#
        );
        snapshot.series = vec![serde_json::from_str(&series.replace("HASH", &hash)).unwrap()];
        BTreeMap::from([(StoreNo::FIRST, snapshot.into())])
    }

    #[test]
    fn an_entry_is_sent_until_it_is_seen_saved() {
        let (mut sent, all) = (Sent::default(), [waiting(1), waiting(2)]);
        assert_eq!(keys(&sent.due(&all, 0)), ["1", "2"]);
        sent.answered(all.to_vec(), vec![accepted(), accepted()], 1_000);
        assert_eq!(keys(&sent.due(&all, 20_999)), [""; 0]);
        assert_eq!(keys(&sent.due(&all, 21_000)), ["1", "2"]);
        assert_eq!(keys(&sent.due(&all, 999)), ["1", "2"], "the clock was set back");
        assert_eq!(sent.saved(&all, &pictures("null")), [""; 0]);
        assert_eq!(sent.saved(&all, &pictures(r#"{"head":{"number":1,"hash":"HASH"}}"#)), ["1"]);
        assert_eq!(sent.saved(&all, &pictures(r#"{"head":{"number":2,"hash":"HASH"}}"#)), ["1", "2"]);
    }

    #[test]
    fn where_it_is_not_seen_the_log_is_enough_and_nothing_else_is() {
        let (mut sent, all) = (Sent::default(), [waiting(7)]);
        let gap = pictures(r#"{"head":{"number":1,"hash":"HASH"},"gap_since":"2026-11-23T13:32:07Z"}"#);
        assert_eq!(sent.saved(&all, &gap), [""; 0]);
        sent.answered(all.to_vec(), vec![accepted()], 0);
        assert_eq!(sent.saved(&all, &gap), ["7"]);
        assert_eq!(sent.saved(&all, &BTreeMap::new()), ["7"]);
    }

    #[test]
    fn what_is_refused_stays_and_the_rest_goes_on() {
        let (mut sent, all) = (Sent::default(), [waiting(1), waiting(2)]);
        let refused = Outcome::Refused { id: None, problem: problem() };
        sent.answered(all.to_vec(), vec![refused, accepted()], 0);
        assert_eq!(keys(&sent.due(&all, 99_999)), ["2"]);
        assert_eq!(sent.saved(&all, &BTreeMap::new()), ["2"]);
        let unsent = sent.unsent(&all);
        assert_eq!((unsent.waiting, unsent.unanswered, unsent.refused), (2, 0, 1));
        assert_eq!(Sent::default().unsent(&all).unanswered, 2);
        assert_eq!(unsent.refusal.map(|(number, problem)| (number.get(), problem.status)), Some((1, 422)));
    }

    #[test]
    fn what_cannot_be_read_stays_and_is_counted_and_the_rest_goes_on() {
        for damage in ["{", "", "1,2", "null]"] {
            let all = [waiting(1), Waiting { key: "damaged".to_owned(), text: damage.to_owned() }, waiting(3)];
            let mut sent = Sent::default();
            assert_eq!(keys(&sent.due(&all, 0)), ["1", "3"], "{damage}");
            let unsent = sent.unsent(&all);
            assert_eq!((unsent.waiting, unsent.unanswered, unsent.refused), (3, 2, 1), "{damage}");
            sent.answered(sent.due(&all, 0), vec![accepted(), accepted()], 0);
            assert_eq!(sent.unsent(&all).unanswered, 0, "nobody waits for it: {damage}");
        }
    }

    #[test]
    fn one_bad_entry_in_a_batch_does_not_hold_up_the_others() {
        let all: Vec<_> = (1..=7).map(waiting).collect();
        let mut sent = Sent::default();
        for _ in 0..20 {
            let due = sent.due(&all, 0);
            if keys(&due).contains(&"5") {
                sent.refused_whole(&due, problem());
            } else {
                let outcomes = due.iter().map(|_| accepted()).collect();
                sent.answered(due, outcomes, 0);
            }
        }
        let unsent = sent.unsent(&all);
        assert_eq!((unsent.waiting, unsent.unanswered, unsent.refused), (7, 0, 1));
        assert_eq!(unsent.refusal.map(|(number, _)| number.get()), Some(5));
        assert_eq!(sent.saved(&all, &BTreeMap::new()).len(), 6);
    }
}
