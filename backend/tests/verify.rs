//! `comptoir verify` as somebody runs it who has nothing but a file, or an address. Logs are in `target/verify`.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod support;

use serde_json::{Value, json};
use shared::chain::Hash;
use shared::example::{Till, export};
use shared::ids::RegisterNo;
use shared::journal::Act;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};
use support::http;
use support::process;
use support::server::Server;

/// How long receipts may take to be saved on a busy machine.
const LIMIT: Duration = Duration::from_mins(1);

/// What the command said.
struct Said {
    is_well: bool,
    out: String,
    err: String,
}

fn verify(arguments: &[&str]) -> Said {
    let program = Command::new(env!("CARGO_BIN_EXE_comptoir"))
        .arg("verify")
        .args(arguments)
        .env_remove("COMPTOIR_TOKEN")
        .output()
        .expect("the built program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8");
    let is_well = program.status.code() == Some(0);
    assert!(is_well || program.status.code() == Some(1), "{:?}", program.status);
    Said { is_well, out: text(program.stdout), err: text(program.stderr) }
}

/// What it says of a file with these bytes.
fn of_file(bytes: impl AsRef<[u8]>, arguments: &[&str]) -> Said {
    let file = tempfile::NamedTempFile::new().expect("a file can be made");
    fs::write(file.path(), bytes).expect("it can be written");
    verify(&[&[file.path().to_str().expect("a plain name")], arguments].concat())
}

