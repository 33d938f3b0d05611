//! A whole production system on this machine: Kafka, a database, web tiers and savers.

use super::bots::Bots;
use super::part::{Part, free_address};
use super::process;
use super::role::Role;
use std::path::PathBuf;
use std::time::Duration;

/// How long bots may take to see their receipts saved, and to audit them.
const AUDIT: Duration = Duration::from_mins(8);

/// The system, with logs and data in `target/<name>`.
pub struct House {
    pub kafka: Part,
    pub mongodb: Part,
    pub webs: Vec<Role>,
    pub savers: Vec<Role>,
    pub logs: PathBuf,
    settings: Vec<(&'static str, String)>,
}

impl House {
    /// Starts Kafka and the database, and so many of each role; all of them are ready.
    pub async fn open(name: &str, webs: usize, savers: usize) -> Self {
        let mut house = Self::without_roles(name).await;
        for _ in 0..webs {
            let web = house.web();
            house.webs.push(web);
        }
        for _ in 0..savers {
            let saver = house.saver();
            house.savers.push(saver);
        }
        for role in house.webs.iter().chain(&house.savers) {
            role.be_ready().await;
        }
        house
    }

    /// Starts Kafka and the database only.
    pub async fn without_roles(name: &str) -> Self {
        let logs = process::logs(&format!("faults/{name}"));
        let (kafka, mongodb) = (Part::start("kafka", &logs).await, Part::start("mongodb", &logs).await);
        let settings = vec![
            ("COMPTOIR_EVENTS", format!("kafka://{}/faults", kafka.address())),
            ("COMPTOIR_STORE", format!("mongodb://{}/faults", mongodb.address())),
            // The shortest that a broker allows: partitions of a saver that died come to another one soon.
            ("COMPTOIR_KAFKA_SESSION_TIMEOUT_MS", "6000".to_owned()),
            ("COMPTOIR_KAFKA_HEARTBEAT_INTERVAL_MS", "1000".to_owned()),
        ];
        Self { kafka, mongodb, webs: Vec::new(), savers: Vec::new(), logs, settings }
    }

    /// Where the log is, as the roles are told.
    pub fn events(&self) -> &str {
        &self.settings[0].1
    }

    /// Another web tier.
    pub fn web(&self) -> Role {
        let log = self.logs.join(format!("web-{}.log", self.webs.len() + 1));
        Role::start(&["web", "--demo"], free_address(), &self.settings, log)
    }

    /// Another saver.
    pub fn saver(&self) -> Role {
        let log = self.logs.join(format!("saver-{}.log", self.savers.len() + 1));
        Role::start(&["saver"], free_address(), &self.settings, log)
    }

    /// Bots that sell through the first web tier until they are told to stop.
    pub fn bots(&self, pace: &[&str]) -> Bots {
        let plan = ["--stores", "4", "--registers", "2", "--sellers", "2", "--for", "30m", "--seed", "5"];
        Bots::start(&self.webs[0].url(), &[&plan[..], pace].concat(), &self.logs)
    }

    /// Tells the bots to stop, and expects that their audit finds nothing wrong.
    pub async fn audit(&self, bots: Bots) {
        let result = bots.stop(AUDIT).await;
        for figure in ["lost", "duplicated", "gaps", "stock_errors", "alerts_missed"] {
            assert_eq!(result[figure], 0, "{figure} in {result}");
        }
        assert_eq!((&result["issued"], &result["issued"]), (&result["accepted"], &result["saved"]), "{result}");
        assert!(result["issued"].as_u64() > Some(0), "{result}");
    }
}
