//! Changing a basket by compare-and-swap.

use super::open::{find, reply, unknown};
use crate::model::basket::{self, BasketDocument};
use crate::model::update::{Change, update};
use crate::web::caller::Anyone;
use crate::web::extract::Json;
use crate::web::problem::ApiError;
use crate::web::state::App;
use crate::web::wall::moment;
use shared::api::baskets::BasketView;
use shared::basket::Basket;
use shared::ids::BasketId;

/// Changes what is in a basket, and answers with the basket as it is then.
///
/// # Errors
///
/// [`super::open::unknown`], `basket-closed`, those of `change`, and the store's.
pub async fn change(
    app: &App,
    anyone: &Anyone,
    id: BasketId,
    change: impl Fn(&mut Basket) -> Result<(), ApiError> + Send + Sync,
) -> Result<Json<BasketView>, ApiError> {
    let (_, view) = find(app, anyone, id).await?;
    let now = app.mint.now();
    let on_the_wall = moment(now, &view.store)?;
    let changed = update(&*app.store, &basket::id(id), |found: Option<BasketDocument>| {
        let mut document = found.ok_or_else(|| unknown(id))?;
        change(document.open_basket()?)?;
        document.opened_at.get_or_insert(on_the_wall);
        document.changed_at = now;
        Ok::<_, ApiError>(Change::Write(document.clone(), document))
    })
    .await?;
    reply(&changed, &view)
}
