//! Running a simulation: bots against this very process, and its document kept up to date.

use crate::bot::client::Target;
use crate::bot::driver::{self, BotError, Progress, Run};
use crate::bot::plan::Plan;
use crate::bot::report::Report;
use crate::model::simulation::{self, SimulationDocument};
use crate::model::update::{Change, update};
use crate::store::StoreError;
use crate::web::state::App;
use shared::api::simulations::Simulation;
use shared::ids::SimulationId;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often the document is renewed, and the wish to stop looked for.
const RENEWAL: Duration = Duration::from_secs(1);

/// How long noting the end may take: whoever stops waits for it.
const FAREWELL: Duration = Duration::from_secs(10);

/// Starts a simulation in the background.
pub fn start(app: &App, simulation: &Simulation) {
    let job = Job { app: app.clone(), id: simulation.id, stop: CancellationToken::new() };
    let plan = Plan::from(&simulation.plan);
    app.tasks.spawn(job.run(plan));
}

struct Job {
    app: App,
    id: SimulationId,
    stop: CancellationToken,
}

impl Job {
    async fn run(self, plan: Plan) {
        let (progress, seen) = watch::channel(Progress::default());
        let address = reachable(self.app.settings.own_address);
        let target = Target { base_url: format!("http://{address}"), token: self.app.own_token.clone() };
        let run = Run { plan, mint: self.app.mint.clone(), progress, stop: self.stop.clone() };
        let message = tokio::select! {
            result = driver::run(run, &target) => fault(result),
            () = self.keep_lease(&seen) => Some("Its lease could not be kept: the store did not answer.".to_owned()),
            () = self.app.stopping.cancelled() => Some("The server was stopped.".to_owned()),
        };
        let issued = seen.borrow().issued;
        let ended = tokio::time::timeout(FAREWELL, self.change(&|job| job.end(issued, message.clone()))).await;
        let error = match ended {
            Ok(Ok(_)) => return,
            Ok(Err(error)) => error.to_string(),
            Err(elapsed) => elapsed.to_string(),
        };
        tracing::error!(error, simulation = %self.id, "the end of a simulation could not be noted; its lease runs out");
    }

    /// Renews the lease as long as that can be done.
    async fn keep_lease(&self, seen: &watch::Receiver<Progress>) {
        let mut beat = tokio::time::interval(RENEWAL);
        let mut failures = 0;
        while failures < 10 {
            beat.tick().await;
            let (now, issued) = (self.app.mint.now(), seen.borrow().issued);
            match self.change(&|job| job.renew(now, issued)).await {
                Ok(stop) => {
                    failures = 0;
                    if stop {
                        self.stop.cancel();
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, simulation = %self.id, "a simulation's lease could not be renewed");
                    failures += 1;
                }
            }
        }
    }

    /// Changes the document and says whether somebody asked the simulation to stop.
    async fn change(&self, change: &(dyn Fn(&mut SimulationDocument) + Send + Sync)) -> Result<bool, StoreError> {
        update(&*self.app.store, &simulation::id(self.id), |found: Option<SimulationDocument>| {
            let Some(mut job) = found else { return Ok::<_, StoreError>(Change::Keep(true)) };
            change(&mut job);
            let stop = job.stop;
            Ok(Change::Write(job, stop))
        })
        .await
    }
}

/// What went wrong, if something did.
fn fault(result: Result<Report, BotError>) -> Option<String> {
    match result {
        Ok(report) if report.is_clean() => None,
        Ok(report) => Some(format!("The audit found faults. {}", report.faults.join(" "))),
        // Stopped before its first receipt is what was asked for.
        Err(BotError::Stopped) => None,
        Err(error) => Some(error.to_string()),
    }
}

/// Who listens on every address is reached on the loopback one.
fn reachable(listening: SocketAddr) -> SocketAddr {
    let ip = match listening.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listening.port())
}
