//! `cargo xtask`: build, run and test Comptoir.
//!
//! One command each for what a person would otherwise have to remember: the Wasm target, the glue, the
//! compressed copies, the flags of the demo, the order of the checks.

mod bench;
mod browser;
mod chaos;
mod environment;
mod fuzz;
mod page;
mod project;
mod run;
mod server;
mod services;
mod simulate;
mod single;
mod test;
mod tools;
mod whole;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use project::Project;
use server::Profile;

/// Build, run and test Comptoir.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the page (into target/site) and the server.
    Build {
        /// Build the server optimised; the page always is.
        #[arg(long)]
        release: bool,
        /// With this of the server's features: `kafka-tls` for TLS and SASL/SCRAM towards Kafka.
        #[arg(long, value_name = "FEATURE")]
        features: Vec<String>,
    },
    /// Build everything and start a demo server on 127.0.0.1:8080.
    Run {
        /// Do not optimise the server: it is built in half the time, and does for a look around.
        #[arg(long)]
        plain: bool,
        /// Passed on to `comptoir serve`: `cargo xtask run -- --listen 127.0.0.1:9000 --data elsewhere`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Start and stop the real event log and database, for tests and for trying the production engine.
    Services(services::Options),
    /// Check everything, from format and lints to real browsers and real faults; `--list` tells the steps.
    Test(test::Options),
    /// Run the program in simulated worlds: crashes, lost messages, zombies, forgeries, by the thousand.
    Simulate(simulate::Options),
    /// Let libFuzzer choose every byte that comes from outside, a minute for each target.
    Fuzz(fuzz::Options),
    /// Let a whole system of real processes sell, under kills, freezes and restarts of everything, and audit it.
    Chaos(chaos::Options),
    /// Measure what the design has budgets for, each beside its baseline in the same run.
    #[command(disable_help_flag = true)]
    Bench {
        /// Passed on: `cargo xtask bench --only drained --json`; `--help` tells what there is.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    let task = Cli::parse().task;
    match environment::shed_package().unwrap_or_else(|| perform(task)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<ExitCode> {
    let project = Project::find()?;
    match task {
        Task::Build { release, features } => {
            let profile = if release { Profile::Release } else { Profile::Dev };
            server::check(&features)?;
            page::build(&project)?;
            server::build(&project, profile, &features)?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Run { plain, args } => run::run(&project, if plain { Profile::Plain } else { Profile::Release }, &args),
        Task::Services(options) => services::run(&project, &options),
        Task::Test(options) => test::run(&project, &options),
        Task::Simulate(options) => simulate::run(&project, &options),
        Task::Fuzz(options) => fuzz::run(&project, &options),
        Task::Chaos(options) => chaos::run(&project, &options),
        Task::Bench { args } => bench::run(&project, &args),
    }
}
