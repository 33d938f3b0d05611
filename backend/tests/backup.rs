//! `comptoir backup`, `restore` and `migrate`, beside a server that bots sell on. Logs are in `target/backup*`.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::bots::{Bots, assert_clean};
use support::http;
use support::process::{self, Process};
use support::server::Server;
use tempfile::TempDir;

/// How long one command, or a small run of bots, may take on a busy machine.
const LIMIT: Duration = Duration::from_mins(3);

/// Folders and files of one test.
struct Site {
    folder: TempDir,
    logs: PathBuf,
}

impl Site {
    fn new(name: &str) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder can be made"), logs: process::logs(name) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("the folder has a plain name").to_owned()
    }

    async fn serve(&self, data: &str) -> Server {
        Server::start(&self.path(data), &self.logs).await
    }

    /// Runs a command to its end; gives whether it succeeded and what it said.
    async fn run(&self, arguments: &[&str]) -> (bool, String) {
        let said = self.logs.join("command.log");
        let _ = fs::remove_file(&said);
        let status = Process::start(arguments, &said, &said).wait(LIMIT).await;
        (status.success(), fs::read_to_string(said).unwrap_or_default())
    }

    async fn succeed(&self, arguments: &[&str]) -> String {
        let (is_well, said) = self.run(arguments).await;
        assert!(is_well, "{arguments:?}: {said}");
        said
    }

    /// The key that belongs to a data folder.
    fn copy_key(&self, from: &str, to: &str) {
        fs::copy(self.path(from).join("key"), self.path(to).join("key")).expect("the key can be copied");
    }

    /// Sells until a backup was made meanwhile; gives what is in it.
    async fn back_up_while_bots_sell(&self, data: &str, archive: &str) -> Archived {
        let mut server = self.serve(data).await;
        let mut bots = self.bots(&server, "--stores 2 --registers 2 --sellers 2 --max --for 30m --seed 4");
        added_up(&server).await;
        server.receipts_flow().await;
        let said = self.succeed(&["backup", &self.text(archive), "--data", &self.text(data)]).await;
        assert!(said.contains("receipts"), "{said}");
        server.receipts_flow().await;
        bots.are_at_work();
        assert_clean(&bots.stop(LIMIT).await);
        Archived::read(&self.path(archive))
    }

    fn bots(&self, server: &Server, arguments: &str) -> Bots {
        let arguments: Vec<_> = arguments.split(' ').collect();
        Bots::start(&server.url(), &arguments, &self.logs)
    }
}

/// What an archive holds.
#[derive(Debug, PartialEq, Eq)]
struct Archived {
    /// Lines by kind.
    lines: BTreeMap<String, u64>,
    /// Receipts by store: those in the sums, and those that wait in the log.
    receipts: BTreeMap<u64, u64>,
}

impl Archived {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("the archive can be read");
        let (mut lines, mut receipts) = (BTreeMap::new(), BTreeMap::new());
        for line in text.lines() {
            let line: BTreeMap<String, Value> = serde_json::from_str(line).expect("a line is JSON");
            for (kind, body) in line {
                if kind == "receipt" || (kind == "event" && body["kind"] == "receipt") {
                    *receipts.entry(body["store"].as_u64().expect("it has a store")).or_default() += 1;
                }
                *lines.entry(kind).or_default() += 1;
            }
        }
        Self { lines, receipts }
    }
}

async fn ask(server: &Server, path: &str) -> Value {
    let request =
        http::client(Duration::from_mins(1)).get(format!("{}/api/v1/{path}", server.url())).bearer_auth("demo");
    let reply = request.send().await.expect("the server answers").bytes().await.expect("the answer is whole");
    serde_json::from_slice(&reply).expect("the answer is JSON")
}

