//! The two services.

use std::fmt::{self, Display, Formatter};

use clap::ValueEnum;

/// A service that the production engine needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The event log.
    Kafka,
    /// The database.
    Mongodb,
}

impl Kind {
    /// Its name on the command line, in `services/`, and in `docker-compose.yml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kafka => "kafka",
            Self::Mongodb => "mongodb",
        }
    }

    /// The port that it listens on unless another is asked for.
    pub fn usual_port(self) -> u16 {
        match self {
            Self::Kafka => 9092,
            Self::Mongodb => 27017,
        }
    }

    /// The environment variable that names one which is there already.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Kafka => "COMPTOIR_TEST_KAFKA",
            Self::Mongodb => "COMPTOIR_TEST_MONGODB",
        }
    }

    /// The setting that points `comptoir` to `address`, which may be a whole URL or only a host and a port.
    pub fn setting(self, address: &str) -> String {
        let (name, scheme, database) = match self {
            Self::Kafka => ("COMPTOIR_EVENTS", "kafka://", ""),
            Self::Mongodb => ("COMPTOIR_STORE", "mongodb://", "/comptoir"),
        };
        if address.contains("://") {
            format!("{name}={address}")
        } else {
            format!("{name}={scheme}{address}{database}")
        }
    }

    /// The address of one that is there already, if the environment names it.
    pub fn given(self) -> Option<String> {
        std::env::var(self.variable()).ok().filter(|address| !address.is_empty())
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_a_url() {
        assert_eq!(Kind::Kafka.setting("127.0.0.1:9092"), "COMPTOIR_EVENTS=kafka://127.0.0.1:9092");
        assert_eq!(Kind::Mongodb.setting("127.0.0.1:1"), "COMPTOIR_STORE=mongodb://127.0.0.1:1/comptoir");
    }

    #[test]
    fn a_url_is_left_as_it_is() {
        assert_eq!(Kind::Mongodb.setting("mongodb://a,b/c?d=e"), "COMPTOIR_STORE=mongodb://a,b/c?d=e");
    }
}
