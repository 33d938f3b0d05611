//! The program `comptoir`: an allocator, and a call.

use std::process::ExitCode;
use std::time::Duration;
use tokio::runtime::Runtime;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long threads may take that still wait for an answer, or fold the database into one file, when all else has ended: with
/// the grace of a stop less than the 30 s after which container engines kill.
const LAST_THREADS: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("comptoir: no threads can be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(comptoir::run());
    runtime.shutdown_timeout(LAST_THREADS);
    code
}
