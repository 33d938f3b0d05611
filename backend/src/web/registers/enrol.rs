//! `POST stores/{s}/registers/{r}/series`: claims a register for a key.

use crate::ledger::series::Series;
use crate::model::claim::{Claim, ClaimError, Claimed};
use crate::model::register::{self, KeyHolder, RegisterDocument, SeriesEntry};
use crate::model::update::{Change, update};
use crate::web::caller::Caller;
use crate::web::extract::{Json, Path};
use crate::web::http::RequestId;
use crate::web::problem::{ApiError, Kind};
use crate::web::publish::Outgoing;
use crate::web::state::App;
use axum::extract::State;
use shared::api::problem::Problem;
use shared::api::sessions::{Enrol, Enrolled};
use shared::chain::{Hash, Head};
use shared::closing::OpenPeriod;
use shared::event::Event;
use shared::ids::{RegisterNo, StoreNo};
use shared::mutant::Mutant;
use shared::store::Store;

/// The longest description of a holder, in characters.
const LONGEST_HOLDER: usize = 120;

/// Claims a register for a key. The same key again gets the same series again; another key is told who holds the
/// register, unless it takes it over and opens a further series.
#[utoipa::path(
    post,
    path = "/stores/{store}/registers/{register}/series",
    tag = "stores",
    params(
        ("store" = StoreNo, Path, description = "The store."),
        ("register" = RegisterNo, Path, description = "The register."),
    ),
    request_body = Enrol,
    responses(
        (status = 200, body = Enrolled),
        (status = 403, body = Problem, description = "In a real store this takes a manager."),
        (status = 404, body = Problem, description = "No such store or register."),
        (status = 409, body = Problem, description = "Another browser holds the register."),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    request: RequestId,
    Path((store, register)): Path<(StoreNo, RegisterNo)>,
    Json(enrol): Json<Enrol>,
) -> Result<Json<Enrolled>, ApiError> {
    let view = app.stores.require(store).await?;
    view.register(register)?;
    // A key that the register has had opens nothing: any seller may go on where a manager has enrolled the browser, or is
    // told that it was replaced.
    let known = view.registers.get(&register).is_some_and(|it| it.has_had(&enrol.public_key));
    if view.store.training || known {
        caller.must_work_in(&view.store)?;
    } else {
        caller.must_manage(&view.store)?;
    }
    let holder: String = enrol.holder.chars().filter(|c| !c.is_control()).take(LONGEST_HOLDER).collect();
    let ask = Ask { key: enrol.public_key, held_by: KeyHolder::Till, holder, take_over: enrol.take_over };
    let enrolled = claim(&app, &view.store, register, ask, &request).await?;
    Ok(Json(enrolled))
}

/// Who asks for a register.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The key that will sign.
    pub key: shared::chain::PublicKey,
    /// Who holds it.
    pub held_by: KeyHolder,
    /// A few words about who asks.
    pub holder: String,
    /// Whether to replace another key.
    pub take_over: bool,
}

/// Claims a register; when this answers, the log knows of the series.
///
/// # Errors
///
/// [`Kind::UnknownRegister`], those of [`ClaimError`], and the store's and the log's.
pub async fn claim(
    app: &App,
    store: &Store,
    no: RegisterNo,
    ask: Ask,
    request: &RequestId,
) -> Result<Enrolled, ApiError> {
    let register = write_claim(app, store.no, no, ask).await?;
    let entry = register.current().ok_or_else(|| Kind::Internal.because("The claimed register has no series."))?;
    if !entry.announced {
        announce(app, &register, entry, request).await?;
    }
    app.stores.forget(store.no).await;
    let series = known(app, &register, entry).await?;
    let open = series.as_ref().map_or_else(|| Some(OpenPeriod::default()), Series::running);
    Ok(Enrolled { head: head(series.as_ref(), entry), open, series: register.series_id(entry) })
}

async fn write_claim(app: &App, store: StoreNo, no: RegisterNo, ask: Ask) -> Result<RegisterDocument, ApiError> {
    let prev = prev_of_next(app, store, no).await?;
    let now = app.mint.now();
    update(&*app.store, &register::id(store, no), |found: Option<RegisterDocument>| {
        let unknown = || Kind::UnknownRegister.because(format!("Store {store} has no register {no}."));
        let mut register = found.ok_or_else(unknown)?;
        let Ask { key, held_by, holder, take_over } = ask.clone();
        let claim = Claim { public_key: key, held_by, holder, take_over, prev };
        match register.claim(claim, now)? {
            Claimed::Opened => Ok(Change::Write(register.clone(), register)),
            Claimed::HeldAlready => Ok(Change::Keep(register)),
        }
    })
    .await
}

/// The last known head of the register's latest series, which the next series names as its predecessor.
async fn prev_of_next(app: &App, store: StoreNo, no: RegisterNo) -> Result<Hash, ApiError> {
    let register = app.store.read::<RegisterDocument>(&register::id(store, no)).await?;
    match register.as_ref().and_then(|register| Some((&register.value, register.value.latest()?))) {
        Some(_) if Mutant::EnrolmentNamesNobody.is_on() => Ok(Hash::GENESIS),
        Some((register, current)) => Ok(head(known(app, register, current).await?.as_ref(), current).hash),
        None => Ok(Hash::GENESIS),
    }
}

