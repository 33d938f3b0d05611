//! A production system at work: services, roles, bots, a till, and managers who look on.

use super::actor::Actor;
use super::audit;
use super::chronicle::{Chronicle, State};
use super::plan::Storm;
use super::read;
use super::shift::{Shift, bots};
use super::stage::{self, Player};
use super::stock::Shelf;
use super::support::bots::{Bots, alerts_raised, assert_clean, issued};
use super::support::house::House;
use super::support::page::ManagersPage;
use super::till::{self, Till};
use super::victim::Victim;
use super::watcher::{Counted, Watcher};
use std::time::Duration;

/// How long bots may take to see their receipts saved, and to audit them.
pub const AUDIT: Duration = Duration::from_mins(4);

/// A web tier's counter.
const ACCEPTED: &str = "comptoir_receipts_accepted_total";

/// The world.
pub struct World {
    pub house: House,
    pub all_along: Bots,
    pub shift: Shift,
    pub till: Till,
    /// Open at each web tier since before anything happened.
    pub pages: Vec<ManagersPage>,
    /// What the till's store had before the till sold anything.
    pub shelf: Shelf,
    chronicle: Chronicle,
    tally: Tally,
    _watcher: Watcher,
}

/// What bots have done.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Receipts.
    pub issued: u64,
    /// Receipts that bots left behind that were killed.
    pub left: u64,
    /// Alerts.
    pub alerts: u64,
}

impl World {
    /// Starts everything, and waits until all of it is at work.
    pub async fn open(seed: u64, chronicle: &Chronicle) -> Self {
        let house = House::open("chaos", 2, 2).await;
        let watcher = watch(&house, chronicle);
        let mut pages = Vec::new();
        for web in &house.webs {
            pages.push(ManagersPage::keep_open(web).await);
        }
        let shelf = Shelf::of(&house.webs[0], till::PLACE.0).await;
        let plan = ["--stores", "1", "--registers", "2", "--sellers", "2", "--rate", "40"];
        let all_along = bots(&house.webs[0].url(), "chaos/all-along", &plan, seed);
        let till = Till::start(&house.webs[1].url(), seed, &house.logs, chronicle).await;
        for whom in [Actor::Bots, Actor::Till] {
            chronicle.note(whom, State::Waiting);
        }
        let chronicle = chronicle.clone();
        let (shift, tally) = (Shift::new(house.webs[1].url(), seed), Tally::default());
        let mut world = Self { house, all_along, shift, till, pages, shelf, chronicle, tally, _watcher: watcher };
        world.begin_shift().await;
        world.till.sells().await;
        world.house.webs[0].flows(ACCEPTED).await;
        world.chronicle.observe(Actor::Bots, true, world.chronicle.now());
        world
    }

    /// Lets a storm pass.
    pub async fn storm(&mut self, storm: &Storm) {
        let chronicle = self.chronicle.clone();
        stage::play(storm, self.players(), &chronicle).await;
    }

    /// Brings everyone back, and lets one shift of bots audit what it has sold and the next begin.
    pub async fn calm(&mut self) {
        let (chronicle, began) = (self.chronicle.clone(), self.chronicle.now());
        self.settle().await;
        let change = async {
            self.end_shift().await;
            self.begin_shift().await;
        };
        chronicle.watch("the shift's audit", change).await;
        chronicle.calmed(began);
    }

    /// Brings everyone back for good, and holds what there is against what everyone has done and seen.
    pub async fn close(mut self) -> Tally {
        let (chronicle, began) = (self.chronicle.clone(), self.chronicle.now());
        self.settle().await;
        chronicle.watch("the last shift's audit", self.end_shift()).await;
        let tally = Box::pin(audit::audit(self, &chronicle)).await;
        chronicle.calmed(began);
        tally
    }

    /// What the shifts have done so far.
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    async fn settle(&mut self) {
        let chronicle = self.chronicle.clone();
        stage::settle(self.players(), &chronicle).await;
        chronicle.watch("the shift sells", self.shift_sells()).await;
    }

    async fn end_shift(&mut self) {
        self.chronicle.note(Actor::Shift, State::Stopping);
        let result = self.shift.end(AUDIT).await.expect("somebody sells");
        self.chronicle.note(Actor::Shift, State::Down);
        self.tally.add(&result);
        assert_clean(&result);
    }

    async fn begin_shift(&mut self) {
        self.chronicle.note(Actor::Shift, State::Waiting);
        self.shift.begin();
        self.shift_sells().await;
    }

    async fn shift_sells(&self) {
        let (web, stores) = (&self.house.webs[1], self.shift.stores());
        web.until("the crew's receipts are saved", async || {
            let all = read::stores(web).await;
            let theirs = all.iter().find(|store| store.name.starts_with(&stores));
            match theirs {
                Some(store) => read::series(web, store.no).await.iter().any(|series| series.saved.count() > 0),
                None => false,
            }
        })
        .await;
        self.chronicle.observe(Actor::Shift, true, self.chronicle.now());
    }

    fn players(&mut self) -> Vec<Player<'_>> {
        let mut players = of_house(&mut self.house);
        players.push(player(Actor::Bots, &mut self.all_along));
        players.push(player(Actor::Till, &mut self.till));
        players.push(player(Actor::Shift, &mut self.shift));
        // Services first: nobody else is ready without them. The till and the bots last.
        players.sort_by_key(|player| player.whom);
        players
    }
}

/// Services and roles.
pub fn of_house(House { kafka, mongodb, webs, savers, .. }: &mut House) -> Vec<Player<'_>> {
    let mut players = vec![player(Actor::Kafka, kafka), player(Actor::Database, mongodb)];
    players.extend([Actor::FirstWeb, Actor::SecondWeb].into_iter().zip(webs).map(|(whom, web)| player(whom, web)));
    let savers = [Actor::FirstSaver, Actor::SecondSaver].into_iter().zip(savers);
    players.extend(savers.map(|(whom, saver)| player(whom, saver)));
    players
}

impl Tally {
    /// Takes the result of bots into it.
    pub fn add(&mut self, result: &serde_json::Value) {
        self.issued += issued(result);
        self.alerts += alerts_raised(result);
    }
}

fn player(whom: Actor, victim: &mut dyn Victim) -> Player<'_> {
    Player { whom, victim }
}

fn watch(house: &House, chronicle: &Chronicle) -> Watcher {
    let mut watcher = Watcher::new(chronicle);
    watcher.watch_address(Actor::Kafka, house.kafka.address());
    watcher.watch_address(Actor::Database, house.mongodb.address());
    for (whom, web) in [Actor::FirstWeb, Actor::SecondWeb].into_iter().zip(&house.webs) {
        watcher.watch_role(whom, web.url(), Counted::Accepted);
    }
    for (whom, saver) in [Actor::FirstSaver, Actor::SecondSaver].into_iter().zip(&house.savers) {
        watcher.watch_role(whom, saver.url(), Counted::Saved);
    }
    watcher
}
