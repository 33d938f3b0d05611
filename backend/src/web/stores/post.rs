//! `POST stores`: opens a store.

use crate::model::create::{self, Added};
use crate::model::store::settings_event;
use crate::web::caller::Caller;
use crate::web::extract::Json;
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::publish::Outgoing;
use crate::web::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use shared::api::problem::Problem;
use shared::api::stores::NewStore;
use shared::event::{Event, Settings, ThresholdSetting};
use shared::ids::StoreNo;
use shared::product::Product;
use shared::store::Store;

/// Opens a store. Asking again for the same number with the same particulars gives the same store.
#[utoipa::path(
    post,
    path = "/stores",
    tag = "stores",
    request_body = NewStore,
    responses(
        (status = 201, body = Store),
        (status = 403, body = Problem),
        (status = 409, body = Problem, description = "The number is another store's."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Json(new): Json<NewStore>,
) -> Result<(StatusCode, Json<Store>), ApiError> {
    if new.training {
        caller.must_manage_training()?;
    } else {
        caller.must_manage_chain(&app).await?;
    }
    Ok((StatusCode::CREATED, Json(open(&app, &new, &request).await?)))
}

/// Opens a store; when this answers, the ledger knows what it decides by there.
///
/// # Errors
///
/// [`Kind::InvalidStore`], [`Kind::NumberTaken`], [`Kind::NumbersUsedUp`], and the store's and the log's.
pub async fn open(app: &App, new: &NewStore, request: &RequestId) -> Result<Store, ApiError> {
    validate(new)?;
    let store = add(app, new).await?;
    let events = [settings_event(&store), thresholds(app).await?].map(|event| Outgoing::new(store.no, event));
    app.publish(events.into(), request).await?;
    app.stores.forget(store.no).await;
    Ok(store)
}

fn validate(new: &NewStore) -> Result<(), ApiError> {
    validate_texts(&new.name, &new.city)?;
    TimeZone::get(&new.time_zone)
        .map(drop)
        .map_err(|_| Kind::InvalidStore.because(format!("{:?} is no IANA time zone.", shortened(&new.time_zone))))
}

/// Sees that a store can have this name and city.
///
/// # Errors
///
/// [`Kind::InvalidStore`].
pub fn validate_texts(name: &str, city: &str) -> Result<(), ApiError> {
    let printable = |text: &str| text.chars().count() <= Product::MAX_NAME && !text.chars().any(char::is_control);
    if name.trim().is_empty() || !printable(name) || !printable(city) {
        let why = "Name and city are at most 80 printable characters; the name is not empty.";
        return Err(Kind::InvalidStore.because(why));
    }
    Ok(())
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}

async fn add(app: &App, new: &NewStore) -> Result<Store, ApiError> {
    match create::add(&*app.store, "", new.no, |no| opened(new, no)).await? {
        Added::Created(store) => Ok(store),
        Added::Taken(there) if there == opened(new, there.no) => Ok(there),
        Added::Taken(there) => Err(Kind::NumberTaken.because(format!("Store {} is {}.", there.no, there.name))),
        Added::UsedUp => Err(Kind::NumbersUsedUp.because("Store numbers end at 99999.")),
    }
}

/// The store that is opened under a number.
pub fn opened(new: &NewStore, no: StoreNo) -> Store {
    Store {
        no,
        name: new.name.clone(),
        city: new.city.clone(),
        siret: new.siret.clone(),
        time_zone: new.time_zone.clone(),
        currency: new.currency,
        cut_off: new.cut_off,
        training: new.training,
        refuse_below_zero: new.refuse_below_zero,
        smallest_coin: new.smallest_coin,
        void_needs_manager: new.void_needs_manager,
    }
}

async fn thresholds(app: &App) -> Result<Event, ApiError> {
    let catalogue = app.catalogue.latest().await?;
    let setting =
        |product: &Product| Some(ThresholdSetting { sku: product.sku.clone(), threshold: product.threshold? });
    let thresholds = catalogue.products().filter_map(|document| setting(&document.product)).collect();
    Ok(Event::Settings(Settings { id: app.mint.event_id(), cut_off: None, training: None, thresholds }))
}

#[cfg(test)]
mod tests {
    use crate::web::testing::Server;
    use axum::http::StatusCode;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn a_store_is_opened_under_the_next_number_and_asking_twice_gives_it_once() {
        let server = Server::empty().await;
        let body = json!({"name": "Nantes", "time_zone": "Europe/Paris", "training": true});
        let first = server.post("/api/v1/stores").operator().json(&body).send().await;
        assert_eq!((first.status, &first.json["no"]), (StatusCode::CREATED, &json!(1)));
        let named = json!({"no": 7, "name": "Nice", "time_zone": "Europe/Paris", "training": true});
        for _ in 0..2 {
            let reply = server.post("/api/v1/stores").operator().json(&named).send().await;
            assert_eq!(reply.status, StatusCode::CREATED);
        }
        let other = json!({"no": 7, "name": "Metz", "time_zone": "Europe/Paris", "training": true});
        let reply = server.post("/api/v1/stores").operator().json(&other).send().await;
        reply.is_problem(StatusCode::CONFLICT, "number-taken");
    }

    #[tokio::test]
    async fn the_smallest_coin_is_one_that_there_is_and_a_cent_where_nothing_is_said() {
        let server = Server::empty().await;
        let of = |coin: Value| json!({"name": "Nantes", "time_zone": "Europe/Paris", "training": true, "smallest_coin": coin});
        let five = server.post("/api/v1/stores").operator().json(&of(json!(5))).send().await;
        assert_eq!((five.status, &five.json["smallest_coin"]), (StatusCode::CREATED, &json!(5)));
        for wrong in [json!(0), json!(2), json!(500), json!("5")] {
            let reply = server.post("/api/v1/stores").operator().json(&of(wrong)).send().await;
            reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-content");
        }
        let reply = server.post("/api/v1/stores").operator().json(&of(json!(2))).send().await;
        assert!(reply.text.contains("1, 5, 10, 20, 50 or 100"), "{}", reply.text);
        let body = json!({"name": "Nantes", "time_zone": "Europe/Paris", "training": true});
        let reply = server.post("/api/v1/stores").operator().json(&body).send().await;
        assert_eq!(reply.json["smallest_coin"], json!(1));
    }

    #[tokio::test]
    async fn what_no_store_can_be_is_refused() {
        let server = Server::empty().await;
        for wrong in [
            json!({"name": "", "time_zone": "Europe/Paris", "training": true}),
            json!({"name": "A\nB", "time_zone": "Europe/Paris", "training": true}),
            json!({"name": "Nantes", "time_zone": "Europe/Atlantis", "training": true}),
        ] {
            let reply = server.post("/api/v1/stores").operator().json(&wrong).send().await;
            reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-store");
        }
        let unknown_field = json!({"name": "N", "time_zone": "Europe/Paris", "training": true, "hat": 1});
        let reply = server.post("/api/v1/stores").operator().json(&unknown_field).send().await;
        reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-content");
    }

    #[tokio::test]
    async fn only_operator_and_managers_open_stores() {
        let server = Server::with_demo().await;
        let seller = server.sign_in(1, 1).await;
        let body = json!({"name": "Nantes", "time_zone": "Europe/Paris", "training": true});
        server.post("/api/v1/stores").json(&body).send().await.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
        let reply = server.post("/api/v1/stores").cookie(&seller).json(&body).send().await;
        reply.is_problem(StatusCode::FORBIDDEN, "forbidden");
    }
}