/// What it says of an honest export with its lines changed; `second` is the place of the second receipt of register 1.
fn of_changed(change: impl FnOnce(&mut Vec<String>, usize)) -> Said {
    let text = export(4);
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    let is_second = |line: &String| line.contains(r#""number":2,"#) && line.contains(r#""register":1,"#);
    let second = lines.iter().position(is_second).expect("there is one");
    change(&mut lines, second);
    of_file(lines.join("\n"), &[])
}

fn fails(said: &Said, why: &str) {
    assert!(!said.is_well && said.err.contains(why), "{why}: {}{}", said.out, said.err);
}

#[test]
fn a_whole_file_is_said_to_be_with_its_keys_and_its_ends() {
    let said = of_file(export(3), &[]);
    assert!(said.is_well && said.err.is_empty(), "{}", said.err);
    assert!(said.out.contains("7 receipts and 3 journal entries: every chain is whole"), "{}", said.out);
    for till in [Till::office(), Till::new(1), Till::new(2)] {
        let key = till.series_key();
        assert!(said.out.contains(&format!("series {} key {}\n", key.series, key.public_key)), "{}", said.out);
    }
    for end in ["series 1/1/A ends with receipt no. 4, hash ", "series 1/1/A ends with journal entry no. 2, hash "] {
        assert!(said.out.contains(end), "{end}: {}", said.out);
    }
}

#[test]
fn the_first_receipt_that_shows_it_is_named() {
    let first = |said: &Said, fault| fails(said, &format!("records show it, first series 1/1/A receipt {fault}"));
    let altered = of_changed(|lines, at| lines[at] = lines[at].replacen(r#""quantity":2000"#, r#""quantity":1000"#, 1));
    first(&altered, "no. 2: its content was altered");
    first(&of_changed(|lines, at| drop(lines.remove(at))), "no. 2: it is missing");
    first(&of_changed(|lines, at| lines.insert(at, lines[at].clone())), "no. 2: it was inserted");
    first(&of_changed(|lines, at| lines.swap(at, at + 1)), "no. 2: it is out of order");
}

#[test]
fn keys_that_are_known_are_the_only_ones_that_may_sign() {
    let keys = [Till::office(), Till::new(1), Till::new(2)].map(|till| till.series_key().public_key.to_string());
    let all = ["--key", &keys[0], "--key", &keys[1], "--key", &keys[2]];
    let said = of_file(export(1), &all);
    assert!(said.is_well && !said.out.contains("--key"), "{}{}", said.out, said.err);
    fails(
        &of_file(export(1), &all[..4]),
        "series 1/2/A receipt no. 1: its series is signed by a key that is none of those",
    );
}

#[test]
fn an_end_that_is_known_has_to_be_there() {
    let text = export(4);
    let ends = |said: &str, chain: &str| {
        let line = said
            .lines()
            .find(|line| line.starts_with(&format!("series 1/1/A ends with {chain} no. ")))
            .map(str::to_owned);
        let line = line.expect("the series ends");
        let (number, hash) =
            line.rsplit_once(" no. ").and_then(|(_, end)| end.split_once(", hash ")).expect("it is told");
        format!("1/1/A:{number}:{hash}")
    };
    let said = of_file(&text, &[]).out;
    let (receipt, entry) = (ends(&said, "receipt"), ends(&said, "journal entry"));
    let known = ["--head", &receipt, "--journal-head", &entry];
    assert!(of_file(&text, &known).is_well);
    // The same store some receipts earlier: nothing in the file itself shows that more were issued.
    let earlier = export(2);
    assert!(of_file(&earlier, &[]).is_well);
    let number = receipt.split(':').nth(1).expect("it has a number");
    fails(&of_file(&earlier, &known), &format!("series 1/1/A receipt no. {number}: it is not the one that you know"));
}

/// An archive that was made before its last lines said what each chain holds.
#[test]
fn archives_of_the_format_before_still_verify() {
    let text = export(2);
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    let (heading, end) = (lines[0].replace(r#""comptoir_export":4"#, r#""comptoir_export":3"#), lines.len() - 2);
    let mut ending: Value = serde_json::from_str(&lines[end]).expect("it is JSON");
    for heads in ["heads", "journals"] {
        for head in ending[heads].as_array_mut().expect("it is a list") {
            assert!(head.as_object_mut().expect("it is an object").remove("holds").is_some());
        }
    }
    let (receipts, entries) = (ending["receipts"].as_u64(), ending["entries"].as_u64());
    let ending = ending.to_string();
    let mut office = Till::office();
    office.note(Act::RegisterAdded { register: RegisterNo::FIRST });
    let seal = office.note(Act::ArchiveMade {
        ending: Hash::of(ending.as_bytes()),
        entries: entries.expect("they are counted"),
        receipts: receipts.expect("they are counted"),
    });
    let (of_today, sealed) = (lines[0].clone(), json!(seal).to_string());
    (lines[0], lines[end], lines[end + 1]) = (heading, ending, sealed);
    let said = of_file(lines.join("\n"), &[]);
    assert!(said.is_well, "{}", said.err);
    lines[0] = of_today;
    fails(&of_file(lines.join("\n"), &[]), &format!("line {} is none of an export's", end + 1));
}

#[test]
fn what_cannot_be_read_says_so() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let nowhere = folder.path().join("store-1.jsonl");
    fails(&verify(&[nowhere.to_str().expect("a plain name")]), "store-1.jsonl cannot be read: ");
    fails(&verify(&[folder.path().to_str().expect("a plain name")]), " cannot be read: ");
    fails(&of_file(b"\xff\n", &[]), " cannot be read: ");
    fails(&of_file("a shopping list\n", &[]), "line 1 is not the heading of an export");
    fails(&of_changed(|lines, _| lines.insert(1, "bread".to_owned())), "line 2 is none of an export's");
    fails(&of_changed(|lines, _| drop(lines.pop())), "the export breaks off");
}

#[tokio::test]
async fn an_address_is_read_as_a_file_is() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let server = Server::start(folder.path(), &process::logs("verify")).await;
    let address = format!("{}/api/v1/receipts/export?store=1", server.url());
    fails(&verify(&[&address, "--token", "wrong"]), " cannot be fetched: ");
    let nobody = address.replace(&server.url(), "http://127.0.0.1:1");
    fails(&verify(&[&nobody]), " cannot be fetched: ");
    sell(&server).await;
    let start = Instant::now();
    loop {
        let said = verify(&[&address, "--token", "demo"]);
        assert!(said.is_well, "{}", said.err);
        if said.out.contains("3 receipts and ") {
            assert!(said.out.contains(&Till::new(1).series_key().public_key.to_string()), "{}", said.out);
            return;
        }
        assert!(start.elapsed() < LIMIT, "the receipts are saved: {}", said.out);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Three receipts of register 1.
async fn sell(server: &Server) {
    let (http, mut till) = (http::client(LIMIT), Till::new(1));
    let post = async |path: &str, body: String| {
        let request = http.post(format!("{}/api/v1/{path}", server.url())).bearer_auth("demo");
        let reply = request.header("content-type", "application/json").body(body).send().await;
        let reply = reply.expect("the server answers");
        assert!(reply.status().is_success(), "{path}: {:?}", reply.text().await);
    };
    let enrolment = json!({"public_key": till.series_key().public_key, "take_over": false, "holder": "a test"});
    post("stores/1/registers/1/series", enrolment.to_string()).await;
    let sold: Vec<_> = (0..3).map(|_| till.sell(2)).collect();
    post("receipts", json!(sold).to_string()).await;
}
