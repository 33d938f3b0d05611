//! A process: it lives, stands still, or is dead. Whatever it asks of the world goes through its gate, so that a frozen one
//! does nothing and a dead one never does anything again.

use super::state::State;
use futures_util::FutureExt;
use std::cell::Cell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::task::{AbortHandle, JoinHandle};

thread_local! {
    /// How many tasks have panicked; a world lives on one thread.
    static PANICS: Cell<u32> = const { Cell::new(0) };
}

/// How many tasks have panicked on this thread since the last time.
pub fn panics() -> u32 {
    PANICS.take()
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
        let task = AssertUnwindSafe(task).catch_unwind();
        let handle = tokio::spawn(async move {
            task.await.unwrap_or_else(|panic| {
                PANICS.set(PANICS.get() + 1);
                resume_unwind(panic)
            })
        });
        let mut tasks = self.tasks.lock().unwrap();
        tasks.retain(|task| !task.is_finished());
        tasks.push(handle.abort_handle());
        handle
    }
}
