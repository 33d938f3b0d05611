//! The arguments of `comptoir bot`.

use super::client::Target;
use super::generator::Seed;
use super::plan::{Length, Pace, Plan};
use clap::value_parser;
use std::time::Duration;

/// Sells in training stores of its own, watches what comes of it, and audits the server's data at the end.
#[derive(Debug, Clone, clap::Args)]
pub struct BotOptions {
    /// The server.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    server: String,
    /// The operator's token; a server with demo data on a loopback address takes "demo".
    #[arg(long, env = "COMPTOIR_TOKEN", hide_env_values = true, default_value = "demo")]
    token: String,
    /// How many training stores to open.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = value_parser!(u16).range(1..=1_000))]
    stores: u16,
    /// How many registers each store has.
    #[arg(long, value_name = "I", default_value_t = 1, value_parser = value_parser!(u16).range(1..=50))]
    registers: u16,
    /// How many sellers each store has.
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = value_parser!(u16).range(1..=100))]
    sellers: u16,
    #[command(flatten)]
    pace: PaceOptions,
    #[command(flatten)]
    length: LengthOptions,
    /// The same seed gives the same receipts.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Deliver what alerts say is missing.
    #[arg(long)]
    restock: bool,
    /// Print the result as one JSON object, and no progress.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, clap::Args)]
#[group(required = true, multiple = false)]
struct PaceOptions {
    /// Receipts a second over all registers, in the rhythm of a day that lasts about a minute.
    #[arg(long, value_name = "R", value_parser = value_parser!(u32).range(1..=100_000))]
    rate: Option<u32>,
    /// As fast as the server takes them.
    #[arg(long)]
    max: bool,
}

#[derive(Debug, Clone, Copy, clap::Args)]
#[group(required = true, multiple = false)]
struct LengthOptions {
    /// How many receipts to issue in all.
    #[arg(long, value_name = "C", value_parser = value_parser!(u64).range(1..))]
    receipts: Option<u64>,
    /// How long to sell, such as 60s or 5m.
    #[arg(long = "for", value_name = "TIME", value_parser = duration)]
    time: Option<Duration>,
}

fn duration(text: &str) -> Result<Duration, String> {
    let parsed: jiff::SignedDuration = text.parse().map_err(|error: jiff::Error| error.to_string())?;
    let positive = Duration::try_from(parsed).ok().filter(|duration| !duration.is_zero());
    positive.ok_or_else(|| "a time is more than zero, such as 60s or 5m".to_owned())
}

impl BotOptions {
    /// What the run is to do.
    pub fn plan(&self) -> Plan {
        Plan {
            stores: self.stores,
            registers: self.registers,
            sellers: self.sellers,
            pace: self.pace.rate.map_or(Pace::Max, Pace::Rate),
            length: self.length(),
            seed: Seed(self.seed),
            restock: self.restock,
        }
    }

    fn length(&self) -> Length {
        let LengthOptions { receipts, time } = self.length;
        receipts.map_or_else(|| Length::For(time.unwrap_or_default()), Length::Receipts)
    }

    /// Which server, and by whose leave.
    pub fn target(&self) -> Target {
        Target { base_url: self.server.clone(), token: self.token.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        bot: BotOptions,
    }

    fn plan(arguments: &[&str]) -> Result<Plan, clap::Error> {
        Cli::try_parse_from(std::iter::once(&"bot").chain(arguments)).map(|cli| cli.bot.plan())
    }

    #[test]
    fn a_run_has_one_pace_and_one_length() {
        let counted = plan(&["--stores", "5", "--max", "--receipts", "20000"]).unwrap();
        assert_eq!((counted.stores, counted.pace, counted.length), (5, Pace::Max, Length::Receipts(20_000)));
        let timed = plan(&["--rate", "500", "--for", "60s"]).unwrap();
        assert_eq!((timed.pace, timed.length), (Pace::Rate(500), Length::For(Duration::from_mins(1))));
        for wrong in [
            &["--max"][..],
            &["--receipts", "1"],
            &["--max", "--rate", "5", "--receipts", "1"],
            &["--max", "--receipts", "1", "--for", "1s"],
            &["--max", "--for", "-1s"],
            &["--max", "--for", "0s"],
            &["--max", "--receipts", "0"],
            &["--max", "--receipts", "1", "--stores", "1001"],
        ] {
            assert!(plan(wrong).is_err(), "{wrong:?}");
        }
    }
}
