//! Writing to the cluster, awaited until all replicas in sync have it.

use super::settings::KafkaSettings;
use super::wire::Outgoing;
use super::{LogError, refused};
use crate::log::NewRecord;
use futures_util::future::join_all;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::OwnedHeaders;
use rdkafka::producer::{DeliveryFuture, FutureProducer, FutureRecord};
use shared::notice::Notice;
use std::sync::{PoisonError, RwLock};

/// A producer that is made anew where librdkafka has given the old one up.
pub struct Producer {
    settings: KafkaSettings,
    current: RwLock<FutureProducer>,
}

impl Producer {
    /// A producer of a cluster that need not answer yet.
    ///
    /// # Errors
    ///
    /// [`LogError::Refused`] where librdkafka does not understand a setting.
    pub fn new(settings: &KafkaSettings) -> Result<Self, LogError> {
        let current = settings.producer().create().map_err(|error| refused(&error))?;
        Ok(Self { settings: settings.clone(), current: RwLock::new(current) })
    }

    /// Appends records; all of them are under way before anything is waited for.
    ///
    /// # Errors
    ///
    /// [`LogError::Unavailable`], or [`LogError::Rejected`] for a record that is too large.
    pub async fn append(&self, topic: &str, records: &[NewRecord]) -> Result<(), LogError> {
        let outgoing = records.iter().map(Outgoing::of).collect::<Result<Vec<_>, _>>()?;
        let deliveries = outgoing.iter().map(|record| {
            let message = FutureRecord::to(topic).key(&record.key).payload(&record.payload);
            self.send(message.headers(record.headers.clone()).timestamp(record.accepted_at))
        });
        self.delivered(deliveries.collect::<Result<Vec<_>, _>>()?).await
    }

    /// Publishes a notice.
    ///
    /// # Errors
    ///
    /// As [`Self::append`].
    pub async fn publish(&self, topic: &str, notice: &Notice) -> Result<(), LogError> {
        let payload = serde_json::to_vec(notice).map_err(|error| LogError::Rejected(error.to_string()))?;
        let key = notice.store.to_string();
        let delivery = self.send(FutureRecord::to(topic).key(&key).payload(&payload))?;
        self.delivered(vec![delivery]).await
    }

    /// Writes a record into one partition, whatever its key.
    ///
    /// # Errors
    ///
    /// As [`Self::append`].
    pub async fn place(
        &self,
        topic: &str,
        partition: i32,
        headers: OwnedHeaders,
        payload: &[u8],
    ) -> Result<(), LogError> {
        let message = FutureRecord::<(), _>::to(topic).partition(partition).payload(payload).headers(headers);
        let delivery = self.producer().send_result(message).map_err(|(error, _)| failure(&error))?;
        self.delivered(vec![delivery]).await
    }

    fn send(&self, message: FutureRecord<'_, String, Vec<u8>>) -> Result<DeliveryFuture, LogError> {
        self.producer().send_result(message).map_err(|(error, _)| failure(&error))
    }

    async fn delivered(&self, deliveries: Vec<DeliveryFuture>) -> Result<(), LogError> {
        for outcome in join_all(deliveries).await {
            let outcome = outcome.map_err(|_| LogError::Unavailable("the producer was given up".into()))?;
            if let Err((error, _)) = outcome {
                self.replace_if_fatal(&error);
                return Err(failure(&error));
            }
        }
        Ok(())
    }

    fn producer(&self) -> FutureProducer {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// An idempotent producer that cannot tell any more what was written takes nothing further; a fresh one does.
    fn replace_if_fatal(&self, error: &KafkaError) {
        if error.rdkafka_error_code() != Some(RDKafkaErrorCode::Fatal) {
            return;
        }
        tracing::error!(%error, "the producer to Kafka is made anew");
        match self.settings.producer().create() {
            Ok(fresh) => *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh,
            Err(error) => tracing::error!(%error, "and could not be"),
        }
    }
}

fn failure(error: &KafkaError) -> LogError {
    match error.rdkafka_error_code() {
        Some(RDKafkaErrorCode::MessageSizeTooLarge) => LogError::Rejected("it is larger than a record may be".into()),
        Some(RDKafkaErrorCode::QueueFull) => LogError::Unavailable("too much waits to be written already".into()),
        _ => LogError::Unavailable(error.to_string()),
    }
}