/// A series as the ledger knows it.
async fn known(app: &App, register: &RegisterDocument, entry: &SeriesEntry) -> Result<Option<Series>, ApiError> {
    let series = app.store.one_series(&register.series_id(entry)).await?;
    Ok(series.filter(|series| series.root.is_some()))
}

/// Where a series ends as far as the ledger knows.
fn head(known: Option<&Series>, entry: &SeriesEntry) -> Head {
    known.map_or(Head { number: 0, hash: entry.prev }, Series::last)
}

/// Tells the ledger of a series, and remembers that it was told.
async fn announce(
    app: &App,
    register: &RegisterDocument,
    entry: &SeriesEntry,
    request: &RequestId,
) -> Result<(), ApiError> {
    let enrolment = Event::Enrolment(register.enrolment(entry));
    app.publish(vec![Outgoing::new(register.store, enrolment)], request).await?;
    update(&*app.store, &register::id(register.store, register.no), |found: Option<RegisterDocument>| {
        let mut found = found.unwrap_or_else(|| register.clone());
        let changed = found.mark_announced(&entry.letter);
        Ok(if changed { Change::Write(found, ()) } else { Change::Keep(()) })
    })
    .await
}

impl From<ClaimError> for ApiError {
    fn from(error: ClaimError) -> Self {
        let kind = match error {
            ClaimError::Held { .. } => Kind::RegisterHeld,
            ClaimError::Replaced => Kind::KeyReplaced,
            ClaimError::SelfService => Kind::SelfServiceRegister,
            ClaimError::HasTill { .. } => Kind::RegisterHasTill,
            ClaimError::Full => Kind::SeriesUsedUp,
        };
        kind.because(error)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Till;
    use crate::web::testing::{Server, enrol};
    use axum::http::StatusCode;
    use serde_json::json;

    #[tokio::test]
    async fn the_same_key_gets_the_same_series_and_another_one_is_told_who_holds_it() {
        let server = Server::with_demo().await;
        let seller = server.sign_in(1, 1).await;
        let (first, second) = (Till::new(1, 1), Till::new(1, 2));
        let path = "/api/v1/stores/1/registers/1/series";
        for _ in 0..2 {
            let reply = server.post(path).cookie(&seller).json(&enrol(&first, false)).send().await;
            assert_eq!(reply.status, StatusCode::OK);
            assert_eq!(reply.json["series"], json!({"store": 1, "register": 1, "letter": "A"}));
            assert_eq!(reply.json["head"]["number"], 0);
        }
        let reply = server.post(path).cookie(&seller).json(&enrol(&second, false)).send().await;
        reply.is_problem(StatusCode::CONFLICT, "register-held");
        assert!(reply.json["detail"].as_str().unwrap().contains("till 1"), "{}", reply.json);
        let reply = server.post(path).cookie(&seller).json(&enrol(&second, true)).send().await;
        assert_eq!(reply.json["series"]["letter"], "B");
        let reply = server.post(path).cookie(&seller).json(&enrol(&first, true)).send().await;
        reply.is_problem(StatusCode::CONFLICT, "key-replaced");
    }

    #[tokio::test]
    async fn nobody_enrols_unknown_registers_or_without_signing_in() {
        let server = Server::with_demo().await;
        let till = Till::new(1, 1);
        let reply =
            server.post("/api/v1/stores/1/registers/77/series").operator().json(&enrol(&till, false)).send().await;
        reply.is_problem(StatusCode::NOT_FOUND, "unknown-register");
        let reply = server.post("/api/v1/stores/1/registers/1/series").json(&enrol(&till, false)).send().await;
        reply.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }

    #[tokio::test]
    async fn two_browsers_at_once_do_not_both_get_a_register() {
        let server = Server::with_demo().await;
        let path = "/api/v1/stores/1/registers/2/series";
        let (a, b) = (enrol(&Till::new(1, 1), false), enrol(&Till::new(1, 2), false));
        let (a, b) =
            tokio::join!(server.post(path).operator().json(&a).send(), server.post(path).operator().json(&b).send());
        let mut statuses = [a.status, b.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
    }

    #[tokio::test]
    async fn in_a_real_store_a_manager_enrols_and_any_seller_goes_on_with_that_key() {
        let server = Server::empty().await;
        let ask = async |path: &str, body| server.post(path).operator().json(&body).send().await;
        ask("/api/v1/stores", json!({"no": 1, "name": "Nantes", "time_zone": "Europe/Paris", "training": false})).await;
        ask("/api/v1/stores/1/registers", json!({"no": 1})).await;
        ask("/api/v1/stores/1/sellers", json!({"no": 1, "name": "Ana", "role": "seller", "pin": "1111"})).await;
        let (seller, till, path) =
            (server.sign_in(1, 1).await, Till::real(1, 1), "/api/v1/stores/1/registers/1/series");
        let by_seller = async || server.post(path).cookie(&seller).json(&enrol(&till, false)).send().await;
        by_seller().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
        assert_eq!(ask(path, enrol(&till, false)).await.status, StatusCode::OK);
        assert_eq!(by_seller().await.status, StatusCode::OK);
    }
}
