//! `cargo xtask services`: the real event log and the real database, for tests and for trying the production engine.
//!
//! A Docker engine, where one answers, runs what `docker-compose.yml` and `services/ports.yml` say; elsewhere Java runs Apache Kafka, and a
//! server of MongoDB's protocol. The files they are built from are in `services/`.

mod docker;
mod down;
mod instance;
mod jars;
mod java;
mod kafka;
mod kind;
mod launch;
mod lent;
mod mongodb;
mod options;
mod ports;
mod probe;
mod process;
mod record;
mod status;
mod up;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum as _};
use instance::Instance;
use kind::Kind;
use launch::Launch;
pub use lent::Lent;

use crate::project::Project;

/// What to do with the services.
#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Start what does not run yet, and wait until it answers.
    Up(options::Up),
    /// Stop what `up` has started.
    Down(options::Chosen),
    /// Tell what runs, and where.
    Status(options::Chosen),
    /// Prepare a service and print, as one line of JSON, the process that a test is to start.
    Command(options::Single),
}

/// Does it.
pub fn run(project: &Project, options: &Options) -> Result<ExitCode> {
    match &options.action {
        Action::Up(options) => up::run(project, options),
        Action::Down(chosen) => down::run(project, chosen),
        Action::Status(chosen) => status::run(project, chosen),
        Action::Command(single) => command(project, single),
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the process of one service, for whoever wants to start, kill and start it again by themselves.
fn command(project: &Project, single: &options::Single) -> Result<()> {
    let instance = Instance::new(project, single.service, single.folder.as_deref())?;
    let _held = instance.hold()?;
    println!("{}", prepare(project, &instance, single.port(), single.database, &single.node)?.to_json());
    Ok(())
}

/// Sees that what both are run by is here, without starting them.
///
/// # Errors
///
/// What is missing, and how to get it.
pub fn can_start(project: &Project) -> Result<()> {
    let jdk = java::find(&project.shell()?)?;
    Kind::value_variants().iter().try_for_each(|kind| jars::class_path(project, &jdk, *kind).map(drop))
}

/// Makes everything ready that the process of a service needs.
fn prepare(
    project: &Project,
    instance: &Instance,
    port: u16,
    database: options::Database,
    node: &options::Node,
) -> Result<Launch> {
    let jdk = java::find(&project.shell()?)?;
    match instance.kind() {
        Kind::Kafka => kafka::prepare(project, &jdk, instance, port, node),
        Kind::Mongodb => mongodb::prepare(project, &jdk, instance, port, database),
    }
}