/// Waits until a checkpoint has receipts in its sums: a backup goes by those.
async fn added_up(server: &Server) {
    let start = Instant::now();
    let has_receipts = |stats: &Value| {
        let stores = stats["stores"].as_array();
        stores.is_some_and(|stores| stores.iter().any(|store| store["receipts"].as_u64() > Some(0)))
    };
    while !has_receipts(&ask(server, "stats").await) {
        assert!(start.elapsed() < LIMIT, "receipts are added up");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Holds a server's figures and receipts against what an archive holds, once everything is saved.
async fn audit(server: &Server, archived: &Archived) {
    let start = Instant::now();
    let stats = loop {
        let stats = ask(server, "stats").await;
        if stats["backlog"] == 0 {
            break stats;
        }
        assert!(start.elapsed() < LIMIT, "everything is saved: {stats}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    for (store, expected) in &archived.receipts {
        let (mut found, mut cursor) = (0, String::new());
        loop {
            let page = ask(server, &format!("receipts?store={store}&oldest_first=true&limit=500{cursor}")).await;
            found += page["items"].as_array().map_or(0, |items| items.len() as u64);
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, *expected, "receipts of store {store}");
        let figures = stats["stores"].as_array().and_then(|all| all.iter().find(|one| one["store"] == *store));
        assert_eq!(figures.map(|figures| &figures["receipts"]), Some(&Value::from(*expected)), "{stats}");
    }
}

#[tokio::test]
async fn what_is_restored_is_what_was_there_and_goes_on() {
    let site = Site::new("backup");
    let archived = site.back_up_while_bots_sell("shop", "archive").await;
    let (is_well, said) = site.run(&["backup", &site.text("archive"), "--data", &site.text("shop")]).await;
    assert!(!is_well && said.contains("is there already"), "{said}");
    let said = site.succeed(&["restore", &site.text("archive"), "--data", &site.text("copy")]).await;
    assert!(said.contains("epoch 2"), "{said}");
    site.copy_key("shop", "copy");
    let server = site.serve("copy").await;
    audit(&server, &archived).await;
    let bots = site.bots(&server, "--stores 1 --registers 2 --sellers 2 --receipts 300 --max --seed 5");
    assert_clean(&bots.finish(LIMIT).await);
    let (is_well, said) = site.run(&["restore", &site.text("archive"), "--data", &site.text("copy")]).await;
    assert!(!is_well && said.contains("in use by another comptoir"), "{said}");
    drop(server);
    let (is_well, said) = site.run(&["restore", &site.text("archive"), "--data", &site.text("copy")]).await;
    assert!(!is_well && said.contains("is not empty"), "{said}");
}

mod mongodb {
    use super::*;

    /// A database of a test's own; it goes when this does.
    struct Database(String);

    impl Database {
        fn new(site: &Site, part: &str) -> Self {
            let server = std::env::var("COMPTOIR_TEST_MONGODB")
                .unwrap_or_else(|_| panic!("COMPTOIR_TEST_MONGODB is not set: run `cargo xtask test --only engines`"));
            let name = site.folder.path().file_name().and_then(|name| name.to_str()).expect("a plain name");
            let name = format!("comptoir-{part}-{}", name.trim_start_matches('.'));
            let (address, options) = server.split_once('?').unwrap_or((&server, ""));
            Self(format!("{}/{name}?{options}", address.trim_end_matches('/')))
        }
    }

    impl Drop for Database {
        fn drop(&mut self) {
            let uri = self.0.clone();
            let drop = async move {
                let client = ::mongodb::Client::with_uri_str(uri).await?;
                client.default_database().expect("the address names it").drop().await
            };
            let alone = || tokio::runtime::Builder::new_current_thread().enable_all().build();
            let dropped = std::thread::spawn(move || alone().map(|runtime| runtime.block_on(drop))).join();
            if !matches!(dropped, Ok(Ok(Ok(())))) {
                eprintln!("a database was left behind: {dropped:?}");
            }
        }
    }

    #[tokio::test]
    async fn data_goes_to_mongodb_by_archive_and_by_moving_and_comes_back() {
        let site = Site::new("backup-mongodb");
        let (restored, moved) = (Database::new(&site, "restored"), Database::new(&site, "moved"));
        let archived = site.back_up_while_bots_sell("shop", "archive").await;
        site.succeed(&["restore", &site.text("archive"), "--store", &restored.0]).await;
        let said = site.succeed(&["backup", &site.text("restored"), "--store", &restored.0]).await;
        assert!(said.contains("in Kafka"), "{said}");
        assert_eq!(Archived::read(&site.path("restored")).receipts, archived.receipts);

        let said = site.succeed(&["migrate", "--data", &site.text("shop"), "--store", &moved.0]).await;
        assert!(said.contains("COMPTOIR_EVENTS") && said.contains("COMPTOIR_KEY"), "{said}");
        site.succeed(&["backup", &site.text("moved"), "--store", &moved.0]).await;
        site.succeed(&["backup", &site.text("stopped"), "--data", &site.text("shop")]).await;
        let (there, here) = (Archived::read(&site.path("moved")), Archived::read(&site.path("stopped")));
        assert_eq!(there, here, "all that was sold, and nothing waits in the log");

        site.succeed(&["restore", &site.text("moved"), "--data", &site.text("back")]).await;
        site.copy_key("shop", "back");
        audit(&site.serve("back").await, &there).await;
    }
}
