//! What operators count: `OpenMetrics`, scraped from `/metrics`.

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use shared::finding::FindingKind;
use std::time::Duration;

/// Upper bounds of the save latency's buckets, in seconds: from a quick disk to a saver that is far behind.
const SAVE_SECONDS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 600.0];

/// Why a receipt was refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Refusal {
    /// The kind of problem, such as `unknown-signature`.
    pub reason: &'static str,
}

/// What was found wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Found {
    /// The kind of finding, such as `wrong_prev`.
    pub kind: String,
}

/// A partition of the log.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct OfPartition {
    /// Its number; the embedded log has only 0.
    pub partition: u32,
}

/// A socket that the server closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Closed {
    /// With which code (RFC 6455 §7.4): 1001 the server stops, 4400 rubbish, 4408 the page does not read.
    pub code: u16,
}

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
    /// Its method.
    pub method: &'static str,
    /// The pattern of the route that took it; never the path itself, of which there is no end.
    pub route: String,
    /// The status that it got.
    pub status: u16,
}

/// Requests that are under way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Asked {
    /// Their method.
    pub method: &'static str,
    /// The pattern of the route that took them.
    pub route: String,
}

/// Everything that this process counts. Cloning shares the counts.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// Receipts that the log took.
    pub receipts_accepted: Counter,
    /// Entries of the journal that the log took.
    pub entries_accepted: Counter,
    /// Receipts that were refused, by reason.
    pub receipts_refused: Family<Refusal, Counter>,
    /// Receipts that a saver wrote to the store.
    pub receipts_saved: Counter,
    /// Records that came again under an id that was saved already.
    pub duplicates: Counter,
    /// Records that could not be read and were put aside.
    pub dead_letters: Counter,
    /// Findings, by kind.
    pub findings: Family<Found, Counter>,
    /// Records that are in the log and not saved yet, by partition, as the saver that works on it knows.
    pub backlog: Family<OfPartition, Gauge>,
    /// Partitions that the saver has left alone, since only a person can mend what it met there.
    pub stalled_partitions: Gauge,
    /// Time from the log's acceptance of a record to its being saved.
    pub save_latency: Histogram,
    /// Sockets that are open.
    pub sockets: Gauge,
    /// Sockets that the server closed, by code.
    pub sockets_closed: Family<Closed, Counter>,
    /// Stock alerts that were raised, those of records that were taken again among them.
    pub alerts_raised: Counter,
    /// Stock alerts that were cleared, likewise.
    pub alerts_cleared: Counter,
    /// Requests that were answered.
    pub requests: Family<Answered, Counter>,
    /// Requests that are not answered yet.
    pub requests_in_flight: Family<Asked, Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            registry: Registry::with_prefix("comptoir"),
            receipts_accepted: Counter::default(),
            entries_accepted: Counter::default(),
            receipts_refused: Family::default(),
            receipts_saved: Counter::default(),
            duplicates: Counter::default(),
            dead_letters: Counter::default(),
            findings: Family::default(),
            backlog: Family::default(),
            stalled_partitions: Gauge::default(),
            save_latency: Histogram::new(SAVE_SECONDS),
            sockets: Gauge::default(),
            sockets_closed: Family::default(),
            alerts_raised: Counter::default(),
            alerts_cleared: Counter::default(),
            requests: Family::default(),
            requests_in_flight: Family::default(),
        }
    }
}

impl Metrics {
    /// Metrics that all stand at zero.
    pub fn new() -> Self {
        let mut metrics = Self::default();
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let to = &mut self.registry;
        to.register("receipts_accepted", "Receipts that the log took", self.receipts_accepted.clone());
        to.register("journal_accepted", "Entries of the journal that the log took", self.entries_accepted.clone());
        to.register("receipts_refused", "Receipts that were refused, by reason", self.receipts_refused.clone());
        to.register("receipts_saved", "Receipts that a saver wrote to the store", self.receipts_saved.clone());
        to.register("duplicates", "Records whose id was saved already", self.duplicates.clone());
        to.register("dead_letters", "Records that could not be read and were put aside", self.dead_letters.clone());
        to.register("findings", "What was found wrong with records, by kind", self.findings.clone());
        to.register("backlog", "Records in the log that are not saved yet", self.backlog.clone());
        let stalled = self.stalled_partitions.clone();
        to.register("stalled_partitions", "Partitions that wait for a person to mend something", stalled);
        let latency = self.save_latency.clone();
        to.register_with_unit("save_latency", "Time from acceptance to the store", Unit::Seconds, latency);
        to.register("sockets", "Open WebSockets", self.sockets.clone());
        to.register("sockets_closed", "WebSockets that the server closed, by code", self.sockets_closed.clone());
        to.register("alerts_raised", "Stock alerts that were raised", self.alerts_raised.clone());
        to.register("alerts_cleared", "Stock alerts that were cleared", self.alerts_cleared.clone());
        to.register("requests", "Requests that were answered", self.requests.clone());
        let in_flight = self.requests_in_flight.clone();
        to.register("requests_in_flight", "Requests that are not answered yet", in_flight);
    }

