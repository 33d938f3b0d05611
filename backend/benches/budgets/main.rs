//! The budgets of the design, each measured beside its baseline in the same run, with real processes and real services.
//! `cargo xtask bench` runs it; nothing is asserted, since machines differ: what is told are ratios.

#![expect(clippy::expect_used, reason = "a measurement that cannot be made ends the run")]
#![expect(clippy::float_arithmetic, reason = "figures are ratios, not money")]

#[path = "../../tests/support/mod.rs"]
mod support;

mod acknowledged;
mod alerted;
mod bare_kafka;
mod bare_mongodb;
mod bare_sqlite;
mod bare_websocket;
mod closing;
mod committed;
mod costs;
mod curves;
mod drained;
mod embedded;
mod figures;
mod functions;
mod growth;
mod memory;
mod report;
mod shop;
mod till;

use clap::{Parser, ValueEnum};
use curves::Curve;
use figures::Figure;
use futures_util::FutureExt as _;
use report::{Measured, Report};
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Row {
    /// The embedded engine, from HTTP to saved, against a bare batched insert into SQLite.
    Embedded,
    /// A saver that drains a log, against a bare insert of the same documents into the same server.
    Drained,
    /// How long a receipt takes to be acknowledged on Kafka, against a bare producer.
    Acknowledged,
    /// How long an alert takes to the managers at 500 receipts a second; CPU and memory meanwhile.
    Alerted,
    /// What the server reads for the closing of a day of 10,000 receipts, beside one of ten.
    Closing,
    /// The till in a real browser with 100,000 products, against a page that does next to nothing.
    Till,
    /// The hot functions by themselves, by Criterion: what a receipt costs on its way; only where it is named.
    Functions,
    /// How the cost of a receipt grows with receipts, stores, sockets and products; only where it is named, since it takes
    /// half an hour.
    Growth,
    /// Whether memory stays what it is for minutes on end.
    Memory,
}

/// What is measured where nothing is named.
const USUAL: [Row; 7] =
    [Row::Embedded, Row::Drained, Row::Acknowledged, Row::Alerted, Row::Closing, Row::Till, Row::Memory];

/// What to measure, and how often.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench")]
struct Options {
    /// Only this; may be given several times.
    #[arg(long)]
    only: Vec<Row>,
    /// Every row, those too that are measured only where they are named: takes an hour and more.
    #[arg(long, conflicts_with = "only")]
    all: bool,
    /// How often each is measured, but for those that take minutes; medians are told, with what lies around them.
    #[arg(long, default_value_t = 3)]
    repeats: u32,
    /// How many receipts a log holds that is drained.
    #[arg(long, default_value_t = 50_000)]
    receipts: u32,
    /// For how many minutes memory is watched.
    #[arg(long, default_value_t = 5)]
    minutes: u32,
    /// Print one JSON object instead of a table: what this run has measured.
    #[arg(long)]
    json: bool,
    /// Cargo says it to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let (mut report, mut code) = (Report::default(), ExitCode::SUCCESS);
    for row in options.rows() {
        eprintln!("measuring: {row:?}");
        // A row that cannot be measured has said why; the others are not lost with it.
        let Ok((figures, curves)) = AssertUnwindSafe(measure(*row, &options)).catch_unwind().await else {
            code = ExitCode::FAILURE;
            continue;
        };
        if !options.json {
            figures.iter().for_each(figures::print);
            curves.iter().for_each(curves::print);
        }
        report.rows.push(Measured::of(row.name(), figures, curves));
    }
    if options.json {
        println!("{}", report.to_json());
    }
    report.keep(&Row::value_variants().iter().map(|row| row.name()).collect::<Vec<_>>());
    code
}

impl Row {
    /// As it is called on the command line.
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

impl Options {
    fn rows(&self) -> &[Row] {
        match (self.all, &self.only[..]) {
            (true, _) => Row::value_variants(),
            (false, []) => &USUAL,
            (false, only) => only,
        }
    }
}

async fn measure(row: Row, options: &Options) -> (Vec<Figure>, Vec<Curve>) {
    let figures = match row {
        Row::Embedded => embedded::measure(options.repeats).await,
        Row::Drained => drained::measure(options.repeats, options.receipts).await,
        Row::Acknowledged => acknowledged::measure(options.repeats).await,
        Row::Alerted => alerted::measure(options.repeats).await,
        Row::Closing => closing::measure(options.repeats).await,
        Row::Till => till::measure(options.repeats),
        Row::Functions => functions::measure(),
        Row::Growth => return (Vec::new(), growth::measure().await),
        Row::Memory => memory::measure(options.minutes).await,
    };
    (figures, Vec::new())
}
