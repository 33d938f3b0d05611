//! Refunds among what was posted, which are held against what is reserved for them.

use super::known::Item;
use super::{Signed, Verdict};
use crate::model::refund::counts;
use crate::store::StoreError;
use crate::web::problem::ApiError;
use crate::web::refunds::issued;
use crate::web::state::App;
use shared::finding::FindingKind;

/// Flags what is wrong with refunds by what the store has. It is asked for nothing else; while it is away or full, a refund is
/// taken with a flag that says so: the money was given back. What came back is then noted by the saver.
///
/// # Errors
///
/// The store's, but for its being away or full.
pub async fn judge<T: Signed>(app: &App, items: &[Item<T>], verdicts: &mut [Option<Verdict>]) -> Result<(), ApiError> {
    for (item, verdict) in items.iter().zip(verdicts) {
        let (Ok(sealed), Some(Verdict::Take(flags))) = (item, &*verdict) else { continue };
        let Some((of, refund)) = sealed.body.refund() else { continue };
        let counts = counts(flags.iter().copied());
        let faults = match app.outage.ask(true, issued::judge(app, of, refund, counts)).await {
            Ok(faults) => faults,
            Err(StoreError::Unavailable(_) | StoreError::Full(_)) => vec![FindingKind::UncheckedRefund],
            Err(error) => return Err(error.into()),
        };
        if let Some(verdict) = verdict {
            for fault in faults {
                verdict.flag(fault);
            }
        }
    }
    Ok(())
}
