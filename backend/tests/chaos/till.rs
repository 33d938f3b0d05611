//! The till in a real browser: a script of Playwright's sells at it and says what happens; orders go to it over a line.
//!
//! The browser is the script's. Where nobody is left at this end of the line, whatever the reason, the script ends it.

use super::actor::Actor;
use super::chronicle::Chronicle;
use super::sales::{Paid, Sales};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::ids::{RegisterNo, StoreNo};
use shared::money::Money;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// Where it sells: the demo's first store, at its first register.
pub const PLACE: (StoreNo, RegisterNo) = (StoreNo::FIRST, RegisterNo::FIRST);

/// How long the script may take to start.
const START: Duration = Duration::from_mins(1);

/// How long the till may take to sell something, and to send all that it has sold.
const LIMIT: Duration = Duration::from_mins(3);

/// How long the script may take to end its browser.
const END: Duration = Duration::from_secs(20);

#[derive(Debug, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
enum Word {
    Open,
    Paying { total: Money },
    Paid(Paid),
    Trouble { what: String },
    Drained,
}

/// The till at work. Dropping it ends it.
pub struct Till {
    child: Child,
    orders: Option<OwnedWriteHalf>,
    sales: Arc<Mutex<Sales>>,
}

impl Till {
    /// Starts it, to sell at a web tier what a seed decides. What it says is kept in a file, too.
    pub async fn start(web: &str, seed: u64, logs: &Path, chronicle: &Chronicle) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address").to_string();
        let child = script(&address, logs);
        let accepted = tokio::time::timeout(START, listener.accept()).await;
        let (line, _) = accepted.expect("the script calls back in time: see till.log").expect("it can be heard");
        let (words, orders) = line.into_split();
        let sales = Arc::default();
        let file = File::create(logs.join("till.jsonl")).expect("a file for what it says can be made");
        tokio::spawn(listen(words, Arc::clone(&sales), chronicle.clone(), file));
        let mut till = Self { child, orders: Some(orders), sales };
        // A number that JavaScript holds exactly.
        till.send(&json!({ "order": "sell", "url": web, "seed": seed % (1 << 32) })).await;
        till
    }

    /// Gives it an order that needs no more than a word.
    pub async fn order(&mut self, order: &str) {
        self.send(&json!({ "order": order })).await;
    }

    async fn send(&mut self, order: &Value) {
        let orders = self.orders.as_mut().expect("the line is open");
        orders.write_all(format!("{order}\n").as_bytes()).await.expect("the script listens: see till.log");
    }

    /// What it has sold so far.
    pub fn sales(&self) -> Sales {
        lock(&self.sales).clone()
    }

    /// Waits until it has sold something more.
    pub async fn sells(&self) {
        let before = self.sales().all_paid().count();
        self.until("it sells", |sales| sales.all_paid().count() > before).await;
    }

    /// Lets it finish, and waits until all that it has sold is saved.
    pub async fn finish(&mut self) {
        self.order("finish").await;
        self.until("all that it has sold is saved", |sales| sales.is_drained).await;
    }

    async fn until(&self, what: &str, holds: impl Fn(&Sales) -> bool) {
        let start = Instant::now();
        while !holds(&self.sales()) {
            assert!(start.elapsed() < LIMIT, "{what}: see till.jsonl and till.log");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        // Its end of the line says that it is over.
        self.orders = None;
        let start = Instant::now();
        while start.elapsed() < END && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn script(address: &str, logs: &Path) -> Child {
    let log = || File::options().create(true).append(true).open(logs.join("till.log")).expect("the log can be opened");
    let child = Command::new("node")
        .args(["node_modules/@playwright/test/cli.js", "test", "--config", "chaos.config.ts"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../e2e"))
        .env("COMPTOIR_CHAOS", address)
        .env("COMPTOIR_E2E_OUTPUT", logs.join("till"))
        // What it says goes into pictures and files.
        .env("FORCE_COLOR", "0")
        .stdin(Stdio::null())
        .stdout(log())
        .stderr(log())
        .spawn();
    child.expect("Node starts")
}

/// Writes down what it says until it says no more.
async fn listen(words: OwnedReadHalf, sales: Arc<Mutex<Sales>>, chronicle: Chronicle, mut file: File) {
    let mut lines = BufReader::new(words).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let _ = writeln!(file, "{line}");
        match serde_json::from_str(&line) {
            Ok(Word::Open) => chronicle.observe(Actor::Till, true, chronicle.now()),
            Ok(Word::Paying { total }) => lock(&sales).attempt(total),
            Ok(Word::Paid(paid)) => {
                if !lock(&sales).paid(paid) {
                    chronicle.violated(format!("the till says {line}, and was not asked to take money"));
                }
                chronicle.sold();
            }
            Ok(Word::Trouble { what }) => chronicle.violated(format!("the till: {what}")),
            Ok(Word::Drained) => lock(&sales).is_drained = true,
            Err(error) => chronicle.violated(format!("the till says {line:?}, which nobody understands: {error}")),
        }
    }
    if !lock(&sales).is_drained {
        chronicle.violated("the till's script has ended by itself: see till.log".to_owned());
    }
}

fn lock(sales: &Mutex<Sales>) -> MutexGuard<'_, Sales> {
    sales.lock().unwrap_or_else(PoisonError::into_inner)
}
