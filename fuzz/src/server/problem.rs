//! What whoever sent something unreadable is told.

use crate::again::is_read_as_written;
use shared::api::problem::Problem;

/// The longest text about what was sent, in characters: it may quote that, and not all of it.
const LONGEST: usize = 500;

/// Panics where a problem is none of the sender's, says too little, or quotes too much.
pub fn says_what_to_do(problem: &Problem) {
    is_read_as_written(problem);
    assert!((400..500).contains(&problem.status), "{problem:?}");
    assert!(problem.detail.chars().count() <= LONGEST);
    assert!(![&problem.title, &problem.safe, &problem.remedy].iter().any(|text| text.is_empty()), "{problem:?}");
}
