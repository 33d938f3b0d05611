//! What happens to whom, and when: decided by one seed before anything runs. Pure.
//!
//! Every pair of an actor and a deed is in a bag, which is filled again once nothing in it can happen, so that everything
//! happens to everyone within minutes, in an order that nobody has thought of.

use super::actor::Actor;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

/// How long a storm lasts. What is left of its minute is about what the calm after it takes.
pub const STORM: Duration = Duration::from_secs(40);

/// Milliseconds from one act to the next: several are under way at once.
const GAP: RangeInclusive<u64> = 400..=3_000;

/// What is done to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// `kill -9`, and started again after the pause.
    Kill,
    /// Stands still (`SIGSTOP`) during the pause, and goes on (`SIGCONT`).
    Freeze,
    /// Asked to stop (`SIGTERM`), waited for, and started again after the pause. A till loads its page anew.
    Restart,
}

impl Deed {
    /// How long the pause may be, in milliseconds. A saver that stands still for more than six seconds loses its
    /// partitions to the other, and goes on as a zombie.
    const fn pause(self) -> RangeInclusive<u64> {
        match self {
            Self::Kill => 300..=3_000,
            Self::Freeze => 500..=9_000,
            Self::Restart => 0..=1_000,
        }
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kill => "killed",
            Self::Freeze => "frozen",
            Self::Restart => "asked to stop",
        })
    }
}

/// Who suffers what. Bots keep in memory what is not acknowledged yet, as no till does, and cannot audit what they have sold
/// once they were killed: those that sell all along only stand still, and their audit is of everything.
const REPERTOIRE: [(Actor, &[Deed]); 9] = [
    (Actor::Kafka, &[Deed::Kill, Deed::Freeze, Deed::Restart]),
    (Actor::Database, &[Deed::Kill, Deed::Freeze, Deed::Restart]),
    (Actor::FirstWeb, &[Deed::Kill, Deed::Freeze, Deed::Restart]),
    (Actor::SecondWeb, &[Deed::Kill, Deed::Freeze, Deed::Restart]),
    (Actor::FirstSaver, &[Deed::Kill, Deed::Freeze, Deed::Restart]),
    (Actor::SecondSaver, &[Deed::Kill, Deed::Freeze, Deed::Restart]),
    (Actor::Bots, &[Deed::Freeze]),
    (Actor::Shift, &[Deed::Kill, Deed::Freeze]),
    (Actor::Till, &[Deed::Kill, Deed::Freeze, Deed::Restart]),
];

/// For how long somebody is left alone after a deed: longer than it takes them to work again. While Kafka is away nothing
/// moves, and where nothing moves nothing can go wrong.
const fn recovery(actor: Actor) -> Duration {
    Duration::from_secs(match actor {
        Actor::Kafka => 30,
        Actor::Database => 8,
        Actor::FirstWeb | Actor::SecondWeb | Actor::FirstSaver | Actor::SecondSaver => 3,
        Actor::Bots | Actor::Shift => 1,
        Actor::Till => 5,
    })
}

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// When, from the beginning of the storm.
    pub at: Duration,
    /// To whom.
    pub whom: Actor,
    /// What.
    pub deed: Deed,
    /// For how long.
    pub pause: Duration,
}

impl Act {
    /// When it is over, and whoever suffered it begins to recover.
    pub fn end(&self) -> Duration {
        self.at + self.pause
    }
}

/// What happens until the world is given time to come back, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storm(Vec<Act>);

impl Storm {
    /// All of it.
    pub fn acts(&self) -> &[Act] {
        &self.0
    }

    /// What happens to one actor.
    pub fn of(&self, whom: Actor) -> impl Iterator<Item = Act> {
        self.0.iter().copied().filter(move |act| act.whom == whom)
    }
}

/// One storm after the other, without end.
pub struct Plan {
    random: ChaCha8Rng,
    bag: Vec<(Actor, Deed)>,
}

impl Plan {
    /// The plan of a seed.
    pub fn of(seed: u64) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(seed), bag: Vec::new() }
    }

    fn between(&mut self, millis: RangeInclusive<u64>) -> Duration {
        Duration::from_millis(self.random.random_range(millis))
    }

    /// Takes what comes next out of the bag, of what can be done to those who are not busy.
    fn draw(&mut self, is_free: impl Fn(Actor) -> bool) -> Option<(Actor, Deed)> {
        let next = |bag: &[(Actor, Deed)]| bag.iter().position(|(whom, _)| is_free(*whom));
        let place = next(&self.bag).or_else(|| {
            self.fill();
            next(&self.bag)
        })?;
        Some(self.bag.remove(place))
    }

    /// Puts back what was taken out, behind what has waited longer.
    fn fill(&mut self) {
        let all = REPERTOIRE.iter().flat_map(|(whom, deeds)| deeds.iter().map(|deed| (*whom, *deed)));
        let mut taken: Vec<_> = all.filter(|pair| !self.bag.contains(pair)).collect();
        taken.shuffle(&mut self.random);
        self.bag.append(&mut taken);
    }
}

impl Iterator for Plan {
    type Item = Storm;

    fn next(&mut self) -> Option<Storm> {
        let (mut acts, mut busy, mut at) = (Vec::new(), BTreeMap::new(), Duration::ZERO);
        loop {
            at += self.between(GAP);
            if at >= STORM {
                return Some(Storm(acts));
            }
            let is_free = |whom| busy.get(&whom).is_none_or(|until| *until <= at);
            let Some((whom, deed)) = self.draw(is_free) else { continue };
            let act = Act { at, whom, deed, pause: self.between(deed.pause()).min(STORM.saturating_sub(at)) };
            busy.insert(whom, act.end() + recovery(whom));
            acts.push(act);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn storms(seed: u64) -> Vec<Storm> {
        Plan::of(seed).take(5).collect()
    }

    fn every_storm(holds: impl Fn(&Storm) -> bool) {
        for seed in 0..300 {
            assert!(storms(seed).iter().all(&holds), "seed {seed}: {:?}", storms(seed));
        }
    }

    #[test]
    fn a_seed_is_a_plan() {
        assert_eq!(storms(7), storms(7));
        assert_ne!(storms(7), storms(8));
    }

    #[test]
    fn what_is_done_is_undone_before_the_calm() {
        every_storm(|storm| storm.acts().iter().all(|act| act.end() <= STORM));
    }

    #[test]
    fn whoever_suffers_something_recovers_before_the_next() {
        let recovers = |pair: &[Act]| pair[0].end() + recovery(pair[0].whom) <= pair[1].at;
        every_storm(|storm| Actor::ALL.iter().all(|whom| storm.of(*whom).collect::<Vec<_>>().windows(2).all(recovers)));
    }

    #[test]
    fn things_happen_at_the_same_time() {
        let overlap = |pair: &[Act]| pair[1].at < pair[0].end();
        every_storm(|storm| storm.acts().windows(2).filter(|pair| overlap(pair)).count() >= 2);
    }

    #[test]
    fn everything_happens_to_everyone_within_five_storms() {
        let all: BTreeSet<_> =
            REPERTOIRE.iter().flat_map(|(whom, deeds)| deeds.iter().map(|deed| (*whom, *deed))).collect();
        assert_eq!(all.iter().map(|(whom, _)| *whom).collect::<BTreeSet<_>>(), Actor::ALL.into());
        for seed in 0..300 {
            let storms = storms(seed);
            let done = storms.iter().flat_map(Storm::acts).map(|act| (act.whom, act.deed)).collect();
            assert_eq!(all, done, "seed {seed}");
        }
    }
}
