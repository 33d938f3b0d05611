//! `POST setup`: makes the first store, register and manager.

use crate::model::create;
use crate::model::register::{self, RegisterDocument};
use crate::model::setup_code;
use crate::web::desk::Desk;
use crate::web::extract::Json;
use crate::web::http::{ClientAddress, RequestId};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use crate::web::{sellers, sessions, stores};
use axum::extract::State;
use axum::response::IntoResponse;
use shared::api::problem::Problem;
use shared::api::sessions::Session;
use shared::api::setup::{FirstManager, SetUp};
use shared::api::stores::{NewSeller, NewStore};
use shared::author::Author;
use shared::ids::{RegisterNo, SellerNo, StoreNo};
use shared::store::{Role, Store};

/// Makes the first store, its first register and its manager, who is signed in. It takes the code that the server's log
/// tells for as long as there is no manager.
#[utoipa::path(
    post,
    path = "/setup",
    tag = "stores",
    request_body = SetUp,
    responses(
        (status = 200, body = Session, headers(("set-cookie" = String, description = "The manager's session."))),
        (status = 403, body = Problem, description = "Not the code from the server's log."),
        (status = 409, body = Problem, description = "The installation is set up already."),
        (status = 429, body = Problem, description = "Too many wrong codes or PINs from this client.", headers(("retry-after" = u32))),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(
    State(app): State<App>,
    ClientAddress(client): ClientAddress,
    request: RequestId,
    Json(SetUp { code, store, manager }): Json<SetUp>,
) -> Result<impl IntoResponse, ApiError> {
    let tried = sessions::post::bear(&app, client)?;
    if !setup_code::is_of(&app.settings.key, &code) {
        tried.was_wrong();
        return Err(Kind::WrongCode.because("The code is another one."));
    }
    drop(tried);
    if !super::is_needed(&*app.store).await? {
        return Err(Kind::SetUpAlready.because("There is a manager."));
    }
    let manager = hired(manager);
    sellers::post::validate(&manager)?;
    // The manager comes last: until then it can be asked again, with other particulars for another store.
    let no = store.no.or(begun(&app, &store).await?);
    let store = stores::post::open(&app, &NewStore { no, ..store }, &request).await?;
    let free = |no| RegisterDocument::free(store.no, no);
    // A register that is there already is as good.
    let _ = create::add(&*app.store, &register::prefix(store.no), Some(RegisterNo::FIRST), free).await?;
    let desk = Desk { app: &app, by: Author::OPERATOR, store: store.no, request: &request };
    let manager = sellers::post::hire(&desk, &manager).await?;
    tracing::info!(store = %store.no, "the installation is set up");
    sessions::begin(&app, store, manager).await
}

/// The store that a set-up with the same particulars has opened before it broke off.
async fn begun(app: &App, new: &NewStore) -> Result<Option<StoreNo>, ApiError> {
    let stores = app.store.read_all::<Store>("").await?;
    let same = stores.into_iter().find(|there| there.value == stores::post::opened(new, there.value.no));
    Ok(same.map(|same| same.value.no))
}

fn hired(FirstManager { name, pin }: FirstManager) -> NewSeller {
    NewSeller { no: Some(SellerNo::FIRST), name, role: Role::Manager, pin }
}

#[cfg(test)]
mod tests {
    use crate::model::setup_code;
    use crate::web::testing::{Reply, Server};
    use axum::http::StatusCode;
    use serde_json::{Value, json};

    fn ask(server: &Server) -> Value {
        json!({
            "code": setup_code::of(&server.app().settings.key),
            "store": {"name": "Nantes Centre", "time_zone": "Europe/Paris", "training": false},
            "manager": {"name": "Ana", "pin": "4821"},
        })
    }

    async fn set_up(server: &Server, body: &Value) -> Reply {
        server.post("/api/v1/setup").json(body).send().await
    }

    async fn needed(server: &Server) -> bool {
        server.get("/api/v1/setup").send().await.json["needed"].as_bool().unwrap()
    }

    #[tokio::test]
    async fn the_code_makes_a_store_a_register_and_a_manager_who_is_signed_in() {
        let server = Server::empty().await;
        assert!(needed(&server).await);
        let reply = set_up(&server, &ask(&server)).await;
        assert_eq!((reply.status, &reply.json["seller"]["role"]), (StatusCode::OK, &json!("manager")));
        let cookie = reply.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let store = server.get("/api/v1/stores/1").cookie(&cookie).send().await.json;
        assert_eq!((&store["name"], &store["registers"][0]["no"]), (&json!("Nantes Centre"), &json!(1)));
        let sign_in = json!({"store": 1, "seller": 1, "pin": "4821"});
        assert_eq!(server.post("/api/v1/sessions").json(&sign_in).send().await.status, StatusCode::OK);
        let second = json!({"name": "Rezé", "time_zone": "Europe/Paris", "training": false});
        let reply = server.post("/api/v1/stores").cookie(&cookie).json(&second).send().await;
        assert_eq!(reply.status, StatusCode::CREATED, "a real store's manager opens further ones");
    }

    #[tokio::test]
    async fn the_code_is_good_once() {
        let server = Server::empty().await;
        assert_eq!(set_up(&server, &ask(&server)).await.status, StatusCode::OK);
        assert!(!needed(&server).await);
        set_up(&server, &ask(&server)).await.is_problem(StatusCode::CONFLICT, "set-up-already");
        let demo = Server::with_demo().await;
        set_up(&demo, &ask(&demo)).await.is_problem(StatusCode::CONFLICT, "set-up-already");
    }

    #[tokio::test]
    async fn sellers_of_training_stores_do_not_stand_in_its_way_and_any_manager_does() {
        let server = Server::empty().await;
        let training = json!({"name": "Simulation 1 · 1", "time_zone": "Europe/Paris", "training": true});
        server.post("/api/v1/stores").operator().json(&training).send().await;
        let hire = async |name: &str, role: &str| {
            let seller = json!({"name": name, "role": role, "pin": "48210000"});
            let reply = server.post("/api/v1/stores/1/sellers").operator().json(&seller).send().await;
            assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        };
        hire("Bot 1", "seller").await;
        assert!(needed(&server).await);
        let reply = set_up(&server, &ask(&server)).await;
        assert_eq!((reply.status, &reply.json["store"]["no"]), (StatusCode::OK, &json!(2)), "a store of its own");

        let server = Server::empty().await;
        server.post("/api/v1/stores").operator().json(&training).send().await;
        let manager = json!({"name": "Léa", "role": "manager", "pin": "4821"});
        server.post("/api/v1/stores/1/sellers").operator().json(&manager).send().await;
        assert!(!needed(&server).await);
        set_up(&server, &ask(&server)).await.is_problem(StatusCode::CONFLICT, "set-up-already");
    }

    #[tokio::test]
    async fn another_code_makes_nothing_and_is_not_guessed() {
        let server = Server::empty().await;
        let mut body = ask(&server);
        body["code"] = json!("AAAAA-AAAAA-AAAAA");
        for _ in 0..30 {
            set_up(&server, &body).await.is_problem(StatusCode::FORBIDDEN, "wrong-code");
        }
        set_up(&server, &ask(&server)).await.is_problem(StatusCode::TOO_MANY_REQUESTS, "locked-out");
        assert!(needed(&server).await);
    }

    #[tokio::test]
    async fn what_is_missing_is_named_and_a_set_up_that_broke_off_goes_on() {
        let server = Server::empty().await;
        let mut body = ask(&server);
        body["manager"]["pin"] = json!("12");
        set_up(&server, &body).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-seller");
        body = ask(&server);
        body["store"]["time_zone"] = json!("Europe/Atlantis");
        set_up(&server, &body).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-store");
        for name in ["Nantes Centre", "Nantes Sud"] {
            let store = json!({"name": name, "time_zone": "Europe/Paris", "training": false});
            server.post("/api/v1/stores").operator().json(&store).send().await;
        }
        assert!(needed(&server).await, "nobody manages them");
        let reply = set_up(&server, &ask(&server)).await;
        assert_eq!((reply.status, &reply.json["store"]["no"]), (StatusCode::OK, &json!(1)), "{}", reply.text);
    }
}
