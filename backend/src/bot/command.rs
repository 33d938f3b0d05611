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
/// Ctrl-C ends selling; what was issued is then seen through and audited.
pub async fn run(options: BotOptions, mint: Mint) -> ExitCode {
    let outcome = drive(&options, mint).await;
    match &outcome {
        Ok(report) => print(report, options.json),
        Err(error) => eprintln!("comptoir bot: {error}"),
    }
    exit_code(&outcome).into()
}

/// 0 only where there is a report, and nothing in it was lost, duplicated, missing or wrong.
fn exit_code(outcome: &Result<Report, BotError>) -> u8 {
    u8::from(!outcome.as_ref().is_ok_and(Report::is_clean))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::audit::Verdict;
    use crate::bot::driver::Tally;
    use std::sync::atomic::Ordering::Relaxed;
    use std::time::Duration;

    fn code(saved: u64, verdict: Verdict) -> u8 {
        let tally = Tally::new().unwrap();
        tally.issued.store(3, Relaxed);
        tally.saved.store(saved, Relaxed);
        exit_code(&Ok(Report::of(&tally, verdict, Duration::from_secs(1))))
    }

    #[test]
    fn a_clean_run_is_a_success_however_many_alerts_it_raised() {
        assert_eq!(code(3, Verdict::default()), 0);
        assert_eq!(code(3, Verdict { alerts_raised: 5, ..Verdict::default() }), 0);
    }

    #[test]
    fn whatever_is_wrong_is_a_failure() {
        for wrong in [
            Verdict { lost: 1, ..Verdict::default() },
            Verdict { duplicated: 1, ..Verdict::default() },
            Verdict { gaps: 1, ..Verdict::default() },
            Verdict { stock_errors: 1, ..Verdict::default() },
            Verdict { alerts_missed: 1, ..Verdict::default() },
            Verdict { faults: vec!["it smells".to_owned()], ..Verdict::default() },
        ] {
            assert_eq!(code(3, wrong.clone()), 1, "{wrong:?}");
        }
        assert_eq!(code(2, Verdict::default()), 1, "one was not saved");
        assert_eq!(exit_code(&Err(BotError::Stopped)), 1);
    }
}
