//! `cargo xtask fuzz --in-process`: the same targets without libFuzzer. Bytes come from the corpora, by chance; nobody knows
//! which parts of the program they reach.

use super::mutator::Mutator;
use super::{files, folder};
use comptoir_fuzz::{TARGETS, Target};
use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::BuildHasher as _;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is asked for, in words: `60 forgery` for a minute of the target `forgery`.
const ASKED: &str = "COMPTOIR_FUZZ_RUN";

/// Where runs keep what they find: the inputs that reach further from libFuzzer, and those that show that something does not hold.
const KEPT: &str = "COMPTOIR_FUZZ_KEPT";

/// How long one input may take. Most take microseconds.
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
#[ignore = "cargo xtask fuzz runs it"]
fn in_process() {
    let asked = std::env::var(ASKED).expect("seconds and a target");
    let (seconds, name) = asked.split_once(' ').expect("seconds and a target");
    let target = TARGETS.iter().find(|target| target.name == name).expect("there is such a target");
    let time = Duration::from_secs(seconds.parse().expect("seconds"));
    let kept = PathBuf::from(std::env::var_os(KEPT).expect("a folder"));
    let seed = RandomState::new().hash_one(());
    let mut mutator = Mutator::new(seed, examples(target, &kept));
    let (start, mut count) = (Instant::now(), 0_u64);
    while start.elapsed() < time {
        let input = mutator.next();
        if let Err(why) = holds(target, &input) {
            panic!("{why}: {} (input {count} of seed {seed})", keep(target, &kept, &input).display());
        }
        count += 1;
    }
    println!("{count} inputs of seed {seed} in {} s", time.as_secs());
}

/// The corpus that everybody has, and what earlier runs have kept.
fn examples(target: &Target, kept: &Path) -> Vec<Vec<u8>> {
    let own = kept.join("corpus").join(target.name);
    let earlier = if own.is_dir() { files(&own) } else { BTreeMap::new() };
    files(&folder(target.name)).into_values().chain(earlier.into_values()).collect()
}

fn holds(target: &Target, input: &[u8]) -> Result<(), &'static str> {
    let (start, check) = (Instant::now(), target.check);
    catch_unwind(|| check(input)).map_err(|_| "something does not hold")?;
    if start.elapsed() < PATIENCE { Ok(()) } else { Err("an input takes too long") }
}

/// Writes an input to a file, and gives that.
fn keep(target: &Target, kept: &Path, input: &[u8]) -> PathBuf {
    let folder = kept.join("found").join(target.name);
    fs::create_dir_all(&folder).expect("the folder can be made");
    let name = RandomState::new().hash_one(input);
    let file = folder.join(format!("found-{name:016x}"));
    fs::write(&file, input).expect("the input can be kept");
    file
}

#[test]
fn what_does_not_hold_is_found_and_kept() {
    let kept = std::env::temp_dir().join(format!("comptoir-fuzz-{}", std::process::id()));
    let target = Target { name: "codes", check: |data| assert!(!data.ends_with(b"1")) };
    let mut mutator = Mutator::new(1, examples(&target, &kept));
    let mut inputs = std::iter::repeat_with(|| mutator.next()).take(10_000);
    let found = inputs.find(|input| holds(&target, input).is_err()).expect("it is found");
    assert_eq!(fs::read(keep(&target, &kept, &found)).expect("it is kept"), found);
    fs::remove_dir_all(&kept).expect("it can go");
}
