//! The hot functions, measured by Criterion, in the same report as everything else.

use crate::figures::Figure;
use crate::support::process;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Criterion says of a benchmark.
#[derive(Deserialize)]
struct Benchmark {
    full_id: String,
    throughput: Option<Throughput>,
}

/// How much one run does, where that is counted in things rather than bytes.
#[derive(Deserialize)]
struct Throughput {
    #[serde(default, rename = "Elements")]
    elements: Option<f64>,
}

/// How often it ran, and for how many nanoseconds, each time that it looked at the clock.
#[derive(Deserialize)]
struct Sample {
    iters: Vec<f64>,
    times: Vec<f64>,
}

/// Runs the benches called `functions` of every package.
pub fn measure() -> Vec<Figure> {
    let kept = process::logs("bench/functions");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["bench", "--workspace", "--bench", "functions"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    // Standard output is for the figures, perhaps as JSON.
    cargo.env("CRITERION_HOME", &kept).stdout(std::io::stderr());
    assert!(cargo.status().expect("cargo can be started").success(), "the benches have run");
    let mut measured: Vec<_> =
        folders(&kept).iter().flat_map(|group| folders(group)).filter_map(|it| figure(&it)).collect();
    measured.sort_by(|one, other| one.name.cmp(&other.name));
    measured
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let paths = entries.map(|entry| entry.expect("the folder can be listed").path());
    paths.filter(|path| path.is_dir()).collect()
}

/// What was measured; `None` for a folder of something else.
fn figure(folder: &Path) -> Option<Figure> {
    let benchmark: Benchmark = read(&folder.join("new/benchmark.json"))?;
    let Sample { iters, times } = read(&folder.join("new/sample.json"))?;
    let at_once = benchmark.throughput.and_then(|one_run| one_run.elements).unwrap_or(1.0);
    let each = times.iter().zip(iters).map(|(nanos, count)| nanos / count / at_once / 1000.0).collect();
    Some(Figure::alone(&format!("{}, µs each", benchmark.full_id), each, None))
}

fn read<T: DeserializeOwned>(file: &Path) -> Option<T> {
    Some(serde_json::from_slice(&fs::read(file).ok()?).expect("Criterion writes JSON"))
}
