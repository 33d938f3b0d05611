//! Whoever starts processes, and starts them again when they have died.

use super::saver::Saver;
use super::till;
use super::web::Web;
use super::world::World;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How long a saver that was asked to stop may take.
const GRACE: Duration = Duration::from_secs(6);

/// The crew.
pub struct Crew {
    pub world: Arc<World>,
    savers: Mutex<Vec<Saver>>,
    started: AtomicU32,
}

impl Crew {
    pub fn new(world: &Arc<World>) -> Arc<Self> {
        Arc::new(Self { world: Arc::clone(world), savers: Mutex::default(), started: AtomicU32::new(0) })
    }

    /// Starts everything that the plan wants.
    pub fn start(&self) {
        (0..self.world.plan.savers).for_each(|_| self.start_saver());
        (0..self.world.plan.webs).for_each(|_| self.start_web());
        for store in self.world.stores() {
            for register in self.world.registers() {
                self.open_till(store, register, false);
            }
        }
    }

    pub fn open_till(&self, store: shared::ids::StoreNo, register: shared::ids::RegisterNo, takes_over: bool) {
        let name = self.name(&format!("till-{store}-{register}"));
        let till = till::Till::new(&self.world, name, store, register, takes_over);
        self.world.add_till(&till);
        till::start(&self.world, &till);
    }

    fn name(&self, kind: &str) -> String {
        format!("{kind}-{}", self.started.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn savers(&self) -> MutexGuard<'_, Vec<Saver>> {
        self.savers.lock().unwrap()
    }

    fn start_saver(&self) {
        let saver = Saver::start(&self.world, self.name("saver"));
        self.savers().push(saver);
    }

    fn start_web(&self) {
        let web = Web::start(&self.world, self.name("web"));
        self.world.webs().push(web);
    }

    /// Ends a saver, a web tier or a till's page, and starts another one a while later.
    pub async fn crash(&self) {
        let wait = self.world.chance.millis(50, 3_000);
        match self.world.chance.between(1, 4) {
            1 | 2 => self.replace_saver(wait).await,
            3 => self.crash_web(wait).await,
            _ => self.crash_till(wait, false).await,
        }
    }

    async fn replace_saver(&self, wait: Duration) {
        let Some(saver) = self.take_saver() else { return };
        let is_asked = self.world.chance.one_in(3);
        let how = if is_asked { "is asked to stop" } else { "is killed" };
        self.world.trace.note(saver.process.name(), format_args!("{how}"));
        if is_asked {
            saver.stop.cancel();
            sleep(GRACE).await;
        }
        saver.process.kill();
        sleep(wait).await;
        self.start_saver();
    }

    /// Has a saver die while the store writes its documents, of which the rest stays as it was.
    pub async fn break_a_checkpoint_off(&self) {
        let Some(saver) = self.take_saver() else { return };
        saver.process.doom();
        // It may have nothing to write.
        let _ = timeout(GRACE, saver.process.death()).await;
        saver.process.kill();
        sleep(self.world.chance.millis(50, 3_000)).await;
        self.start_saver();
    }

    fn take_saver(&self) -> Option<Saver> {
        let mut savers = self.savers();
        let count = u32::try_from(savers.len()).unwrap();
        (count > 0).then(|| savers.remove(self.world.chance.between(0, count - 1) as usize))
    }

    async fn crash_web(&self, wait: Duration) {
        let Some(web) = self.world.some_web() else { return };
        self.world.trace.note(web.process.name(), format_args!("is killed"));
        web.process.kill();
        self.world.webs().retain(|web| !web.process.is_dead());
        sleep(wait).await;
        self.start_web();
    }

    /// Ends a till's page; with `goes_back` its disk is that of an earlier moment when it opens again.
    pub async fn crash_till(&self, wait: Duration, goes_back: bool) {
        let tills = self.world.tills();
        let Some(till) = self.world.chance.pick(&tills) else { return };
        let earlier = till.disk().clone();
        if goes_back {
            sleep(self.world.chance.millis(1_000, 6_000)).await;
        }
        self.world.trace.note(&till.name, format_args!("crashes"));
        till.crash();
        if goes_back {
            self.world.trace.note(&till.name, format_args!("is restored from a copy"));
            till.go_back(earlier);
        }
        sleep(wait).await;
        till.crash();
        till::start(&self.world, till);
    }

    /// Has a saver or a web tier stand still for a while.
    pub async fn freeze(&self) {
        let of_webs = self.world.some_web().map(|web| Arc::clone(&web.process));
        let of_savers: Vec<_> = self.savers().iter().map(|saver| Arc::clone(&saver.process)).collect();
        let saver = self.world.chance.pick(&of_savers).cloned();
        let Some(process) = (if self.world.chance.one_in(3) { of_webs } else { saver }) else { return };
        self.world.trace.note(process.name(), format_args!("stands still"));
        process.freeze();
        sleep(self.world.chance.millis(200, 8_000)).await;
        self.world.trace.note(process.name(), format_args!("goes on"));
        process.thaw();
    }
}
