//! The till's page while it runs: it sells, and sends what it has sold by the real outbox. What it does between is what
//! `frontend/src/outbox/pump.rs` and `frontend/src/till/open.rs` do.

use super::super::facts::Wrong;
use super::super::page::{Heard, Page, watch};
use super::super::process::Process;
use super::super::world::World;
use super::{SeriesRecord, Till, doubts};
use axum::http::StatusCode;
use shared::api::receipts::{MAX_ASKED, Outcome};
use shared::mutant::Mutant;
use shared::outbox::{Answer, Next, Pace, Queue};
use shared::receipt::Receipt;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

/// How often to look for what is due to be sent again while nothing new comes.
const LOOK: Duration = Duration::from_secs(2);

/// A page that runs.
struct Running {
    world: Arc<World>,
    till: Arc<Till>,
    process: Arc<Process>,
    queue: Arc<Mutex<Queue>>,
    bell: Notify,
}

/// Opens the till's page: everything that it knows comes from the disk.
pub fn start(world: &Arc<World>, till: &Arc<Till>) {
    world.trace.note(&till.name, format_args!("opens"));
    let process = Arc::new(Process::new(till.name.clone()));
    *till.process.lock().unwrap() = Some(Arc::clone(&process));
    let running = Arc::new(Running {
        world: Arc::clone(world),
        till: Arc::clone(till),
        queue: Arc::new(Mutex::new(Queue::of_texts(&till.disk().texts()))),
        process: Arc::clone(&process),
        bell: Notify::new(),
    });
    drop(process.spawn(Arc::clone(&running).sell()));
    drop(process.spawn(Arc::clone(&running).pump()));
    *till.queue.lock().unwrap() = Arc::clone(&running.queue);
    let page = Page::new(format!("{}'s page", till.name), Some(till.store));
    world.add_page(&page);
    let world = Arc::clone(world);
    drop(process.spawn(async move { watch(world, page, |heard| running.hear(&heard)).await }));
}

impl Running {
    async fn sell(self: Arc<Self>) {
        while !self.world.is_calm() && !self.till.is_retired() {
            let Some(record) = self.series().await else { continue };
            let gap = if self.till.is_on_a_journey() { 12 } else { self.world.plan.sale_gap };
            sleep(self.world.chance.millis(gap / 3, gap * 5 / 3)).await;
            if !self.world.is_calm() {
                self.sell_one(&record).await;
            }
        }
    }

    /// Where the series ends, which the server has to open first.
    async fn series(&self) -> Option<SeriesRecord> {
        if let Some(record) = self.till.disk().series.clone() {
            return Some(record);
        }
        let (till, key) = (&self.till, self.till.public_key());
        let (store, register, takes_over) = (till.store, till.register, till.takes_over);
        let ends = till.known_ends(&self.world);
        match self.world.ask(move |tier| tier.enrol(store, register, key, takes_over)).await {
            Some(Ok(enrolled)) => {
                self.world.trace.note(&till.name, format_args!("has series {}", enrolled.series));
                self.world.enrolled(&enrolled, ends);
                till.disk().series = Some(SeriesRecord { series: enrolled.series, head: enrolled.head });
            }
            Some(Err(StatusCode::CONFLICT)) => till.retire(),
            _ => sleep(self.world.chance.millis(200, 1_500)).await,
        }
        None
    }

    async fn sell_one(&self, before: &SeriesRecord) {
        let is_refund = self.world.chance.one_in(self.world.plan.refunds) && !self.is_cut_off();
        let refund = if is_refund { self.till.give_back(&self.world, before).await } else { None };
        if self.world.is_calm() {
            return;
        }
        let wrong = if refund.is_some() { doubts(&self.world) } else { Wrong::default() };
        let receipt = refund.unwrap_or_else(|| self.till.serve(&self.world, before));
        self.world.facts().make(&receipt, wrong);
        sleep(self.world.chance.millis(0, 5)).await;
        let is_paid = self.till.disk().commit(before, &receipt);
        assert!(is_paid, "nobody else sells on this till");
        let (name, number, total) = (&self.till.name, receipt.body.number, receipt.body.total.minor());
        self.world
            .trace
            .note(name, format_args!("sells {} no. {number} {} for {total}", receipt.body.series, receipt.body.id));
        self.world.facts().issued.push(receipt.clone());
        sleep(self.world.chance.millis(0, 5)).await;
        self.queue.lock().unwrap().add(receipt);
        self.bell.notify_one();
    }

