//! Every file of `corpus/` through its target, without libFuzzer. Those called `seed-…` are real examples, made by
//! `seeds.rs`; those called `found-…` once showed that something did not hold.
//!
//! `COMPTOIR_UPDATE_CORPUS=1 cargo test --package comptoir-fuzz` writes the seeds anew where a format has changed.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod in_process;
mod mutator;
mod seeds;

use comptoir_fuzz::{TARGETS, bodies};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const UPDATE: &str = "COMPTOIR_UPDATE_CORPUS";

/// More than that belongs into `target/`, where a run keeps what it finds.
const MOST_BYTES: u64 = 100_000;

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("the folder can be listed").path());
    let name = |path: &Path| path.file_name().expect("it has a name").to_string_lossy().into_owned();
    paths.map(|path| (name(&path), fs::read(&path).expect("the file can be read"))).collect()
}

#[test]
fn every_file_holds() {
    for target in TARGETS {
        let files = files(&folder(target.name));
        assert!(!files.is_empty(), "{}", target.name);
        for (name, bytes) in files {
            println!("{} {name}", target.name);
            (target.check)(&bytes);
        }
    }
}

#[test]
fn the_seeds_are_what_is_written_today() {
    for target in seeds::TARGETS {
        let (folder, seeds) = (folder(target), seeds::of(target));
        assert!(!seeds.is_empty(), "{target}");
        if std::env::var_os(UPDATE).is_some() {
            write(&folder, &seeds);
        }
        let mut there = files(&folder);
        there.retain(|name, _| name.starts_with("seed-"));
        assert!(there == seeds, "the seeds of {target} are others by now: set {UPDATE}=1 and look at them");
    }
}

fn write(folder: &Path, seeds: &BTreeMap<String, Vec<u8>>) {
    fs::create_dir_all(folder).expect("the folder can be made");
    for (name, _) in files(folder).iter().filter(|(name, _)| name.starts_with("seed-") && !seeds.contains_key(*name)) {
        fs::remove_file(folder.join(name)).expect("an old seed can go");
    }
    for (name, bytes) in seeds {
        fs::write(folder.join(name), bytes).expect("a seed can be written");
    }
}

/// Bodies that have a target of their own, `posted`, which takes one record or many.
const POSTED: [&str; 2] = ["OneOrMany", "OneOrManyEntries"];

/// The bodies that the API's description knows of, by the names of their schemas; lists in the plural.
fn described() -> BTreeSet<String> {
    let description: Value =
        serde_json::from_str(include_str!("../../../docs/openapi.json")).expect("the description is JSON");
    let operations = description["paths"].as_object().into_iter().flat_map(|paths| paths.values());
    let operations = operations.filter_map(Value::as_object).flat_map(|path| path.values());
    let bodies = operations.filter_map(|operation| operation.pointer("/requestBody/content/application~1json/schema"));
    bodies.filter_map(name_of).filter(|name| !POSTED.contains(&&**name)).collect()
}

/// The name of a schema that is one, a list of one, or one that may be left out.
fn name_of(schema: &Value) -> Option<String> {
    let optional = schema["oneOf"].as_array().and_then(|choices| choices.first());
    match (optional, schema["items"].as_object()) {
        (Some(body), _) => name_of(body),
        (None, Some(_)) => Some(format!("{}s", name_of(&schema["items"])?)),
        (None, None) => schema["$ref"].as_str()?.rsplit('/').next().map(ToOwned::to_owned),
    }
}

#[test]
fn every_body_of_the_api_is_a_target() {
    assert_eq!(described(), bodies::NAMES.iter().map(|name| (*name).to_owned()).collect());
}

#[test]
fn every_body_has_a_seed_that_can_be_read() {
    let seeds = seeds::of("bodies");
    let seeded: BTreeSet<_> = seeds.keys().filter_map(|name| name.strip_prefix("seed-")).collect();
    assert_eq!(seeded, bodies::NAMES.iter().copied().collect());
    assert_eq!(seeds.iter().find(|(_, seed)| !bodies::reads(seed)), None);
}

/// The paths that the API's description knows to take a query.
#[cfg(feature = "server")]
fn queried() -> BTreeSet<String> {
    let description: Value =
        serde_json::from_str(include_str!("../../../docs/openapi.json")).expect("the description is JSON");
    let takes_query = |path: &Value| {
        let operations = path.as_object().into_iter().flat_map(|path| path.values());
        let parameters = operations.filter_map(|operation| operation["parameters"].as_array()).flatten();
        parameters.map(|parameter| &parameter["in"]).any(|place| place == "query")
    };
    let paths = description["paths"].as_object().into_iter().flatten();
    paths.filter(|(_, path)| takes_query(path)).map(|(name, _)| name.clone()).collect()
}

#[cfg(feature = "server")]
#[test]
fn every_query_of_the_api_is_a_target_with_a_seed_that_can_be_read() {
    use comptoir_fuzz::server::queries;

    assert_eq!(queried(), queries::NAMES.iter().map(|name| (*name).to_owned()).collect());
    let seeds = seeds::of("queries");
    let path = |seed: &[u8]| String::from_utf8_lossy(seed).lines().next().map(ToOwned::to_owned);
    assert_eq!(seeds.values().filter_map(|seed| path(seed)).collect::<BTreeSet<_>>(), queried());
    assert_eq!(seeds.iter().find(|(_, seed)| !queries::reads(seed)), None);
}

#[cfg(feature = "server")]
#[test]
fn messages_of_ours_are_taken_and_those_of_others_are_not() {
    for (name, seed) in seeds::of("messages") {
        assert_eq!(comptoir_fuzz::server::messages::reads(&seed), name != "seed-other", "{name}");
    }
}

#[test]
fn the_corpora_are_small() {
    let corpora = TARGETS.iter().flat_map(|target| files(&folder(target.name)).into_values());
    let bytes: u64 = corpora.map(|file| file.len() as u64).sum();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
}

#[cfg(feature = "server")]
#[test]
fn every_target_has_a_program() {
    let manifest = include_str!("../../libfuzzer/Cargo.toml");
    let name = |line: &'static str| line.strip_prefix("name = \"")?.strip_suffix('"');
    // The first is the package's own.
    let programs: BTreeSet<_> = manifest.lines().filter_map(name).skip(1).collect();
    assert_eq!(programs, TARGETS.iter().map(|target| target.name).collect());
}
