//! Changing somebody of a store's staff, never so that the store is left without a manager.

use super::tell;
use crate::model::AnyStore;
use crate::model::seller::{self, SellerDocument, StaffChange};
use crate::model::update::{Change, update};
use crate::store::StoreError;
use crate::web::desk::Desk;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
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
        take_back(app, &before, &after).await?;
        desk.note(Act::StaffAdded { role: before.seller.role, seller: no }).await?;
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
    desk.update(&seller::id(store, no), &act(no, to), |found: Option<SellerDocument>| {
        let before = found.filter(SellerDocument::works).ok_or_else(unknown)?;
        let mut after = before.clone();
        after.change(to.clone(), now);
        Ok(if after == before { Change::Keep((before, after)) } else { Change::Write(after.clone(), (before, after)) })
    })
    .await
}

/// How the journal says it.
const fn act(seller: SellerNo, to: &StaffChange) -> Act {
    match to {
        StaffChange::Particulars { name, role, pin_hash } => {
            Act::StaffChanged { name: name.is_some(), pin: pin_hash.is_some(), role: *role, seller }
        }
        StaffChange::Dismissal => Act::StaffDismissed { seller },
    }
}

async fn take_back(app: &App, before: &SellerDocument, after: &SellerDocument) -> Result<(), ApiError> {
    update(&*app.store, &seller::id(before.store, before.seller.no), |found: Option<SellerDocument>| {
        let is_ours = found.as_ref() == Some(after);
        Ok(if is_ours { Change::Write(before.clone(), ()) } else { Change::Keep(()) })
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
