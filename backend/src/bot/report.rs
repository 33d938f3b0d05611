//! What came of a run.

use super::audit::Verdict;
use super::driver::Tally;
use serde::{Serialize, Serializer};
use std::fmt;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// Median and 99th percentile of a time that was measured over and over; absent where it never was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Latency {
    /// Half took no longer.
    #[serde(serialize_with = "millis")]
    pub p50: Option<Duration>,
    /// 99 of 100 took no longer.
    #[serde(serialize_with = "millis")]
    pub p99: Option<Duration>,
}

/// The result of a run; `Serialize` gives the object that `--json` prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Receipts issued.
    pub issued: u64,
    /// Receipts that the server took into the log.
    pub accepted: u64,
    /// Receipts that the server said were saved.
    pub saved: u64,
    /// Issued receipts that are not in the store, or not as they were signed.
    pub lost: u64,
    /// Receipts in the store more than once, or that no bot issued.
    pub duplicated: u64,
    /// Places where a series has no next number, a wrong predecessor, a wrong signature or a wrong completeness.
    pub gaps: u64,
    /// Products of a store whose level is not deliveries less sales.
    pub stock_errors: u64,
    /// Alerts in the server's history.
    pub alerts_raised: u64,
    /// Alerts that should be in that history and are not, that are there and should not be, or that never came over the
    /// WebSocket.
    pub alerts_missed: u64,
    /// Alerts that came over the WebSocket, those of a picture after a lost connection among them, and that `alert_ms` is of.
    pub alerts_timed: u64,
    /// Alerts that came over it, too, and that `alert_ms` is not of: no receipt has caused them, or it was known to be saved
    /// before they came.
    pub alerts_untimed: u64,
    /// From the first customer until all was saved.
    pub seconds: f64,
    /// Saved receipts per second of that time.
    pub receipts_per_second: f64,
    /// From a receipt's first post to the answer that it is in the log, in milliseconds.
    pub ack_ms: Latency,
    /// From a receipt's first post to the notice that it is saved, in milliseconds.
    pub saved_ms: Latency,
    /// From the first post of the receipt that caused it to the alert, in milliseconds.
    pub alert_ms: Latency,
    /// What went wrong, in words; the first of each kind.
    pub faults: Vec<String>,
}

impl Report {
    /// Puts counters and verdict together.
    pub fn of(tally: &Tally, verdict: Verdict, taken: Duration) -> Self {
        let saved = tally.saved.load(Relaxed);
        let alerts_timed = tally.alert.count();
        Self {
            issued: tally.issued.load(Relaxed),
            accepted: tally.accepted.load(Relaxed),
            saved,
            lost: verdict.lost,
            duplicated: verdict.duplicated,
            gaps: verdict.gaps,
            stock_errors: verdict.stock_errors,
            alerts_raised: verdict.alerts_raised,
            alerts_missed: verdict.alerts_missed,
            alerts_timed,
            alerts_untimed: tally.alerts.load(Relaxed).saturating_sub(alerts_timed),
            seconds: thousandths(taken.as_millis()),
            receipts_per_second: per_second(saved, taken),
            ack_ms: tally.ack.summary(),
            saved_ms: tally.save.summary(),
            alert_ms: tally.alert.summary(),
            faults: tally.faults().into_iter().chain(verdict.faults).collect(),
        }
    }

    /// Whether nothing was lost, duplicated, missing or wrong.
    pub const fn is_clean(&self) -> bool {
        let faults = self.lost + self.duplicated + self.gaps + self.stock_errors + self.alerts_missed;
        faults == 0 && self.issued == self.saved && self.faults.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = |name: &str, value: &dyn fmt::Display| writeln!(f, "{name:<22}{value:>14}");
        row("issued", &self.issued)?;
        row("accepted", &self.accepted)?;
        row("saved", &self.saved)?;
        row("lost", &self.lost)?;
        row("duplicated", &self.duplicated)?;
        row("gaps", &self.gaps)?;
        row("stock errors", &self.stock_errors)?;
        row("alerts raised", &self.alerts_raised)?;
        row("alerts missed", &self.alerts_missed)?;
        row("alerts not timed", &self.alerts_untimed)?;
        row("seconds", &format_args!("{:.1}", self.seconds))?;
        row("receipts per second", &format_args!("{:.0}", self.receipts_per_second))?;
        writeln!(f, "{:<22}{:>14}{:>14}", "milliseconds", "median", "99 %")?;
        for (name, Latency { p50, p99 }) in
            [("to be in the log", self.ack_ms), ("to be saved", self.saved_ms), ("to raise an alert", self.alert_ms)]
        {
            writeln!(f, "{name:<22}{:>14}{:>14}", Millis(p50), Millis(p99))?;
        }
        self.faults.iter().try_for_each(|fault| writeln!(f, "! {fault}"))
    }
}

/// A time in milliseconds to the microsecond, or a dash.
#[derive(Debug, Clone, Copy)]
pub struct Millis(pub Option<Duration>);

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(time) => f.pad(&format!("{:.1}", in_millis(time))),
            None => f.pad("–"),
        }
    }
}

#[expect(clippy::ref_option, reason = "the signature that serde asks for")]
fn millis<S: Serializer>(time: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(in_millis).serialize(serializer)
}

/// Milliseconds to the microsecond.
fn in_millis(time: Duration) -> f64 {
    thousandths(time.as_micros())
}

/// To a tenth.
#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a figure for people, exact below 2⁵³")]
fn per_second(count: u64, taken: Duration) -> f64 {
    if taken.is_zero() { 0.0 } else { (count as f64 / taken.as_secs_f64() * 10.0).round() / 10.0 }
}

#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a figure for people, exact below 2⁵³")]
fn thousandths(count: u128) -> f64 {
    count as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(lost: u64) -> Report {
        let tally = Tally::new().unwrap();
        tally.issued.store(3, Relaxed);
        tally.saved.store(3, Relaxed);
        tally.alerts.store(2, Relaxed);
        tally.ack.record(Duration::from_micros(1_500));
        Report::of(&tally, Verdict { lost, ..Verdict::default() }, Duration::from_secs(2))
    }

    #[test]
    fn json_has_the_promised_keys_and_milliseconds() {
        let json = serde_json::to_value(report(0)).unwrap();
        for key in [
            "issued",
            "accepted",
            "saved",
            "lost",
            "duplicated",
            "gaps",
            "stock_errors",
            "alerts_raised",
            "alerts_missed",
            "alerts_timed",
            "alerts_untimed",
            "seconds",
            "receipts_per_second",
            "ack_ms",
            "saved_ms",
            "alert_ms",
        ] {
            assert!(json.get(key).is_some(), "{key}");
        }
        assert_eq!(json["receipts_per_second"], 1.5);
        assert!((1.49..1.51).contains(&json["ack_ms"]["p50"].as_f64().unwrap()));
        assert!(json["alert_ms"]["p99"].is_null());
        assert_eq!((&json["alerts_timed"], &json["alerts_untimed"]), (&0.into(), &2.into()));
    }

    #[test]
    fn a_lost_receipt_is_no_clean_run() {
        assert!(report(0).is_clean());
        assert!(!report(1).is_clean());
    }
}
