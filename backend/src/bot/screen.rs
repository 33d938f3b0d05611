//! The progress bar.

use super::driver::{Phase, Progress};
use super::plan::{Length, Plan};
use super::report::Millis;
use indicatif::{ProgressBar, ProgressStyle};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How often it is drawn.
const FRAME: Duration = Duration::from_millis(200);

/// Draws progress on standard error until the sender is gone; draws nothing where that is no terminal.
pub async fn show(plan: Plan, mut progress: watch::Receiver<Progress>) {
    let bar = bar(&plan);
    let mut selling_since = None;
    while progress.changed().await.is_ok() {
        let now = *progress.borrow_and_update();
        if now.phase == Phase::Selling {
            selling_since.get_or_insert_with(Instant::now);
        }
        draw(&bar, &plan, now, selling_since.map_or(Duration::ZERO, |since| since.elapsed()));
        tokio::time::sleep(FRAME).await;
    }
    bar.finish_and_clear();
}

fn bar(plan: &Plan) -> ProgressBar {
    let length = match plan.length {
        Length::Receipts(receipts) => receipts,
        Length::For(time) => time.as_secs(),
    };
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{prefix:<8} {bar:20} {percent:>3} %  {wide_msg}") {
        bar.set_style(style);
    }
    bar
}

fn draw(bar: &ProgressBar, plan: &Plan, now: Progress, selling: Duration) {
    bar.set_prefix(match now.phase {
        Phase::Opening => "opening",
        Phase::Selling => "selling",
        Phase::Draining => "saving",
        Phase::Auditing => "auditing",
    });
    bar.set_position(match plan.length {
        Length::Receipts(_) => now.saved,
        Length::For(_) => selling.as_secs(),
    });
    let rate = now.saved.checked_div(selling.as_secs()).unwrap_or(now.saved);
    bar.set_message(format!(
        "{rate}/s · {} issued · {} saved · log {} ms · saved {} ms · {} alerts",
        now.issued,
        now.saved,
        Millis(now.ack.p50),
        Millis(now.save.p50),
        now.alerts,
    ));
}
