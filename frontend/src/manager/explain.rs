//! Why something did not work, in the page's language.

use crate::api::ApiError;
use crate::i18n::desk::problems;

/// What happened, what is safe and what to do. Where this page has no words of its own for a problem, the server's are
/// shown: they name particulars.
pub fn explain(error: &ApiError) -> String {
    let own = match error {
        ApiError::Problem { problem, .. } => problem.kind.rsplit('/').next().and_then(problems::explain),
        ApiError::Unreachable | ApiError::Unreadable => None,
    };
    own.map_or_else(|| error.text(), str::to_owned)
}
