//! Bodies of `POST receipts` and `POST journal`: one record or a list, each readable or not by itself.

use super::problem::says_what_to_do;
use crate::again::is_read_as_written;
use comptoir::probe::{Told, read_posted_entries, read_posted_receipts};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::receipts::MAX_BATCH;
use shared::chain::Sealed;
use std::fmt::Debug;

/// The target `posted`.
pub fn check(data: &[u8]) {
    is_answered(read_posted_receipts(data));
    is_answered(read_posted_entries(data));
}

fn is_answered<T: Serialize + DeserializeOwned + PartialEq + Debug>(told: Told<Vec<Told<Sealed<T>>>>) {
    match told {
        Ok(items) => {
            assert!(items.len() <= MAX_BATCH);
            for item in items {
                match item {
                    Ok(sealed) => drop(is_read_as_written(&sealed)),
                    Err(problem) => says_what_to_do(&problem),
                }
            }
        }
        Err(problem) => says_what_to_do(&problem),
    }
}
