//! Bots that sell by turns: a crew is followed by another in every calm, once it has audited what it has sold, and at once where
//! it was killed. What a crew had not sent yet when it was killed nobody has ever seen; what it had is audited at the end.

use super::support::bots::Bots;
use super::support::process;
use super::victim::Victim;
use async_trait::async_trait;
use serde_json::Value;
use std::time::Duration;

/// What each crew has and how fast it sells, in two stores of its own.
const PLAN: [&str; 8] = ["--stores", "2", "--registers", "2", "--sellers", "2", "--rate", "60"];

/// The crews.
pub struct Shift {
    web: String,
    seed: u64,
    crews: u64,
    crew: Option<Bots>,
}

impl Shift {
    /// Nobody sells yet at this web tier.
    pub const fn new(web: String, seed: u64) -> Self {
        Self { web, seed, crews: 0, crew: None }
    }

    /// Another crew begins; each draws other customers.
    pub fn begin(&mut self) {
        self.crews += 1;
        let logs = format!("chaos/shift-{}", self.crews);
        self.crew = Some(bots(&self.web, &logs, &PLAN, self.seed_of_crew()));
    }

    /// How the names of the crew's stores begin.
    pub fn stores(&self) -> String {
        format!("Simulation {} ", self.seed_of_crew())
    }

    const fn seed_of_crew(&self) -> u64 {
        self.seed.wrapping_add(self.crews)
    }

    /// The crew stops selling, sees everything saved and audits it; gives what it found.
    pub async fn end(&mut self, limit: Duration) -> Option<Value> {
        Some(self.crew.take()?.stop(limit).await)
    }
}

#[async_trait(?Send)]
impl Victim for Shift {
    async fn freeze(&mut self) {
        self.crew.iter().for_each(Bots::freeze);
    }

    async fn thaw(&mut self) {
        self.crew.iter().for_each(Bots::thaw);
    }

    async fn kill(&mut self) {
        // Dropping it is `kill -9`.
        self.crew = None;
    }

    async fn start(&mut self) {
        if self.crew.is_none() {
            self.begin();
        }
    }

    fn ended(&mut self) -> Option<String> {
        self.crew.as_mut()?.ended().map(|status| status.to_string())
    }

    async fn be_at_work(&mut self) {}
}

/// Bots that sell at a web tier until they are told to stop.
pub fn bots(web: &str, logs: &str, plan: &[&str], seed: u64) -> Bots {
    let seed = seed.to_string();
    // They would end by themselves after ten hours.
    let arguments = [plan, &["--for", "10h", "--seed", &seed]].concat();
    Bots::start(web, &arguments, &process::logs(logs))
}
