//! Refunds: kept like any receipt, and reserved by as many as there are pieces.

use crate::model::refund::{self, Asker, RefundDocument};
use crate::model::update::{Change, update};
use crate::store::StoreError;
use crate::testing::{StoreEngine, Till, pieces_back, portions, recorded, refund_id, sale, second, sku};
use shared::api::receipts::ReceiptQuery;

async fn a_refund_comes_back_as_it_was_signed_and_is_found(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let mut till = Till::new(1, 1);
    let sold = till.sell(&[("A", 3)]);
    let back = till.refund(refund_id(1), 60, &sold, &portions(&sold, &[(1, 2)]));
    opened.save(&[recorded(1, sale(&sold)), recorded(2, sale(&back))]).await.unwrap();
    let found = opened.receipt(back.body.id).await.unwrap().unwrap().sealed;
    assert_eq!(found, back);
    assert!(found.own_findings().is_empty());
    let query = ReceiptQuery { store: Some(sold.body.store), product: Some(sku("A")), ..ReceiptQuery::default() };
    let totals: Vec<_> = opened.search(&query).await.unwrap().items.iter().map(|it| it.sealed.body.total).collect();
    assert_eq!(totals, [(-500).into(), 750.into()]);
}

async fn of_many_who_reserve_at_once_as_many_get_a_piece_as_there_are(engine: &dyn StoreEngine) {
    let opened = engine.open_store().await;
    let receipt = Till::new(1, 1).sell(&[("A", 3)]).body;
    let name = refund::id(receipt.id);
    let reserve = async |number: u64| {
        let asker = Asker { refund: refund_id(number), by: None, session: None, at: second(0) };
        update(&*opened, &name, |found| {
            let mut document = found.unwrap_or_else(|| RefundDocument::new(receipt.store));
            let got = document.reserve(&receipt, asker.clone(), &[pieces_back(1, 1)]).is_ok();
            Ok::<_, StoreError>(if got { Change::Write(document, true) } else { Change::Keep(false) })
        })
        .await
    };
    let got = futures_util::future::try_join_all((1..=20).map(reserve)).await.unwrap();
    assert_eq!(got.into_iter().filter(|got| *got).count(), 3);
    let document = opened.read::<RefundDocument>(&name).await.unwrap().unwrap().value;
    assert_eq!(document.reservations.len(), 3);
    let left = document.refundable(&receipt).unwrap().left;
    assert_eq!((left[0].quantity, left[0].amount), (0.into(), 0.into()));
}

super::on_every_engine!(
    a_refund_comes_back_as_it_was_signed_and_is_found,
    of_many_who_reserve_at_once_as_many_get_a_piece_as_there_are,
);
