//! All registers of a run at work, until everything they issued is saved.

use super::backoff::Backoff;
use super::floor::Floor;
use super::issue::{Bot, Terms};
use super::post::Poster;
use super::register::Register;
use super::{BotError, Phase, Run, setup};
use crate::bot::client::Client;
use crate::bot::generator::{Assortment, Till};
use jiff::tz::TimeZone;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long a run goes on without any counter moving before it gives up on what is not saved.
const STALL: Duration = Duration::from_mins(1);
/// How often counters are looked at.
const TICK: Duration = Duration::from_millis(200);

/// Sells, and resolves when everything is saved or nothing has moved for a minute.
pub async fn sell(run: &Run, client: &Client, floor: &Arc<Floor>, assortment: Arc<Assortment>) -> Result<(), BotError> {
    let abort = CancellationToken::new();
    let mut tasks = start(run, client, floor, &assortment, &abort)?;
    let (mut movement, mut moved) = (floor.tally.movement(), Instant::now());
    loop {
        tokio::select! {
            joined = tasks.join_next() => match joined {
                Some(outcome) => outcome.map_err(BotError::from).flatten()?,
                None => return Ok(()),
            },
            () = tokio::time::sleep(TICK) => {}
        }
        let selling = floor.registers().any(|register| !register.is_closed());
        run.tell(if selling { Phase::Selling } else { Phase::Draining }, &floor.tally);
        let latest = floor.tally.movement();
        if std::mem::replace(&mut movement, latest) != latest {
            moved = Instant::now();
        } else if moved.elapsed() > STALL && !abort.is_cancelled() {
            floor.tally.fault(format!("nothing moved for {} s: gave up waiting", STALL.as_secs()));
            run.stop.cancel();
            abort.cancel();
        }
    }
}

fn start(
    run: &Run,
    client: &Client,
    floor: &Arc<Floor>,
    assortment: &Arc<Assortment>,
    abort: &CancellationToken,
) -> Result<JoinSet<Result<(), BotError>>, BotError> {
    let terms = Terms {
        plan: run.plan,
        start: Instant::now(),
        start_millis: run.mint.now().as_millisecond(),
        zone: TimeZone::get(setup::ZONE)?,
    };
    let mut tasks = JoinSet::new();
    for register in floor.registers() {
        let bot = bot(run, register, assortment, &terms);
        let poster = Poster {
            register: Arc::clone(register),
            client: client.clone(),
            tally: Arc::clone(&floor.tally),
            backoff: Backoff::new(run.mint.random()),
            abort: abort.clone(),
        };
        tasks.spawn(async { bot.sell().await.map_err(BotError::from) });
        tasks.spawn(async { poster.post_all().await.map_err(BotError::from) });
    }
    Ok(tasks)
}

fn bot(run: &Run, register: &Arc<Register>, assortment: &Arc<Assortment>, terms: &Terms) -> Bot {
    let sellers = setup::sellers(&run.plan).collect();
    let till = Till::new(run.plan.seed, register.place, Arc::clone(assortment), sellers, run.plan.rhythm());
    Bot { register: Arc::clone(register), till, terms: terms.clone(), mint: run.mint.clone(), stop: run.stop.clone() }
}
