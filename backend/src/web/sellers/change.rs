//! Changing somebody of a store's staff, never so that the store is left without a manager.

use super::tell;
use crate::model::AnyStore;
use crate::model::seller::{self, SellerDocument, StaffChange};
use crate::store::StoreError;
use crate::web::desk::{Decision, Desk};
use crate::web::problem::{ApiError, Kind};
use shared::ids::{SellerNo, StoreNo};
use shared::journal::Act;
use shared::store::Role;

/// Changes somebody who works in a store, and tells the pages. What they are afterwards.
///
/// Two managers could dismiss each other at the same moment, each seeing the other still there. So who else manages is
/// looked at once more after the change, which is taken back where nobody does.
///
/// # Errors
///
/// [`Kind::UnknownStaff`], [`Kind::LastManager`], and the store's.
pub async fn change(desk: &Desk<'_>, no: SellerNo, to: &StaffChange) -> Result<SellerDocument, ApiError> {
    let (app, store) = (desk.app, desk.store);
    let ends = matches!(to, StaffChange::Dismissal | StaffChange::Particulars { role: Some(Role::Seller), .. });
    if ends && is_last_manager(&*app.store, store, no).await? {
        return Err(last(store, no));
    }
    let (before, after) = write(desk, no, to).await?;
    if before.manages() && !after.manages() && !has_manager(&*app.store, store).await? {
        take_back(desk, &before, &after).await?;
        return Err(last(store, no));
    }
    if before != after {
        tell(app, store).await;
    }
    Ok(after)
}

async fn write(desk: &Desk<'_>, no: SellerNo, to: &StaffChange) -> Result<(SellerDocument, SellerDocument), ApiError> {
    let (app, store) = (desk.app, desk.store);
    let now = app.mint.now();
    let unknown = || Kind::UnknownStaff.because(format!("Nobody who works in store {store} has number {no}."));
    desk.update(&seller::id(store, no), |found: Option<SellerDocument>| {
        let before = found.filter(SellerDocument::works).ok_or_else(unknown)?;
        let mut after = before.clone();
        after.change(to.clone(), now);
        if after == before {
            return Ok(Decision::Keep((before, after)));
        }
        Ok(Decision::Write(after.clone(), act(&before, &after), (before, after)))
    })
    .await
}

/// How the journal says what becomes of somebody.
fn act(before: &SellerDocument, after: &SellerDocument) -> Act {
    let (from, to) = (&before.seller, &after.seller);
    match (before.works(), after.works()) {
        (true, false) => Act::StaffDismissed { seller: to.no },
        (false, true) => Act::StaffAdded { role: to.role, seller: to.no },
        _ => Act::StaffChanged {
            name: from.name != to.name,
            pin: before.pin_hash != after.pin_hash,
            role: (from.role != to.role).then_some(to.role),
            seller: to.no,
        },
    }
}

async fn take_back(desk: &Desk<'_>, before: &SellerDocument, after: &SellerDocument) -> Result<(), ApiError> {
    desk.update(&seller::id(before.store, before.seller.no), |found: Option<SellerDocument>| {
        let is_ours = found.as_ref() == Some(after);
        Ok(if is_ours { Decision::Write(before.clone(), act(after, before), ()) } else { Decision::Keep(()) })
    })
    .await
}

async fn has_manager(store: &AnyStore, no: StoreNo) -> Result<bool, StoreError> {
    Ok(seller::of_store(store, no).await?.iter().any(SellerDocument::manages))
}

async fn is_last_manager(store: &AnyStore, no: StoreNo, who: SellerNo) -> Result<bool, StoreError> {
    let staff = seller::of_store(store, no).await?;
    let mut managers = staff.iter().filter(|one| one.manages()).map(|one| one.seller.no);
    Ok(managers.next() == Some(who) && managers.next().is_none())
}

fn last(store: StoreNo, no: SellerNo) -> ApiError {
    Kind::LastManager.because(format!("Seller {no} is the last manager of store {store}."))
}
