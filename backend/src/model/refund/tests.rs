//! Reservations, and refunds held against them.

use super::{Asker, RefundDocument, ReservationError, names};
use crate::testing::{Till, pieces_back, portions, refund_id, second, sku, store};
use shared::chain::Sealed;
use shared::finding::FindingKind::{ExcessRefund, UnreservedRefund};
use shared::ids::{ReceiptId, SellerNo};
use shared::quantity::Quantity;
use shared::receipt::Receipt;
use shared::refund::{RefundError, Returned};

/// Three of `A` and one of `B` that were sold, and nothing refunded.
fn sold() -> (Till, Sealed<Receipt>, RefundDocument) {
    let mut till = Till::new(1, 1);
    let receipt = till.sell(&[("A", 3), ("B", 1)]);
    (till, receipt, RefundDocument::new(store(1)))
}

fn asker(refund: ReceiptId) -> Asker {
    Asker { refund, by: Some(SellerNo::FIRST), session: Some("a".to_owned()), at: second(0) }
}

fn left(document: &RefundDocument, receipt: &Sealed<Receipt>) -> Vec<i64> {
    let refundable = document.refundable(&receipt.body).unwrap();
    refundable.left.iter().map(|portion| portion.quantity.thousandths()).collect()
}

#[test]
fn the_same_lines_are_reserved_once_in_whatever_order_and_others_are_not() {
    let (_, receipt, mut document) = sold();
    let mut reserve = |returned: &[Returned]| {
        document.reserve(&receipt.body, asker(refund_id(1)), returned).map(|(_, is_new)| is_new)
    };
    assert_eq!(reserve(&[pieces_back(1, 2), pieces_back(2, 1)]), Ok(true));
    assert_eq!(reserve(&[pieces_back(2, 1), pieces_back(1, 2)]), Ok(false));
    for others in [vec![pieces_back(1, 2)], vec![pieces_back(1, 1), pieces_back(2, 1)], vec![]] {
        assert_eq!(reserve(&others), Err(ReservationError::OtherLines(refund_id(1))));
    }
    assert_eq!((left(&document, &receipt), document.reservations.len()), (vec![1_000, 0], 1));
    let more = document.reserve(&receipt.body, asker(refund_id(2)), &[pieces_back(1, 2)]);
    let too_much = RefundError::MoreThanLeft { line: pieces_back(1, 1).line, left: Quantity::ONE };
    assert_eq!(more.unwrap_err(), too_much.into());
}

#[test]
fn what_is_let_go_of_is_left_again_and_what_is_issued_stays() {
    let (mut till, receipt, mut document) = sold();
    for id in [1, 2] {
        document.reserve(&receipt.body, asker(refund_id(id)), &[pieces_back(1, 1)]).unwrap();
    }
    assert_eq!((document.release(refund_id(1)), document.release(refund_id(1))), (Ok(true), Ok(false)));
    assert_eq!(left(&document, &receipt), [2_000, 1_000]);
    let back = till.refund(refund_id(2), 60, &receipt, &portions(&receipt, &[(1, 1)]));
    assert!(document.note(&back.body, second(60)) && !document.note(&back.body, second(61)));
    assert_eq!(document.release(refund_id(2)), Err(ReservationError::Issued(refund_id(2))));
    assert_eq!(left(&document, &receipt), [2_000, 1_000]);
}

#[test]
fn a_refund_is_held_against_what_is_reserved_for_it() {
    let (mut till, receipt, mut document) = sold();
    document.reserve(&receipt.body, asker(refund_id(1)), &[pieces_back(1, 2)]).unwrap();
    let mut faults = |pieces: &[(u64, u32)], alter: fn(&mut Receipt)| {
        let mut back = till.refund(refund_id(1), 60, &receipt, &portions(&receipt, pieces)).body;
        alter(&mut back);
        document.faults(&receipt.body, &back)
    };
    assert_eq!(faults(&[(1, 2)], |_| ()), []);
    assert_eq!(faults(&[(1, 1)], |_| ()), [], "part of it is not too much");
    assert_eq!(faults(&[(1, 3)], |_| ()), [ExcessRefund]);
    assert_eq!(faults(&[(2, 1)], |_| ()), [ExcessRefund]);
    let twice = |back: &mut Receipt| {
        back.lines.push(back.lines[0].clone());
        let refunds = back.refunds.as_mut().unwrap();
        refunds.lines.push(refunds.lines[0]);
    };
    assert_eq!(faults(&[(1, 2)], twice), [ExcessRefund]);
    assert_eq!(faults(&[(1, 2)], |back| back.lines[0].sku = sku("B")), [ExcessRefund]);
    assert_eq!(faults(&[(1, 2)], |back| back.lines[0].tax = 2000.try_into().unwrap()), [ExcessRefund]);
    assert_eq!(faults(&[(1, 2)], |back| back.refunds.as_mut().unwrap().lines.clear()), [ExcessRefund]);
    assert_eq!(faults(&[(1, 1)], |back| back.id = refund_id(2)), [UnreservedRefund]);
    assert_eq!(faults(&[(1, 2)], |back| back.id = refund_id(2)), [ExcessRefund, UnreservedRefund], "only one is left");
}