    /// Counts a refused receipt.
    pub fn refused(&self, reason: &'static str) {
        self.receipts_refused.get_or_create(&Refusal { reason }).inc();
    }

    /// Counts a finding.
    pub fn found(&self, kind: FindingKind) {
        let name = serde_json::to_value(kind).ok();
        let kind = name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned();
        self.findings.get_or_create(&Found { kind }).inc();
    }

    /// Says how many records of a partition wait to be saved.
    pub fn backlog_of(&self, partition: u32, records: u64) {
        self.backlog.get_or_create(&OfPartition { partition }).set(i64::try_from(records).unwrap_or(i64::MAX));
    }

    /// Forgets a partition that another saver tells of from here on.
    pub fn forget_backlog_of(&self, partition: u32) {
        self.backlog.remove(&OfPartition { partition });
    }

    /// Counts the time that a record waited to be saved.
    pub fn saved_after(&self, wait: Duration) {
        self.save_latency.observe(wait.as_secs_f64());
    }

    /// The lines that say which requests and how many sockets there are.
    pub fn under_way(&self) -> Vec<String> {
        let text = self.encode().unwrap_or_default();
        let is_open = |line: &&str| {
            let named = ["comptoir_requests_in_flight{", "comptoir_sockets "];
            named.iter().any(|name| line.starts_with(name)) && !line.ends_with(" 0")
        };
        text.lines().filter(is_open).map(ToOwned::to_owned).collect()
    }

    /// The text that a Prometheus server scrapes.
    ///
    /// # Errors
    ///
    /// Never in practice: writing to memory does not fail.
    pub fn encode(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_operators_read_names_every_metric() {
        let metrics = Metrics::new();
        // A family shows once it has a member.
        metrics.refused("unknown-signature");
        metrics.found(FindingKind::WrongPrev);
        metrics.backlog_of(0, 1);
        metrics.sockets_closed.get_or_create(&Closed { code: 1001 }).inc();
        metrics.requests.get_or_create(&Answered { method: "GET", route: String::new(), status: 200 }).inc();
        metrics.requests_in_flight.get_or_create(&Asked { method: "GET", route: String::new() }).inc();
        let text = metrics.encode().unwrap();
        let described = include_str!("../../docs/operations.md");
        let metrics: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' ')).collect();
        assert_eq!(metrics.len(), 16, "{text}");
        for (name, kind) in metrics {
            let suffix = if kind == "counter" { "_total" } else { "" };
            let is_there = ['`', '{'].iter().any(|end| described.contains(&format!("`{name}{suffix}{end}")));
            assert!(is_there, "{name}{suffix} in docs/operations.md");
        }
    }

    #[test]
    fn what_is_under_way_is_told_and_what_is_over_is_not() {
        let metrics = Metrics::new();
        let asked = |method| Asked { method, route: "/readyz".to_owned() };
        for method in ["GET", "PUT"] {
            metrics.requests_in_flight.get_or_create(&asked(method)).inc();
        }
        metrics.requests_in_flight.get_or_create(&asked("PUT")).dec();
        let get = r#"comptoir_requests_in_flight{method="GET",route="/readyz"} 1"#;
        assert_eq!(metrics.under_way(), [get]);
        metrics.sockets.inc();
        assert_eq!(metrics.under_way(), ["comptoir_sockets 1", get]);
    }

    #[test]
    fn counts_show_under_their_names() {
        let metrics = Metrics::new();
        metrics.receipts_accepted.inc_by(3);
        metrics.refused("unknown-signature");
        metrics.found(FindingKind::WrongPrev);
        metrics.saved_after(Duration::from_millis(20));
        let text = metrics.encode().unwrap();
        for line in [
            "comptoir_receipts_accepted_total 3",
            "comptoir_receipts_refused_total{reason=\"unknown-signature\"} 1",
            "comptoir_findings_total{kind=\"wrong_prev\"} 1",
            "comptoir_save_latency_seconds_count 1",
        ] {
            assert!(text.contains(line), "{line} is missing from\n{text}");
        }
    }
}
