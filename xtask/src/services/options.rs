//! The options of `cargo xtask services`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::kind::Kind;

/// Which services, of which folder.
#[derive(Args)]
pub struct Chosen {
    /// Only this one; both where none is named.
    #[arg(value_name = "SERVICE")]
    services: Vec<Kind>,
    /// Where data, log and pid are kept; another folder is another instance, and never Docker's [default:
    /// target/services].
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

impl Chosen {
    /// The services that are meant, each once.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        let meant = |kind: &Kind| self.services.is_empty() || self.services.contains(kind);
        Kind::value_variants().iter().copied().filter(meant)
    }
}

/// What to start.
#[derive(Args)]
pub struct Up {
    #[command(flatten)]
    pub chosen: Chosen,
    /// The port of Kafka [default: 9092].
    #[arg(long, value_name = "PORT")]
    kafka_port: Option<u16>,
    /// The port of the database [default: 27017].
    #[arg(long, value_name = "PORT")]
    mongodb_port: Option<u16>,
    /// Drop the data first.
    #[arg(long)]
    pub fresh: bool,
    #[command(flatten)]
    pub database: Database,
}

impl Up {
    /// Both in a folder of their own, without what was there before, the database in memory.
    pub fn for_tests(folder: PathBuf, kafka_port: u16, mongodb_port: u16) -> Self {
        let chosen = Chosen { services: Vec::new(), folder: Some(folder) };
        let database = Database { memory: true, short_pauses: false };
        Self { chosen, kafka_port: Some(kafka_port), mongodb_port: Some(mongodb_port), fresh: true, database }
    }

    /// The port that was asked for, if any was.
    pub fn port(&self, kind: Kind) -> Option<u16> {
        match kind {
            Kind::Kafka => self.kafka_port,
            Kind::Mongodb => self.mongodb_port,
        }
    }
}

/// One service by itself.
#[derive(Args)]
pub struct Single {
    #[arg(value_name = "SERVICE")]
    pub service: Kind,
    /// The port that it is to listen on; the service's usual one where none is given.
    #[arg(long)]
    port: Option<u16>,
    /// Where data and log are kept [default: target/services].
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub node: Node,
}

/// How the database is run.
#[derive(Args, Debug, Clone, Copy, Default)]
pub struct Database {
    /// Keep the database in memory rather than in a file: quicker, and gone when it stops.
    #[arg(long)]
    pub memory: bool,
    /// Let the database collect what it no longer needs in short steps, which takes throughput: for measuring how late things come.
    #[arg(long)]
    pub short_pauses: bool,
}

/// What is special about one node of Kafka; the usual one is a cluster by itself and lets everybody in.
#[derive(Args, Default)]
pub struct Node {
    /// A file of Kafka's own settings, which go before the usual ones.
    #[arg(long = "kafka-settings", value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// The id that all nodes of a cluster share: 16 bytes in base64 [default: a new one].
    #[arg(long = "kafka-cluster", value_name = "ID")]
    pub cluster: Option<String>,
    /// Somebody whom a new cluster knows by a password: `SCRAM-SHA-512=[name=NAME,password=PASSWORD]`.
    #[arg(long = "kafka-user", value_name = "CREDENTIAL")]
    pub user: Option<String>,
}

impl Single {
    /// The port that it is to listen on.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or_else(|| self.service.usual_port())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct UpOnly {
        #[command(flatten)]
        up: Up,
    }

    #[derive(Parser)]
    struct SingleOnly {
        #[command(flatten)]
        single: Single,
    }

    fn up(line: &str) -> Up {
        UpOnly::try_parse_from(line.split(' ')).unwrap().up
    }

    #[test]
    fn both_are_meant_unless_one_is_named() {
        let kinds = |line| up(line).chosen.kinds().collect::<Vec<_>>();
        assert_eq!(kinds("up"), [Kind::Kafka, Kind::Mongodb]);
        assert_eq!(kinds("up mongodb"), [Kind::Mongodb]);
        assert_eq!(kinds("up mongodb kafka mongodb"), [Kind::Kafka, Kind::Mongodb]);
    }

    #[test]
    fn each_has_a_port_of_its_own() {
        let up = up("up --kafka-port 1 --fresh --folder x");
        assert_eq!((up.port(Kind::Kafka), up.port(Kind::Mongodb)), (Some(1), None));
        assert!(up.fresh && !up.database.memory);
    }

    #[test]
    fn a_single_one_must_be_named() {
        assert!(SingleOnly::try_parse_from(["command"]).is_err());
        assert!(SingleOnly::try_parse_from(["command", "postgres"]).is_err());
        let single = SingleOnly::try_parse_from(["command", "mongodb", "--memory"]).unwrap().single;
        assert_eq!((single.service, single.port(), single.database.memory), (Kind::Mongodb, 27017, true));
    }
}
