//! A process: it lives, stands still, or is dead. Whatever it asks of the world goes through its gate, so that a frozen one
//! does nothing and a dead one never does anything again.

use super::state::State;
use shared::mutant::Mutant;
use std::cell::Cell;
use std::future::Future;
use std::panic::{set_hook, take_hook};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once};
use tokio::task::{AbortHandle, JoinHandle};

thread_local! {
    /// How often something has panicked; a world lives on one thread.
    static PANICS: Cell<u32> = const { Cell::new(0) };
}

/// Counts what panics on this thread from here on, whoever has started it: processes start tasks of their own.
pub fn watch_for_panics() {
    static WATCHING: Once = Once::new();
    WATCHING.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            PANICS.set(PANICS.get() + 1);
            // What the deliberate bug does needs no trace.
            if !Mutant::PanicsAtRubbish.is_on() {
                usual(panic);
            }
        }));
    });
    PANICS.set(0);
}

/// How often something has panicked on this thread since it is watched.
pub fn panics() -> u32 {
    PANICS.get()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    Running,
    Frozen,
    Dead,
}

/// One process of the world.
pub struct Process {
    name: String,
    life: State<Life>,
    tasks: Mutex<Vec<AbortHandle>>,
    is_doomed: AtomicBool,
}

impl Process {
    pub fn new(name: String) -> Self {
        Self { name, life: State::new(Life::Running), tasks: Mutex::default(), is_doomed: AtomicBool::new(false) }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Passes while the process runs, waits while it stands still, and for ever once it is dead.
    pub async fn gate(&self) {
        if self.is_running() {
            return;
        }
        self.life.wait_for(|life| life == Life::Running).await;
    }

    /// Resolves once the process is dead.
    pub async fn death(&self) {
        self.life.wait_for(|life| life == Life::Dead).await;
    }

    pub fn is_dead(&self) -> bool {
        self.life.get() == Life::Dead
    }

    pub fn is_running(&self) -> bool {
        self.life.get() == Life::Running
    }

    pub fn freeze(&self) {
        self.turn(Life::Running, Life::Frozen);
    }

    pub fn thaw(&self) {
        self.turn(Life::Frozen, Life::Running);
    }

    fn turn(&self, from: Life, to: Life) {
        if self.life.get() == from {
            self.life.set(to);
        }
    }

    /// It is to die while its next documents are written.
    pub fn doom(&self) {
        self.is_doomed.store(true, Ordering::Relaxed);
    }

    pub fn is_doomed(&self) -> bool {
        self.is_doomed.load(Ordering::Relaxed)
    }

    /// Ends it as `kill -9` does: wherever its tasks are, they go no further.
    pub fn kill(&self) {
        self.life.set(Life::Dead);
        self.tasks.lock().unwrap().drain(..).for_each(|task| task.abort());
    }

    /// Starts a task that dies with the process.
    pub fn spawn<T: Send + 'static>(&self, task: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
        let handle = tokio::spawn(task);
        let mut tasks = self.tasks.lock().unwrap();
        tasks.retain(|task| !task.is_finished());
        tasks.push(handle.abort_handle());
        handle
    }
}
