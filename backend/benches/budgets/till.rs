//! The till in a real browser with 100,000 products, in turn with a page that does next to nothing and is compiled alike.
//! `cargo xtask bench` builds both pages and finds the browser.

use crate::figures::{Budget, Figure};
use crate::support::process;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the script in the browser has measured, in milliseconds: one entry for each time that the page was opened.
#[derive(Deserialize)]
struct Times {
    usable: Vec<f64>,
    search: Vec<Vec<f64>>,
    scan: Vec<Vec<f64>>,
    block: Vec<f64>,
}

/// Both pages.
#[derive(Deserialize)]
struct Measured {
    till: Times,
    empty: Times,
}

/// Opens both pages as often as asked.
pub fn measure(repeats: u32) -> Vec<Figure> {
    let logs = process::logs("bench/till");
    let Measured { till, empty } = play(&logs, repeats);
    let row = |name: &str, ours, bare, most: Option<f64>| {
        let name = format!("till, 100,000 products, {name}; bare: a page that does next to nothing");
        Figure::bounded(&name, ours, bare, most.map(Budget::AtMost))
    };
    let late = |times: &[Vec<f64>]| percentiles(times, 0.95);
    let mid = |times: &[Vec<f64>]| percentiles(times, 0.5);
    let sizes = [("COMPTOIR_SITE", "till"), ("COMPTOIR_BENCH_EMPTY", "empty")].map(|(site, name)| program(site, name));
    vec![
        row("usable from a warm cache, ms", till.usable, empty.usable, Some(1000.0)),
        row("search to painted, ms, p50", mid(&till.search), mid(&empty.search), None),
        row("search to painted, ms, p95", late(&till.search), late(&empty.search), Some(16.0)),
        row("scan to painted, ms, p50", mid(&till.scan), mid(&empty.scan), None),
        row("scan to painted, ms, p95", late(&till.scan), late(&empty.scan), Some(16.0)),
        row("longest block of the main thread, ms, of those over 50", till.block, empty.block, Some(50.0)),
        row("Wasm that it starts with, kB of brotli", vec![sizes[0]], vec![sizes[1]], Some(300.0)),
    ]
}

fn play(logs: &Path, repeats: u32) -> Measured {
    let file = logs.join("times.json");
    let played = Command::new("node")
        .args(["node_modules/@playwright/test/cli.js", "test", "--config", "bench.config.ts"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../e2e"))
        .env("COMPTOIR_PROGRAM", env!("CARGO_BIN_EXE_comptoir"))
        .env("COMPTOIR_BENCH_REPEATS", repeats.to_string())
        .env("COMPTOIR_BENCH_FIGURES", &file)
        .env("COMPTOIR_E2E_OUTPUT", logs)
        // Standard output is for the figures, perhaps as JSON.
        .stdout(std::io::stderr())
        .status();
    assert!(played.expect("Node starts").success(), "the till was measured");
    serde_json::from_slice(&std::fs::read(file).expect("the script writes what it measured")).expect("it is JSON")
}

/// A percentile of each time that the page was opened.
fn percentiles(times: &[Vec<f64>], share: f64) -> Vec<f64> {
    times.iter().map(|times| percentile(times.clone(), share)).collect()
}

fn percentile(mut times: Vec<f64>, share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a place among some hundred"
    )]
    let place = (share * times.len() as f64) as usize;
    times.get(place).or(times.last()).copied().expect("something was measured")
}

/// What a page's program weighs, in kB, as it goes over the wire.
fn program(variable: &str, name: &str) -> f64 {
    let folder = PathBuf::from(std::env::var_os(variable).expect("`cargo xtask bench` names the sites")).join("assets");
    let files = std::fs::read_dir(folder).expect("the site has assets").map(|file| file.expect("it can be listed"));
    let is_program = |file: &str| file.starts_with(&format!("{name}_bg-")) && file.ends_with(".wasm.br");
    let found = files.into_iter().find(|file| file.file_name().to_str().is_some_and(is_program));
    let size = found.expect("the site has a program").metadata().expect("its size is known").len();
    f64::from(u32::try_from(size).expect("a program is small")) / 1000.0
}
