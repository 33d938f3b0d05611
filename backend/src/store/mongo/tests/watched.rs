//! A store whose conversation with its server is listened to.

use crate::store::mongo::{Mongo, open};
use crate::testing::MongoDatabase;
use ::mongodb::event::EventHandler;
use ::mongodb::event::command::{CommandEvent, CommandStartedEvent};
use std::sync::{Arc, Mutex};

/// A command that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    name: String,
    /// How many documents it writes.
    documents: usize,
}

/// A store, and the commands that it sends.
pub struct Watched {
    pub mongo: Arc<Mongo>,
    sent: Arc<Mutex<Vec<Sent>>>,
    _database: MongoDatabase,
}

impl Watched {
    pub async fn open() -> Self {
        let database = MongoDatabase::new();
        database.open_mongo().await;
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

    fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut *self.sent.lock().unwrap())
    }
}

impl Sent {
    fn of(event: &CommandStartedEvent) -> Self {
        let list = |name: &str| event.command.get_array(name).map(Vec::len).unwrap_or_default();
        Self { name: event.command_name.clone(), documents: list("documents") + list("updates") }
    }
}
