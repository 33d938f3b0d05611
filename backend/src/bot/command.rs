//! `comptoir bot`.

use super::driver::{self, BotError, Progress, Run};
use super::options::BotOptions;
use super::report::Report;
use super::screen;
use crate::clock::Mint;
use std::process::ExitCode;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The exit code of a program that Ctrl-C ended, as shells count it: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// Runs bots as asked and prints what came of it: on standard output the result, on standard error everything else.
///
/// The exit code is 0 only when nothing was lost, duplicated, missing or wrong. Ctrl-C ends selling; what was issued is
/// then seen through and audited.
pub async fn run(options: BotOptions, mint: Mint) -> ExitCode {
    match drive(&options, mint).await {
        Ok(report) => {
            print(&report, options.json);
            if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("comptoir bot: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn drive(options: &BotOptions, mint: Mint) -> Result<Report, BotError> {
    let (progress, watched) = watch::channel(Progress::default());
    let (plan, stop) = (options.plan(), CancellationToken::new());
    let signal = tokio::spawn(stop_on_ctrl_c(stop.clone()));
    let bar = (!options.json).then(|| tokio::spawn(screen::show(plan, watched)));
    // The run owns the sender, so the bar ends with it.
    let outcome = driver::run(Run { plan, mint, progress, stop }, &options.target()).await;
    signal.abort();
    if let Some(bar) = bar {
        bar.await?;
    }
    outcome
}

async fn stop_on_ctrl_c(stop: CancellationToken) {
    if tokio::signal::ctrl_c().await.is_ok() {
        eprintln!("stopping: waiting until what was issued is saved, then auditing; again to leave at once");
        stop.cancel();
    }
    if tokio::signal::ctrl_c().await.is_ok() {
        std::process::exit(INTERRUPTED);
    }
}

fn print(report: &Report, json: bool) {
    match serde_json::to_string(report) {
        Ok(text) if json => {
            println!("{text}");
            report.faults.iter().for_each(|fault| eprintln!("comptoir bot: {fault}"));
        }
        _ => print!("{report}"),
    }
}
