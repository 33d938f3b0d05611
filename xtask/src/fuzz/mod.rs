//! `cargo xtask fuzz`: libFuzzer chooses the bytes from outside, or chance where there is none, and the targets of `fuzz/` say what
//! has to hold.

mod in_process;
mod libfuzzer;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::project::Project;
use crate::tools::CargoTool;

const FUZZ: CargoTool = CargoTool { name: "cargo-fuzz", version: "0.13.2" };

/// The programs of the targets, a workspace of their own.
const PROGRAMS: &str = "fuzz/libfuzzer";

/// The corpora that everybody has.
const CORPORA: &str = "fuzz/corpus";

/// What to fuzz.
#[derive(Args)]
pub struct Options {
    /// For how many seconds each target runs.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// Only this target; may be given several times.
    #[arg(long, value_name = "TARGET")]
    target: Vec<String>,
    /// Without libFuzzer: bytes by chance from the corpora, whatever they reach. So it is too where cargo-fuzz cannot be had.
    #[arg(long)]
    in_process: bool,
    /// List the targets and stop.
    #[arg(long)]
    list: bool,
}

/// Whoever chooses the bytes.
enum Fuzzer<'a> {
    LibFuzzer(libfuzzer::Bench<'a>),
    InProcess(in_process::Bench),
}

/// A target as the manifest has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Target {
    name: String,
    features: Vec<String>,
}

/// Runs the targets one after the other, and tells which of them found something.
pub fn run(project: &Project, options: &Options) -> Result<ExitCode> {
    let shell = project.shell()?;
    let targets = chosen(targets(&shell)?, &options.target)?;
    if options.list {
        for target in &targets {
            println!("{}", target.name);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let fuzzer = Fuzzer::choose(project, &shell, options.in_process)?;
    let mut failed = Vec::new();
    for target in &targets {
        println!("\n━━ {} ━━", target.name);
        if let Err(error) = fuzzer.fuzz(target, options.seconds) {
            eprintln!("{}: {error:#}", target.name);
            failed.push(&*target.name);
        }
    }
    println!("\n{}: {} passed, {} failed", fuzzer.name(), targets.len() - failed.len(), failed.len());
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "see above for {}: what was found is mended with a unit test, and its input kept as {CORPORA}/TARGET/found-WHAT",
        failed.join(", ")
    );
    Ok(ExitCode::FAILURE)
}

impl<'a> Fuzzer<'a> {
    /// libFuzzer, unless chance is asked for or all that there is.
    fn choose(project: &Project, shell: &'a Shell, in_process: bool) -> Result<Self> {
        let folder = project.target().join("fuzz");
        if !in_process {
            if let Some(program) = FUZZ.program(project, true) {
                return Ok(Self::LibFuzzer(libfuzzer::Bench { shell, program, folder }));
            }
            eprintln!("{}; until then bytes are chosen by chance, in process", FUZZ.cure());
        }
        Ok(Self::InProcess(in_process::Bench::new(project, folder)?))
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::LibFuzzer(_) => "by libFuzzer",
            Self::InProcess(_) => "in process, by chance",
        }
    }

    fn fuzz(&self, target: &Target, seconds: u32) -> Result<()> {
        match self {
            Self::LibFuzzer(bench) => bench.fuzz(target, seconds),
            Self::InProcess(bench) => bench.fuzz(target, seconds),
        }
    }
}

/// Every target, and the features that it asks for.
fn targets(shell: &Shell) -> Result<Vec<Target>> {
    let manifest = Path::new(PROGRAMS).join("Cargo.toml");
    let said = cmd!(shell, "cargo metadata --format-version 1 --no-deps --manifest-path {manifest}").quiet().read()?;
    read(&said)
}

fn read(metadata: &str) -> Result<Vec<Target>> {
    let metadata: Value = serde_json::from_str(metadata).context("reading what `cargo metadata` said")?;
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|item| item.as_str().map(ToOwned::to_owned)).collect()
    };
    let targets = metadata["packages"][0]["targets"].as_array().context("`cargo metadata` names no target")?;
    let target = |target: &Value| {
        let name = target["name"].as_str()?.to_owned();
        Some(Target { name, features: texts(&target["required-features"]) })
    };
    Ok(targets.iter().filter_map(target).collect())
}

/// Those that are named, or all.
fn chosen(targets: Vec<Target>, names: &[String]) -> Result<Vec<Target>> {
    let is_there = |name: &&String| targets.iter().any(|target| target.name == **name);
    if let Some(unknown) = names.iter().find(|name| !is_there(name)) {
        bail!("there is no target {unknown}: `cargo xtask fuzz --list` tells them");
    }
    Ok(targets.into_iter().filter(|target| names.is_empty() || names.contains(&target.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = r#"{"packages":[{"targets":[{"name":"a"},{"name":"b","required-features":["server"]}]}]}"#;

    #[test]
    fn targets_are_read_with_their_features_and_chosen_by_name() {
        let targets = read(SAID).unwrap();
        let names = |targets: &[Target]| targets.iter().map(|target| target.name.clone()).collect::<Vec<_>>();
        assert_eq!(targets[1].features, ["server"]);
        assert_eq!(names(&chosen(targets.clone(), &[]).unwrap()), ["a", "b"]);
        assert_eq!(names(&chosen(targets.clone(), &["b".to_owned()]).unwrap()), ["b"]);
        assert!(chosen(targets, &["c".to_owned()]).unwrap_err().to_string().contains("no target c"));
    }

    #[test]
    fn the_manifest_of_the_targets_is_where_it_is_looked_for() {
        let project = Project::find().unwrap();
        let targets = targets(&project.shell().unwrap()).unwrap();
        assert!(targets.iter().any(|target| target.features.is_empty()));
        assert!(targets.iter().any(|target| target.features == ["server"]));
        assert!(targets.iter().all(|target| project.root().join(CORPORA).join(&target.name).is_dir()));
    }
}
