//! Changing somebody of a store's staff, never so that the store is left without a manager.

use super::tell;
use crate::model::AnyStore;
use crate::model::seller::{self, SellerDocument, StaffChange};
use crate::model::update::{Change, update};
use crate::store::StoreError;
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use shared::ids::{SellerNo, StoreNo};
use shared::store::Role;

/// Changes somebody who works in a store, and tells the pages. What they are afterwards.
///
/// Two managers could dismiss each other at the same moment, each seeing the other still there. So who else manages is
/// looked at once more after the change, which is taken back where nobody does.
///
/// # Errors
///
/// [`Kind::UnknownStaff`], [`Kind::LastManager`], and the store's.
pub async fn change(app: &App, store: StoreNo, no: SellerNo, to: &StaffChange) -> Result<SellerDocument, ApiError> {
    let ends = matches!(to, StaffChange::Dismissal | StaffChange::Particulars { role: Some(Role::Seller), .. });
    if ends && is_last_manager(&*app.store, store, no).await? {
        return Err(last(store, no));
    }
    let (before, after) = write(app, store, no, to).await?;
    if before.manages() && !after.manages() && !has_manager(&*app.store, store).await? {
        take_back(app, &before, &after).await?;
        return Err(last(store, no));
    }
    if before != after {
        tell(app, store).await;
    }
    Ok(after)
}

async fn write(
    app: &App,
    store: StoreNo,
    no: SellerNo,
    to: &StaffChange,
) -> Result<(SellerDocument, SellerDocument), ApiError> {
    let now = app.mint.now();
    let unknown = || Kind::UnknownStaff.because(format!("Nobody who works in store {store} has number {no}."));
    update(&*app.store, &seller::id(store, no), |found: Option<SellerDocument>| {
        let before = found.filter(SellerDocument::works).ok_or_else(unknown)?;
        let mut after = before.clone();
        after.change(to.clone(), now);
        Ok(if after == before { Change::Keep((before, after)) } else { Change::Write(after.clone(), (before, after)) })
    })
    .await
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
