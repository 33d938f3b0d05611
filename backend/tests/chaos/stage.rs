//! Lets happen what the plan says, to all actors at once.

use super::actor::Actor;
use super::chronicle::{Chronicle, State};
use super::plan::{Act, Deed, Storm};
use super::victim::Victim;
use futures_util::future::join_all;
use tokio::time::{Instant, sleep, sleep_until};

/// An actor with whoever plays it.
pub struct Player<'a> {
    /// Who.
    pub whom: Actor,
    /// Its processes.
    pub victim: &'a mut dyn Victim,
}

/// Plays a storm to its end.
pub async fn play(storm: &Storm, players: Vec<Player<'_>>, chronicle: &Chronicle) {
    let start = Instant::now();
    join_all(players.into_iter().map(|player| async move {
        let what = format!("what is done to {}", player.whom);
        chronicle.watch(&what, player.play(storm, start, chronicle)).await;
    }))
    .await;
}

/// Brings everyone back, and waits until they are at work.
pub async fn settle(players: Vec<Player<'_>>, chronicle: &Chronicle) {
    for Player { whom, victim } in players {
        let back = async {
            must_run(whom, victim);
            victim.start().await;
            victim.be_at_work().await;
        };
        chronicle.watch(&format!("{whom} comes back"), back).await;
    }
}

impl Player<'_> {
    async fn play(self, storm: &Storm, start: Instant, chronicle: &Chronicle) {
        for act in storm.of(self.whom) {
            sleep_until(start + act.at).await;
            must_run(self.whom, self.victim);
            perform(act, self.victim, chronicle).await;
        }
    }
}

/// Expects that whoever runs ends by our hand only.
pub fn must_run(whom: Actor, victim: &mut dyn Victim) {
    let ended = victim.ended();
    assert!(ended.is_none(), "{whom} ended by itself ({})", ended.unwrap_or_default());
}

async fn perform(Act { whom, deed, pause, .. }: Act, victim: &mut dyn Victim, chronicle: &Chronicle) {
    match deed {
        Deed::Kill => {
            chronicle.note(whom, State::Down);
            victim.kill().await;
            sleep(pause).await;
            chronicle.note(whom, State::Waiting);
            victim.start().await;
        }
        Deed::Freeze => {
            chronicle.note(whom, State::Frozen);
            victim.freeze().await;
            sleep(pause).await;
            victim.thaw().await;
            // Who is asked says it otherwise, if it is otherwise.
            chronicle.note(whom, State::Working);
        }
        Deed::Restart => {
            chronicle.note(whom, State::Stopping);
            victim.restart(pause).await;
            chronicle.note(whom, State::Waiting);
        }
    }
}
