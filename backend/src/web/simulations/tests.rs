//! Simulations from their start to their end, with real bots against a real listener.

use crate::web::testing::{PATIENCE, Server};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

const PATH: &str = "/api/v1/simulations";

fn plan(rate: u32, seconds: u32) -> Value {
    json!({"stores": 1, "registers": 1, "sellers": 1, "rate": rate, "seed": 1, "seconds": seconds})
}

/// Waits until the simulation is in that state.
async fn until(server: &Server, id: &Value, state: &str) -> Value {
    let path = format!("{PATH}/{}", id.as_str().unwrap());
    let seen = async {
        loop {
            let simulation = server.get(&path).operator().send().await.json;
            if simulation["state"] == state {
                return simulation;
            }
            assert_ne!(simulation["state"], "failed", "{simulation}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulation_sells_in_a_store_of_its_own_and_ends_by_itself() {
    let server = Server::at_work().await;
    let started = server.post(PATH).operator().json(&plan(20, 2)).send().await;
    assert_eq!(started.status, StatusCode::CREATED, "{}", started.text);
    let ended = until(&server, &started.json["id"], "ended").await;
    let stores = server.get("/api/v1/stores").send().await.json;
    assert!(stores.as_array().unwrap().iter().any(|store| store["no"] == 4 && store["training"] == true), "{stores}");
    let receipts = server.get("/api/v1/receipts?store=4&limit=500").operator().send().await.json;
    assert_eq!(ended["issued"].as_u64().unwrap(), receipts["items"].as_array().unwrap().len() as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulation_is_stopped_through_its_document() {
    let server = Server::at_work().await;
    let started = server.post(PATH).operator().json(&plan(5, 86_400)).send().await;
    let path = format!("{PATH}/{}", started.json["id"].as_str().unwrap());
    let stopping = server.delete(&path).operator().send().await;
    assert_eq!((stopping.status, &stopping.json["state"]), (StatusCode::ACCEPTED, &json!("stopping")));
    until(&server, &started.json["id"], "ended").await;
    let listed = server.get(PATH).operator().send().await.json;
    assert_eq!(listed[0]["id"], started.json["id"]);
}

#[tokio::test]
async fn what_cannot_run_is_refused() {
    let server = Server::with_demo().await;
    for wrong in [
        plan(0, 1),
        plan(5_001, 1),
        plan(1, 86_401),
        json!({"stores": 101, "registers": 1, "sellers": 1, "rate": 1, "seed": 1, "seconds": 1}),
    ] {
        let reply = server.post(PATH).operator().json(&wrong).send().await;
        reply.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-simulation");
    }
    let seller = server.sign_in(1, 1).await;
    server.post(PATH).cookie(&seller).json(&plan(1, 1)).send().await.is_problem(StatusCode::FORBIDDEN, "forbidden");
    let reply = server.get(&format!("{PATH}/0190a0b0-0000-7000-8000-000000000000")).operator().send().await;
    reply.is_problem(StatusCode::NOT_FOUND, "unknown-simulation");
}
