//! Requests that a stop finds under way: whatever they wait for, they come to an end before the process is cut off.

use super::super::problem::Kind;
use super::super::state::App;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// How long they may still take: longer than the log takes to say that it cannot, and well under the grace of a stop.
const LAST_CALL: Duration = Duration::from_secs(15);

/// Answers a request that is not done some time after the process was asked to stop. What it has begun may come to an end all
/// the same.
pub async fn last_call(State(app): State<App>, request: Request, next: Next) -> Response {
    tokio::select! {
        biased;
        response = next.run(request) => response,
        () = closing_time(app) => Kind::CutOff.because("It took too long for a server that stops.").into_response(),
    }
}

/// Resolves some time after the process was asked to stop.
pub async fn closing_time(app: App) {
    app.stopping.cancelled().await;
    tokio::time::sleep(LAST_CALL).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::faulty::{Away, Plan, Script};
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use tokio::time::Instant;

    #[tokio::test]
    async fn what_waits_for_a_store_that_never_answers_is_answered_before_the_end() {
        let script = Script::new(Plan::default());
        let server = Server::with_script(&script).await;
        script.take_store_away(Some(Away::Hangs));
        tokio::time::pause();
        let asked = async { server.get("/api/v1/receipts?store=1").operator().send().await };
        let stop = async {
            tokio::time::sleep(LAST_CALL * 4).await;
            server.app().stopping.cancel();
            Instant::now()
        };
        let both = tokio::time::timeout(LAST_CALL * 8, async { tokio::join!(asked, stop) }).await;
        let (answer, stopped) = both.expect("it is answered");
        answer.is_problem(StatusCode::SERVICE_UNAVAILABLE, "cut-off");
        // The clock that is stopped counts in milliseconds.
        let waited = stopped.elapsed();
        assert!(LAST_CALL <= waited && waited < LAST_CALL * 2, "not before it was asked to stop: {waited:?}");
    }
}
