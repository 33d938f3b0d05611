//! What has happened so far, by the time since the beginning. It outlives whatever fails, so that it can be drawn.

use super::actor::Actor;
use super::pace::Pace;
use futures_util::FutureExt as _;
use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It can do its work.
    Working,
    /// It runs, and waits for something: its own start, or somebody else.
    Waiting,
    /// It stands still.
    Frozen,
    /// It was asked to stop, and has not yet.
    Stopping,
    /// It was killed, or has stopped.
    Down,
}

/// Something that cannot be, and was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// When it was noticed.
    pub at: Duration,
    /// What.
    pub what: String,
}

/// A change of an actor's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Duration,
    /// Whose.
    pub whom: Actor,
    /// What it is from then on.
    pub state: State,
}

/// Everything that is known.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Every change of a state.
    pub marks: Vec<Mark>,
    /// When everything had to come back, from and until.
    pub calms: Vec<(Duration, Duration)>,
    /// When the till in the browser said *paid*.
    pub sales: Vec<Duration>,
    /// Receipts that the web tiers took.
    pub accepted: Pace,
    /// Receipts that the savers saved.
    pub saved: Pace,
    /// What went wrong.
    pub violations: Vec<Violation>,
    /// When it was over.
    pub end: Duration,
}

impl Record {
    /// How much was done to somebody. That a shift of bots is asked to stop in the calm is none.
    pub fn deeds(&self) -> usize {
        let mut last = BTreeMap::new();
        let is_deed = |mark: &&Mark| {
            let before = last.insert(mark.whom, mark.state);
            match mark.state {
                State::Frozen => true,
                State::Down => before != Some(State::Stopping),
                State::Stopping => mark.whom != Actor::Shift,
                State::Working | State::Waiting => false,
            }
        };
        self.marks.iter().filter(is_deed).count()
    }
}

/// What is written down while it happens; a copy writes to the same.
#[derive(Clone)]
pub struct Chronicle {
    start: Instant,
    record: Arc<Mutex<Record>>,
}

impl Chronicle {
    /// Nothing has happened yet.
    pub fn begin() -> Self {
        Self { start: Instant::now(), record: Arc::default() }
    }

    /// The time since the beginning.
    pub fn now(&self) -> Duration {
        self.start.elapsed()
    }

    /// Somebody has done something to an actor.
    pub fn note(&self, whom: Actor, state: State) {
        let mark = Mark { at: self.now(), whom, state };
        println!("{} {whom}: {}", Clock(mark.at), word(state));
        self.lock().marks.push(mark);
    }

    /// An actor was asked at a moment, and could do its work or not. What was done to it since counts for more.
    pub fn observe(&self, whom: Actor, works: bool, asked: Duration) {
        let state = if works { State::Working } else { State::Waiting };
        let mut record = self.lock();
        let before = record.marks.iter().rev().find(|mark| mark.whom == whom);
        let is_news = before.is_none_or(|before| {
            before.state != state && before.at <= asked && matches!(before.state, State::Working | State::Waiting)
        });
        if is_news {
            record.marks.push(Mark { at: asked, whom, state });
        }
    }

    /// The till in the browser said *paid*.
    pub fn sold(&self) {
        let at = self.now();
        self.lock().sales.push(at);
    }

    /// So many receipts were taken by a web tier since a moment.
    pub fn accepted(&self, since: Duration, count: u64) {
        let now = self.now();
        self.lock().accepted.add(since, now, count);
    }

    /// So many receipts were saved by a saver since a moment.
    pub fn saved(&self, since: Duration, count: u64) {
        let now = self.now();
        self.lock().saved.add(since, now, count);
    }

    /// A calm that began at a moment is over.
    pub fn calmed(&self, since: Duration) {
        let now = self.now();
        self.lock().calms.push((since, now));
    }

    /// Something is wrong.
    pub fn violated(&self, what: String) {
        let violation = Violation { at: self.now(), what };
        println!("{} VIOLATION: {}", Clock(violation.at), violation.what);
        self.lock().violations.push(violation);
    }

    /// Does something that panics where something is wrong; that is written down, and what is left goes on.
    pub async fn watch<T>(&self, what: &str, doing: impl Future<Output = T>) -> Option<T> {
        match AssertUnwindSafe(doing).catch_unwind().await {
            Ok(done) => Some(done),
            Err(panic) => {
                self.violated(format!("{what}: {}", words(&*panic)));
                None
            }
        }
    }

    /// Whether nothing is wrong so far.
    pub fn is_clean(&self) -> bool {
        self.lock().violations.is_empty()
    }

    /// Everything until now.
    pub fn record(&self) -> Record {
        Record { end: self.now(), ..self.lock().clone() }
    }

    fn lock(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const fn word(state: State) -> &'static str {
    match state {
        State::Working => "goes on",
        State::Waiting => "is started",
        State::Frozen => "stands still",
        State::Stopping => "is asked to stop",
        State::Down => "is down",
    }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_else(|| "it panicked".to_owned())
}

/// A time since the beginning as minutes and seconds: `3:05`.
pub struct Clock(pub Duration);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:02}", self.0.as_secs() / 60, self.0.as_secs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(chronicle: &Chronicle) -> Vec<State> {
        chronicle.record().marks.iter().map(|mark| mark.state).collect()
    }

    #[test]
    fn what_was_seen_before_a_kill_says_nothing_of_the_time_after() {
        let chronicle = Chronicle::begin();
        chronicle.observe(Actor::Kafka, true, chronicle.now());
        let asked = chronicle.now();
        chronicle.note(Actor::Kafka, State::Down);
        chronicle.observe(Actor::Kafka, true, asked);
        chronicle.observe(Actor::Kafka, false, chronicle.now());
        assert_eq!(states(&chronicle), [State::Working, State::Down]);
        chronicle.note(Actor::Kafka, State::Waiting);
        chronicle.observe(Actor::Kafka, true, asked);
        chronicle.observe(Actor::Kafka, true, chronicle.now());
        assert_eq!(states(&chronicle), [State::Working, State::Down, State::Waiting, State::Working]);
    }

    #[test]
    fn a_shift_that_ends_is_no_deed_and_one_that_is_killed_is() {
        let chronicle = Chronicle::begin();
        for state in [State::Working, State::Stopping, State::Down, State::Waiting, State::Down, State::Waiting] {
            chronicle.note(Actor::Shift, state);
        }
        assert_eq!(chronicle.record().deeds(), 1);
        for state in [State::Stopping, State::Waiting, State::Down] {
            chronicle.note(Actor::Kafka, state);
        }
        assert_eq!(chronicle.record().deeds(), 3);
    }

    #[tokio::test]
    async fn a_panic_is_a_violation_and_no_end() {
        let chronicle = Chronicle::begin();
        assert_eq!(chronicle.watch("well", async { 5 }).await, Some(5));
        assert!(chronicle.is_clean());
        assert_eq!(chronicle.watch("badly", async { assert_eq!(1, 2, "sums") }).await, None);
        let violations = chronicle.record().violations;
        assert!(
            violations.len() == 1 && violations[0].what.starts_with("badly: ") && violations[0].what.contains("sums")
        );
    }

    #[test]
    fn times_are_read_at_a_glance() {
        assert_eq!(Clock(Duration::from_millis(185_900)).to_string(), "3:05");
    }
}
