//! What can go wrong between page and server.

use crate::i18n::common;
use shared::api::problem::Problem;

/// Why there is no answer to work with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// The server refused, and says why.
    Problem {
        /// What it says.
        problem: Box<Problem>,
        /// After how many seconds it may be asked again.
        retry_after: Option<u32>,
    },
    /// The server cannot be reached, or something else answers in its place; whether it took the request is not known.
    Unreachable,
    /// The answer is none that this page understands: page and server are of different versions.
    Unreadable,
}

impl ApiError {
    /// The status of a refusal.
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Problem { problem, .. } => Some(problem.status),
            _ => None,
        }
    }

    /// Whether somebody who can do without the server has to: it cannot be reached, or cannot work.
    pub const fn is_away(&self) -> bool {
        match self {
            Self::Problem { problem, .. } => problem.status >= 500,
            Self::Unreachable => true,
            Self::Unreadable => false,
        }
    }

    /// What to tell a person: what happened and what to do.
    pub fn text(&self) -> String {
        match self {
            Self::Problem { problem, .. } => {
                let parts = [&problem.detail, &problem.safe, &problem.remedy];
                parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
            }
            Self::Unreachable => common::words().unreachable.to_owned(),
            Self::Unreadable => common::words().unreadable.to_owned(),
        }
    }
}
