//! Letting go of what was reserved: freely in the session that reserved it, elsewhere by a manager.

use super::{left, let_go, place, post, reserve, sold, with_till};
use crate::testing::{pieces_back, portions, refund_id};
use crate::web::testing::{Reply, Server};
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::ids::ReceiptId;

async fn release(server: &Server, cookie: &str, receipt: ReceiptId, refund: u64, who: Value) -> Reply {
    server.post(&format!("{}/release", place(receipt, refund))).cookie(cookie).json(&who).send().await
}

/// The acts of the office's journal that tell of reservations.
async fn released(server: &Server) -> Vec<Value> {
    server.save_all().await;
    let found = server.get("/api/v1/journal?store=1&act=refund_released").operator().send().await;
    found.json["items"].as_array().unwrap().iter().map(|item| item["body"].clone()).collect()
}

#[tokio::test]
async fn what_another_till_has_reserved_takes_a_manager() {
    let (server, reserving, mut till) = with_till().await;
    let receipt = sold(&server, &mut till, 3).await.body.id;
    reserve(&server, &reserving, receipt, 1, &[pieces_back(1, 3)]).await;
    // The same person at another till: that one knows nothing of what the first has issued.
    let elsewhere = server.sign_in(1, 1).await;
    let_go(&server, &elsewhere, receipt, 1).await.is_problem(StatusCode::FORBIDDEN, "forbidden");
    assert_eq!(left(&server, &elsewhere, receipt).await, (0, 0));
    assert_eq!(released(&server).await, [] as [Value; 0]);

    let manager = server.sign_in(1, 9).await;
    for _ in 0..2 {
        assert_eq!(let_go(&server, &manager, receipt, 1).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(left(&server, &elsewhere, receipt).await, (3000, 750));
    let noted = released(&server).await;
    assert_eq!(noted.len(), 1, "{noted:?}");
    let act = json!({"act": "refund_released", "receipt": receipt, "refund": refund_id(1)});
    assert_eq!((&noted[0]["by"], &noted[0]["entry"], &noted[0]["register"]), (&json!(9), &act, &json!(0)));
}

#[tokio::test]
async fn a_managers_pin_lets_go_and_no_other_does() {
    let (server, reserving, mut till) = with_till().await;
    let receipt = sold(&server, &mut till, 3).await.body.id;
    reserve(&server, &reserving, receipt, 1, &[pieces_back(1, 3)]).await;
    let elsewhere = server.sign_in(1, 2).await;
    let pin = |seller: u64, pin: &str| json!({"store": 1, "seller": seller, "pin": pin});
    let own = release(&server, &elsewhere, receipt, 1, pin(2, "2222")).await;
    own.is_problem(StatusCode::FORBIDDEN, "forbidden");
    let wrong = release(&server, &elsewhere, receipt, 1, pin(9, "1234")).await;
    wrong.is_problem(StatusCode::UNAUTHORIZED, "wrong-pin");
    let nobody = release(&server, "comptoir=nobody", receipt, 1, pin(9, "9999")).await;
    nobody.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    assert_eq!(left(&server, &elsewhere, receipt).await, (0, 0));
    let allowed = release(&server, &elsewhere, receipt, 1, pin(9, "9999")).await;
    assert_eq!(allowed.status, StatusCode::NO_CONTENT, "{}", allowed.text);
    assert_eq!(left(&server, &elsewhere, receipt).await, (3000, 750));
    assert_eq!(released(&server).await.len(), 1);
}

#[tokio::test]
async fn nobody_lets_go_of_a_refund_that_is_issued() {
    let (server, reserving, mut till) = with_till().await;
    let original = sold(&server, &mut till, 3).await;
    let receipt = original.body.id;
    reserve(&server, &reserving, receipt, 1, &[pieces_back(1, 1)]).await;
    post(&server, &till.refund(refund_id(1), 600, &original, &portions(&original, &[(1, 1)]))).await;
    let who = json!({"store": 1, "seller": 9, "pin": "9999"});
    for save in [false, true] {
        if save {
            server.save_all().await;
        }
        let refused = release(&server, &reserving, receipt, 1, who.clone()).await;
        refused.is_problem(StatusCode::CONFLICT, "refund-issued");
    }
    assert_eq!(released(&server).await, [] as [Value; 0]);
}
