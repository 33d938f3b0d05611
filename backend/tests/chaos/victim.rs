//! What can be done to each kind of actor.

use super::support::bots::Bots;
use super::support::part::Part;
use super::support::role::Role;
use super::till::Till;
use async_trait::async_trait;
use std::time::Duration;

/// How long a role may take to stop once it was asked to: after twenty seconds it lets go of everything by itself, and after
/// thirty whoever asked it kills it, as container engines do.
const STOP: Duration = Duration::from_secs(30);

/// Whoever something can be done to. Everything panics where it does not come about within its time.
#[async_trait(?Send)]
pub trait Victim {
    /// `SIGSTOP`.
    async fn freeze(&mut self);

    /// `SIGCONT`.
    async fn thaw(&mut self);

    /// `kill -9`.
    async fn kill(&mut self) {
        unreachable!("the plan kills nobody who cannot bear it");
    }

    /// Starts it again, where it does not run; it need not be ready.
    async fn start(&mut self) {}

    /// Asks it to stop, and starts it again after a while.
    async fn restart(&mut self, _pause: Duration) {
        unreachable!("the plan stops nobody who cannot bear it");
    }

    /// How it ended without anybody having ended it.
    fn ended(&mut self) -> Option<String> {
        None
    }

    /// Waits until it does its work.
    async fn be_at_work(&mut self);
}

#[async_trait(?Send)]
impl Victim for Role {
    async fn freeze(&mut self) {
        self.process().freeze();
    }

    async fn thaw(&mut self) {
        self.process().thaw();
    }

    async fn kill(&mut self) {
        Self::kill(self);
    }

    async fn start(&mut self) {
        if !self.is_employed() {
            self.start_again();
        }
    }

    async fn restart(&mut self, pause: Duration) {
        let status = self.terminate(STOP).await;
        assert!(status.success(), "it was asked to stop and cut something off, or failed ({status})");
        tokio::time::sleep(pause).await;
        self.start_again();
    }

    fn ended(&mut self) -> Option<String> {
        Self::ended(self).map(|status| status.to_string())
    }

    async fn be_at_work(&mut self) {
        self.be_ready().await;
    }
}

#[async_trait(?Send)]
impl Victim for Part {
    async fn freeze(&mut self) {
        Self::freeze(self);
    }

    async fn thaw(&mut self) {
        Self::thaw(self);
    }

    async fn kill(&mut self) {
        Self::kill(self);
    }

    async fn start(&mut self) {
        if !self.is_employed() {
            self.start_again().await;
        }
    }

    async fn restart(&mut self, pause: Duration) {
        self.stop().await;
        tokio::time::sleep(pause).await;
        self.start_again().await;
    }

    fn ended(&mut self) -> Option<String> {
        Self::ended(self).map(|status| status.to_string())
    }

    /// It listens since it was started; whether it answers the roles tell.
    async fn be_at_work(&mut self) {}
}

#[async_trait(?Send)]
impl Victim for Bots {
    async fn freeze(&mut self) {
        Self::freeze(self);
    }

    async fn thaw(&mut self) {
        Self::thaw(self);
    }

    async fn be_at_work(&mut self) {
        self.are_at_work();
    }
}

#[async_trait(?Send)]
impl Victim for Till {
    async fn freeze(&mut self) {
        self.order("freeze").await;
    }

    async fn thaw(&mut self) {
        self.order("thaw").await;
    }

    async fn kill(&mut self) {
        self.order("kill").await;
    }

    async fn start(&mut self) {
        self.order("start").await;
    }

    /// Loads the page anew.
    async fn restart(&mut self, _pause: Duration) {
        self.order("reload").await;
    }

    async fn be_at_work(&mut self) {
        self.sells().await;
    }
}