    async fn pump(self: Arc<Self>) {
        let mut pace = Pace::default();
        loop {
            match pace.after(self.send_due().await, self.world.chance.between(0, u32::MAX)) {
                Next::Send => {}
                // A time-out is no error: nothing new has come.
                Next::Rest => drop(timeout(LOOK, self.bell.notified()).await),
                Next::Wait(wait) => sleep(Duration::from_millis(wait.into())).await,
            }
        }
    }

    fn now(&self) -> i64 {
        self.world.wall.millis() + self.till.off
    }

    fn is_cut_off(&self) -> bool {
        self.till.is_offline() && !self.world.is_calm()
    }

    async fn ask_after(&self) {
        let doubtful = self.queue.lock().unwrap().doubtful(self.now(), MAX_ASKED);
        if !doubtful.is_empty()
            && let Some(Some(ids)) = self.world.ask(move |tier| tier.are_saved(doubtful.clone())).await
        {
            let gone = self.queue.lock().unwrap().let_go(&ids);
            self.forget(gone);
        }
    }

    async fn send_due(&self) -> Result<bool, u32> {
        if self.is_cut_off() {
            return Err(0);
        }
        self.ask_after().await;
        let batch: Vec<_> = self.queue.lock().unwrap().batch(self.now()).cloned().collect();
        if batch.is_empty() {
            return Ok(false);
        }
        let ids: Vec<_> = batch.iter().map(|sealed| sealed.body.id).collect();
        self.world.trace.note(&self.till.name, format_args!("posts {} receipts", ids.len()));
        let answer = self.world.ask(move |tier| tier.post_receipts(batch.clone())).await.unwrap_or(Answer::Unknown);
        if let Answer::Outcomes(outcomes) = &answer {
            let taken = outcomes.iter().filter_map(|outcome| match outcome {
                Outcome::Accepted { id, .. } => Some(*id),
                Outcome::Refused { .. } => None,
            });
            self.world.acknowledged(self.till.store, taken);
            if Mutant::ForgottenOnceAccepted.is_on() {
                let is_taken = |(_, outcome): &(_, &Outcome)| matches!(outcome, Outcome::Accepted { .. });
                let taken: Vec<_> = ids.iter().copied().zip(outcomes).filter(is_taken).map(|(id, _)| id).collect();
                let gone = self.queue.lock().unwrap().let_go(&taken);
                self.forget(gone);
            }
        }
        self.queue.lock().unwrap().answered(&ids, answer, self.now()).map(|()| true)
    }

    fn hear(self: &Arc<Self>, heard: &Heard<'_>) {
        match heard {
            Heard::Snapshot => {
                self.queue.lock().unwrap().forget_posts();
                self.bell.notify_one();
            }
            Heard::Notice(notice) => {
                let gone = self.queue.lock().unwrap().hear(notice);
                self.forget(gone);
            }
        }
    }

    /// Lets go of receipts on disk, in a moment, that it has let go of in memory.
    fn forget(&self, gone: Vec<Receipt>) {
        if gone.is_empty() {
            return;
        }
        for receipt in &gone {
            self.world.let_go(receipt);
        }
        let (till, wait) = (Arc::clone(&self.till), self.world.chance.millis(0, 5));
        drop(self.process.spawn(async move {
            sleep(wait).await;
            till.disk().let_go(&gone);
        }));
    }
}
