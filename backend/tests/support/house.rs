//! A whole production system on this machine: Kafka, a database, web tiers and savers.

use super::bots::{Bots, alerts_raised, assert_clean};
use super::page::ManagersPage;
use super::part::{Part, free_address};
use super::process;
use super::role::Role;
use super::wire::Wire;
use rdkafka::ClientConfig;
use rdkafka::config::FromClientConfig;
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

/// Bots that sell, and a manager who looks on from before anything goes wrong.
pub struct Trade {
    bots: Bots,
    manager: ManagersPage,
}

impl Trade {
    /// Fails the test if the bots have given up.
    pub fn is_on(&mut self) {
        self.bots.are_at_work();
    }
}

impl House {
    /// Starts Kafka and the database, and so many of each role; all of them are ready.
    pub async fn open(name: &str, webs: usize, savers: usize) -> Self {
        let mut house = Self::without_roles(name).await;
        house.employ(webs, savers).await;
        house
    }

    /// As [`House::open`], with a database whose pauses are short.
    pub async fn without_long_pauses(name: &str, webs: usize, savers: usize) -> Self {
        let logs = process::logs(name);
        let kafka = Part::start("kafka", &logs).await;
        let mut mongodb = Part::prepare("mongodb", free_address(), &logs, &["--short-pauses"]);
        mongodb.start_again().await;
        let servers = kafka.address().to_string();
        let mut house = Self::of(kafka, &servers, mongodb, logs);
        house.employ(webs, savers).await;
        house
    }

    /// Starts so many of each role; all of them are ready.
    pub async fn employ(&mut self, webs: usize, savers: usize) {
        for _ in 0..webs {
            let web = self.web();
            self.webs.push(web);
        }
        for _ in 0..savers {
            let saver = self.saver();
            self.savers.push(saver);
        }
        for role in self.webs.iter().chain(&self.savers) {
            role.be_ready().await;
        }
    }

    /// Puts a wire between the database and the roles that start from here on.
    pub async fn wire(&mut self) -> Wire {
        let wire = Wire::to(self.mongodb.address()).await;
        self.tell("COMPTOIR_STORE", format!("mongodb://{}/faults", wire.address()));
        wire
    }

    /// Starts Kafka and the database only.
    pub async fn without_roles(name: &str) -> Self {
        let logs = process::logs(name);
        let kafka = Part::start("kafka", &logs).await;
        let servers = kafka.address().to_string();
        Self::on(kafka, &servers, logs).await
    }

    /// Starts a database beside a Kafka that roles reach at these servers.
    pub async fn on(kafka: Part, servers: &str, logs: PathBuf) -> Self {
        let mongodb = Part::start("mongodb", &logs).await;
        Self::of(kafka, servers, mongodb, logs)
    }

    fn of(kafka: Part, servers: &str, mongodb: Part, logs: PathBuf) -> Self {
        let settings = vec![
            ("COMPTOIR_EVENTS", format!("kafka://{servers}/faults")),
            ("COMPTOIR_STORE", format!("mongodb://{}/faults", mongodb.address())),
            // The shortest that a broker allows: partitions of a saver that died come to another one soon.
            ("COMPTOIR_KAFKA_SESSION_TIMEOUT_MS", "6000".to_owned()),
            ("COMPTOIR_KAFKA_HEARTBEAT_INTERVAL_MS", "1000".to_owned()),
        ];
        Self { kafka, mongodb, webs: Vec::new(), savers: Vec::new(), logs, settings }
    }

    /// Gives the roles that start from here on another database on the same server.
    pub fn keep_in(&mut self, database: &str) {
        self.tell("COMPTOIR_STORE", format!("mongodb://{}/{database}", self.mongodb.address()));
    }

    /// Gives the roles that start from here on the database of another house.
    pub fn keep_at(&mut self, other: &Self) {
        self.tell("COMPTOIR_STORE", other.told("COMPTOIR_STORE"));
    }

    /// Tells the roles that start from here on something more, or something else.
    pub fn tell(&mut self, name: &'static str, value: impl Into<String>) {
        self.settings.retain(|(told, _)| *told != name);
        self.settings.push((name, value.into()));
    }

    /// What the roles that start from here on are told.
    pub fn told(&self, name: &str) -> String {
        let told = self.settings.iter().find(|(told, _)| *told == name);
        told.map(|(_, value)| value.clone()).expect("it is told")
    }

    /// A client of its Kafka.
    pub fn kafka_client<T: FromClientConfig>(&self) -> T {
        self.kafka_config().create().expect("a client can be made")
    }

    /// What a client of its Kafka has to be told.
    pub fn kafka_config(&self) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", self.kafka.address().to_string());
        config
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

    /// Bots that sell through the first web tier until they are told to stop, while a manager looks on through the last one.
    pub async fn trade(&self, pace: &[&str]) -> Trade {
        let manager = ManagersPage::open(self.webs.last().expect("there is a web tier")).await;
        let plan = ["--stores", "4", "--registers", "2", "--sellers", "2", "--for", "30m", "--seed", "5"];
        Trade { bots: Bots::start(&self.webs[0].url(), &[&plan[..], pace].concat(), &self.logs), manager }
    }

    /// Tells the bots to stop once they have raised an alert, and expects that their audit finds nothing wrong, and that
    /// the manager was told of everything. Nobody else sells here, so that every alert is theirs.
    pub async fn audit(&self, Trade { bots, manager }: Trade) {
        let web = &self.webs[0];
        let alerts = async || web.get("alerts?limit=1").await["items"].as_array().map_or(0, Vec::len);
        web.until("an alert is raised", async || alerts().await > 0).await;
        let result = bots.stop(AUDIT).await;
        assert_clean(&result);
        assert!(alerts_raised(&result) > 0, "{result}");
        let fresh = ManagersPage::open(web).await;
        let is_told = "the page that was open all along shows what one does that was opened just now";
        web.until(is_told, async || manager.agrees_with(&fresh)).await;
    }
}