#[test]
fn what_is_reserved_is_of_its_session() {
    let (_, receipt, mut document) = sold();
    document.reserve(&receipt.body, asker(refund_id(1)), &[pieces_back(1, 1)]).unwrap();
    let operator = Asker { by: None, session: None, ..asker(refund_id(2)) };
    document.reserve(&receipt.body, operator, &[pieces_back(1, 1)]).unwrap();
    let is_of = |refund, session| document.of(refund_id(refund)).unwrap().is_of(session);
    assert!(is_of(1, Some("a")) && !is_of(1, Some("b")) && !is_of(1, None) && !is_of(2, None));
}

#[test]
fn a_refund_that_arrives_after_its_reservation_was_let_go_of_is_held_against_what_others_have_left() {
    let (mut till, receipt, mut document) = sold();
    document.reserve(&receipt.body, asker(refund_id(1)), &[pieces_back(1, 2)]).unwrap();
    let late = till.refund(refund_id(1), 60, &receipt, &portions(&receipt, &[(1, 2)])).body;
    document.release(refund_id(1)).unwrap();
    assert_eq!(document.faults(&receipt.body, &late), [UnreservedRefund], "nobody took them");
    document.reserve(&receipt.body, asker(refund_id(2)), &[pieces_back(1, 2)]).unwrap();
    assert_eq!(document.faults(&receipt.body, &late), [ExcessRefund, UnreservedRefund]);
    document.note(&late, second(60));
    assert_eq!(left(&document, &receipt), [0, 1_000]);
}

#[test]
fn what_came_back_counts_whatever_was_reserved() {
    let (mut till, receipt, mut document) = sold();
    document.reserve(&receipt.body, asker(refund_id(1)), &[pieces_back(1, 2)]).unwrap();
    let less = till.refund(refund_id(1), 60, &receipt, &portions(&receipt, &[(1, 1)]));
    document.note(&less.body, second(60));
    assert_eq!(left(&document, &receipt), [2_000, 1_000], "what did not come back is left again");
    let unreserved = till.refund(refund_id(2), 120, &receipt, &portions(&receipt, &[(2, 1)]));
    document.note(&unreserved.body, second(120));
    assert_eq!(left(&document, &receipt), [2_000, 0]);
    let again = document.faults(&receipt.body, &unreserved.body);
    assert_eq!(again, [UnreservedRefund], "also when it comes again");
    let again = document.reserve(&receipt.body, asker(refund_id(2)), &[pieces_back(2, 1)]);
    assert_eq!(again.unwrap_err(), ReservationError::Issued(refund_id(2)));
}

#[test]
fn a_refund_names_its_receipt_by_everything() {
    let (mut till, receipt, _) = sold();
    let back = till.refund(refund_id(1), 60, &receipt, &portions(&receipt, &[(1, 1)])).body;
    assert!(names(&back, &receipt.body) && !names(&receipt.body, &receipt.body));
    let other: [fn(&mut Receipt); 5] = [
        |it| it.store = store(2),
        |it| it.id = refund_id(9),
        |it| it.number = 9.try_into().unwrap(),
        |it| it.register = 9.try_into().unwrap(),
        |it| it.series = "B".parse().unwrap(),
    ];
    for (place, alter) in other.iter().enumerate() {
        let mut another = receipt.body.clone();
        alter(&mut another);
        assert!(!names(&back, &another), "{place}");
    }
}
