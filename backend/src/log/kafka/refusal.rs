//! Why brokers hang up: librdkafka answers each question with a failure of transport, and says in its log alone that a
//! password or a certificate was at fault.

use super::LogError;
use rdkafka::client::{ClientContext, DefaultClientContext};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use std::sync::{Mutex, PoisonError};

/// What librdkafka calls lines about a connection that has failed.
const FAILED: &str = "FAIL";

/// What such a line says where it is not the network that failed, after the names of thread and broker.
const REFUSALS: [&str; 3] = ["SSL handshake failed", "SASL", "SSL"];

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
    let start = REFUSALS.iter().find_map(|refusal| message.find(refusal)).filter(|_| facility == FAILED)?;
    let why = message.get(start..)?;
    Some(why.rsplit_once(" (after ").map_or(why, |(why, _)| why))
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
        let authority =
            "[thrd:ssl://a:1/bootstrap]: ssl://a:1/bootstrap: SSL handshake failed: unknown authority (after 1ms)";
        assert_eq!(why(FAILED, authority), Some("SSL handshake failed: unknown authority"));
    }
}
