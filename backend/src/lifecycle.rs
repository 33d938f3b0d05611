//! Starting and stopping: one token asks politely, another insists, and a tracker knows who is still at work.

use std::io;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long requests, sockets and savers have to finish: well under the 30 s that container engines wait before they
/// kill.
const GRACE: Duration = Duration::from_secs(20);

/// The life of a process.
#[derive(Debug, Clone, Default)]
pub struct Lifecycle {
    /// Asks everyone to finish what they have begun.
    pub soft: CancellationToken,
    /// Tells everyone to let go of what they have.
    pub hard: CancellationToken,
    /// Who is at work.
    pub tasks: TaskTracker,
}

impl Lifecycle {
    /// Turns SIGTERM and SIGINT into a soft stop, and a second one, or [`GRACE`] without an end, into a hard one.
    pub fn watch_signals(&self) -> io::Result<()> {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let life = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
                () = life.soft.cancelled() => {}
            }
            tracing::info!("stopping; a second signal stops at once");
            life.soft.cancel();
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
                () = tokio::time::sleep(GRACE) => tracing::warn!("not everything ended in time"),
            }
            life.hard.cancel();
        });
        Ok(())
    }

    /// Asks everyone to finish, and waits until they have. `false` where somebody had to be cut off.
    pub async fn end(&self) -> bool {
        self.soft.cancel();
        self.finished().await
    }

    /// Waits until everyone has finished, or until a hard stop. `false` where somebody had to be cut off.
    async fn finished(&self) -> bool {
        self.tasks.close();
        tokio::select! {
            () = self.tasks.wait() => true,
            () = self.hard.cancelled() => false,
        }
    }
}
