//! Why brokers hang up: librdkafka answers each question with a failure of transport, and says in its log alone that a
//! password or a certificate was at fault.

use super::LogError;
use rdkafka::client::{ClientContext, DefaultClientContext};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use std::sync::{Mutex, PoisonError};

/// What librdkafka calls lines about a connection that has failed.
const FAILED: &str = "FAIL";

/// How such a line begins, behind the names of thread and broker, where it is not the network that failed.
const REFUSALS: [&str; 2] = ["SSL handshake failed", "SASL "];

/// What it names where client and broker do not speak the same protocol.
const PROTOCOL: &str = "security.protocol";

/// A client's context that remembers why it was last not let in.
#[derive(Default)]
pub struct Refusal(Mutex<Option<String>>);

impl Refusal {
    /// The error, with why nobody was let in meanwhile.
    pub fn explain(&self, error: LogError) -> LogError {
        let heard = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (error, heard) {
            (LogError::Unavailable(said), Some(heard)) => LogError::Unavailable(format!("{said}: {heard}")),
            (error, _) => error,
        }
    }
}

impl ClientContext for Refusal {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        if let Some(why) = why(facility, message) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(why.to_owned());
        }
        DefaultClientContext.log(level, facility, message);
    }
}

impl ConsumerContext for Refusal {}

/// Why the broker hung up, without where and when.
fn why<'a>(facility: &str, message: &'a str) -> Option<&'a str> {
    let said = message.splitn(3, ": ").nth(2).filter(|_| facility == FAILED)?;
    let said = said.rsplit_once(" (after ").map_or(said, |(said, _)| said);
    let is_refusal = REFUSALS.iter().any(|start| said.starts_with(start)) || said.contains(PROTOCOL);
    is_refusal.then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "[thrd:sasl_ssl://10.0.0.1:9093/bootstrap]: sasl_ssl://10.0.0.1:9093/bootstrap: SASL authentication \
                            error: Authentication failed (after 319ms in state AUTH_REQ, 2 identical error(s) suppressed)";

    #[test]
    fn who_was_not_let_in_is_told_why() {
        let refusal = Refusal::default();
        let unavailable = || refusal.explain(LogError::Unavailable("no transport".to_owned())).to_string();
        assert!(unavailable().ends_with("no transport"));
        refusal.log(RDKafkaLogLevel::Error, FAILED, PASSWORD);
        assert!(unavailable().ends_with("no transport: SASL authentication error: Authentication failed"));
        assert!(unavailable().ends_with("no transport"), "it is told once, since it may be over");
    }

    #[test]
    fn a_broker_that_is_not_there_has_refused_nobody() {
        let down =
            "[thrd:10.0.0.1:9092/bootstrap]: Connect to ipv4#10.0.0.1:9092 failed: Connection refused (after 0ms)";
        assert_eq!(why(FAILED, down), None);
        assert_eq!(why("CONFWARN", PASSWORD), None);
        let said = |what: &str| {
            let line =
                format!("[thrd:ssl://a:1/bootstrap]: ssl://a:1/bootstrap: {what} (after 5ms in state SSL_HANDSHAKE)");
            why(FAILED, &line).map(ToOwned::to_owned)
        };
        for restarted in
            ["Connection setup timed out in state SSL_HANDSHAKE", "Disconnected: SSL connection closed by peer"]
        {
            assert_eq!(said(restarted), None);
        }
        for refused in [
            "SSL handshake failed: error:0A000086:SSL routines::certificate verify failed",
            "Disconnected while requesting ApiVersion: might be caused by incorrect security.protocol configuration \
             (connecting to a SSL listener?) or broker version is < 0.10 (see api.version.request)",
        ] {
            assert_eq!(said(refused).as_deref(), Some(refused));
        }
    }
}
