//! A store whose conversation with its server is listened to.

use crate::store::mongo::{Mongo, open};
use crate::testing::MongoDatabase;
use ::mongodb::event::EventHandler;
use ::mongodb::event::command::{CommandEvent, CommandStartedEvent};
use std::sync::{Arc, Mutex};

/// Commands that write nothing.
const READS: [&str; 5] = ["aggregate", "find", "getMore", "hello", "isMaster"];

/// A command that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    name: String,
    /// How many documents it writes.
    documents: usize,
    /// For how many servers it waits, if it says so: `"majority"`.
    waits_for: Option<String>,
}

/// A store, and the commands that it sends.
pub struct Watched {
    pub mongo: Arc<Mongo>,
    sent: Arc<Mutex<Vec<Sent>>>,
    _database: MongoDatabase,
}

impl Watched {
    pub async fn open() -> Self {
        let watched = Self::unprepared().await;
        watched.mongo.prepare().await.unwrap();
        watched.take();
        watched
    }

    /// The same in a database that is still empty, and without its indexes.
    pub async fn unprepared() -> Self {
        let database = MongoDatabase::new();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let (mut options, name) = open::options(database.uri()).await.unwrap();
        let heard = Arc::clone(&sent);
        options.command_event_handler = Some(EventHandler::callback(move |event| {
            if let CommandEvent::Started(event) = event {
                heard.lock().unwrap().push(Sent::of(&event));
            }
        }));
        Self { mongo: Arc::new(Mongo::connect((options, name)).unwrap()), sent, _database: database }
    }

    /// The names of the commands that were sent since the last time, in alphabetical order.
    pub fn sent(&self) -> Vec<String> {
        let mut sent: Vec<_> = self.take().into_iter().map(|sent| sent.name).collect();
        sent.sort();
        sent
    }

    /// The same with the number of documents that each writes.
    pub fn written(&self) -> Vec<(String, usize)> {
        let mut sent: Vec<_> = self.take().into_iter().map(|sent| (sent.name, sent.documents)).collect();
        sent.sort();
        sent
    }

    /// The names of the commands that write, each with what it waits for.
    pub fn waited_for(&self) -> Vec<(String, Option<String>)> {
        let writes = |sent: &Sent| !READS.contains(&sent.name.as_str());
        self.take().into_iter().filter(writes).map(|sent| (sent.name, sent.waits_for)).collect()
    }

    fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut *self.sent.lock().unwrap())
    }
}

impl Sent {
    fn of(event: &CommandStartedEvent) -> Self {
        let list = |name: &str| event.command.get_array(name).map(Vec::len).unwrap_or_default();
        let concern = event.command.get_document("writeConcern");
        let waits_for = concern.ok().and_then(|concern| concern.get_str("w").ok()).map(ToOwned::to_owned);
        Self { name: event.command_name.clone(), documents: list("documents") + list("updates"), waits_for }
    }
}
