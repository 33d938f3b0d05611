//! One call over a network: how long it takes, and what becomes of it.

use super::chance::Chance;
use super::plan::Faults;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

/// How much of a list is done before the call breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    Whole,
    /// So many of its parts, taken modulo their number.
    After(u32),
}

impl Cut {
    /// How many of so many parts are done, from the first on.
    pub fn of(self, count: usize) -> usize {
        match self {
            Self::Whole => count,
            Self::After(parts) => parts as usize % (count + 1),
        }
    }

    /// Which of so many parts are done where they are done in no order.
    pub fn any_of(self, count: usize) -> impl Iterator<Item = usize> {
        let first = if let Self::After(parts) = self { parts as usize / 7 } else { 0 };
        (0..self.of(count)).map(move |place| (place + first) % count)
    }
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Done,
    Refused,
    Unheard,
    Late,
    Partial(u32),
}

/// A call that is about to be made.
pub struct Call {
    fate: Fate,
    there: Duration,
    back: Duration,
    /// By how much it comes after it was given up.
    late: Duration,
    /// How much of it is done where whoever asked dies meanwhile: the line goes with them.
    orphaned: Cut,
}

impl Call {
    /// A call that goes wrong as often as `faults` say.
    pub fn draw(chance: &Chance, faults: Faults) -> Self {
        let fate = if chance.one_in(faults.refused) {
            Fate::Refused
        } else if chance.one_in(faults.unheard) {
            Fate::Unheard
        } else if chance.one_in(faults.late) {
            Fate::Late
        } else if chance.one_in(faults.partial) {
            Fate::Partial(chance.between(0, 1_000))
        } else {
            Fate::Done
        };
        let orphaned = if chance.one_in(2) { Cut::After(chance.between(0, 1_000)) } else { Cut::Whole };
        let (there, back, late) = (chance.millis(0, 6), chance.millis(0, 6), chance.millis(20, 3_000));
        Self { fate, there, back, late, orphaned }
    }

    /// One that is not taken, after a while.
    pub fn refused_after(wait: Duration) -> Self {
        Self { fate: Fate::Refused, there: wait, back: Duration::ZERO, late: Duration::ZERO, orphaned: Cut::Whole }
    }

    /// Has the effect carried out, as far as it is, and gives its answer if there is one. It does not wait for whoever
    /// asked: once on its way it happens, even if they are gone.
    pub async fn carry<T: Send + 'static>(self, effect: impl FnOnce(Cut) -> T + Send + 'static) -> Option<T> {
        let Self { fate, there, back, late, orphaned } = self;
        if fate == Fate::Refused {
            sleep(there).await;
            return None;
        }
        let cut = if let Fate::Partial(parts) = fate { Cut::After(parts) } else { Cut::Whole };
        let arrival = if fate == Fate::Late { there + late } else { there };
        let (answer, answered) = oneshot::channel();
        tokio::spawn(async move {
            sleep(arrival).await;
            let is_orphaned = answer.is_closed() && fate == Fate::Done;
            // Nobody waits for the answer where whoever asked has died.
            let _ = answer.send(effect(if is_orphaned { orphaned } else { cut }));
        });
        if fate == Fate::Late {
            sleep(there).await;
            return None;
        }
        let outcome = answered.await.ok();
        sleep(back).await;
        outcome.filter(|_| fate == Fate::Done)
    }
}
