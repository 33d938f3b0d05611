use super::*;
use crate::api::stores::StoreChange;
use crate::cash::Counted;
use crate::chain::PublicKey;
use crate::closing::{Closing, Figures, Perpetual, ToDate};
use crate::ids::{PeriodNo, ReceiptId, ReceiptNo, Sku};
use crate::money::Money;
use crate::payment::{Tender, TenderKind};
use crate::position::Position;
use crate::quantity::Quantity;
use crate::receipt::Receipt;
use crate::store::Role;
use crate::tax::TaxLine;
use proptest::prelude::*;

fn closing(total: Money) -> Closing {
    let rate = 550.try_into().unwrap();
    let period = Figures {
        absolute: total,
        receipts: 1,
        refunds: 0,
        rounding: Money::ZERO,
        taxes: vec![TaxLine { gross: total, net: total, rate, tax: Money::ZERO }],
        tenders: vec![Tender { amount: total, kind: TenderKind::Cash }],
        total,
    };
    Closing {
        day: "2026-11-23".parse().unwrap(),
        first: ReceiptNo::FIRST,
        head: Hash::GENESIS,
        last: 1,
        number: PeriodNo::FIRST,
        perpetual: Perpetual::default().after(&period),
        to_date: Some(ToDate { month: period.clone(), year: period.clone() }),
        period,
        previous: Hash::GENESIS,
    }
}

fn acts(text: &str, amount: i32) -> Vec<Act> {
    let (amount, reason) = (Money::from(amount), text.to_owned());
    let sku: Sku = "A".parse().unwrap();
    let counted = vec![Counted { count: 3, value: 500.into() }];
    vec![
        Act::ArchiveMade { ending: Hash::GENESIS, entries: 3, receipts: 4 },
        Act::BasketVoided { lines: 2, total: amount },
        Act::CashIn { amount, reason: reason.clone() },
        Act::CashOut { amount, reason },
        Act::ChainFailureFound {
            finding: FindingKind::Fork,
            journal: false,
            position: Position { epoch: 1, offset: 7 },
            record: EventId::mint(1, &[1; 10]),
        },
        Act::DayClosed(Box::new(closing(amount))),
        Act::DrawerOpened,
        Act::KeyCreated { key: PublicKey::from_bytes([3; 32]) },
        Act::LineVoided { quantity: Quantity::ONE, sku: sku.clone(), total: amount },
        Act::PriceOverridden { from: amount, sku, to: 1.into() },
        Act::RefundReleased { receipt: ReceiptId::mint(1, &[1; 10]), refund: ReceiptId::mint(2, &[1; 10]) },
        Act::Refunded {
            number: ReceiptNo::FIRST,
            receipt: ReceiptId::mint(1, &[1; 10]),
            refund: ReceiptId::mint(2, &[1; 10]),
            total: amount,
        },
        Act::RegisterAdded { register: RegisterNo::FIRST },
        Act::RegisterRevoked { register: RegisterNo::FIRST, series: SeriesLetter::nth(0).unwrap() },
        Act::Reprinted { number: ReceiptNo::FIRST, receipt: ReceiptId::mint(1, &[1; 10]) },
        Act::SessionClosed { counted, difference: amount, expected: amount },
        Act::SessionOpened { float: amount },
        Act::SettingsChanged { to: StoreChange { void_needs_manager: Some(true), ..StoreChange::default() } },
        Act::SignedIn,
        Act::SignedOut,
        Act::StaffAdded { role: Role::Seller, seller: SellerNo::FIRST },
        Act::StaffChanged { name: true, pin: false, role: Some(Role::Manager), seller: SellerNo::FIRST },
        Act::StaffDismissed { seller: SellerNo::FIRST },
        Act::VoidUndone,
    ]
}

fn entry(act: Act, manager: Option<SellerNo>) -> JournalEntry {
    let series = SeriesId { store: StoreNo::FIRST, register: RegisterNo::FIRST, letter: SeriesLetter::nth(0).unwrap() };
    let at = "2026-11-23T14:32:07.250+01:00".parse().unwrap();
    let deed = Deed { act, at, by: SellerNo::FIRST.into(), manager };
    JournalEntry::next(&series, Head::GENESIS, true, EventId::mint(1, &[2; 10]), deed).unwrap()
}

#[test]
fn every_act_has_the_kind_that_its_tag_says() {
    let kinds: Vec<_> = acts("", 1).iter().map(Act::kind).collect();
    assert_eq!(kinds, ActKind::ALL);
    for act in acts("", 1) {
        assert_eq!(serde_json::to_value(&act).unwrap()["act"], act.kind().as_str());
        assert_eq!(serde_json::to_value(act.kind()).unwrap(), act.kind().as_str());
    }
    assert!(ActKind::ALL.is_sorted_by_key(|kind| kind.as_str()));
}

#[test]
fn the_canonical_form_of_a_known_entry_stays_what_it_is() {
    let body = entry(Act::CashOut { amount: 5000.into(), reason: "Banque".to_owned() }, Some(SellerNo::MAX));
    let text = String::from_utf8(body.canonical_bytes()).unwrap();
    let known = concat!(
        r#"{"at":"2026-11-23T14:32:07.250+01:00","by":1,"canon":1,"#,
        r#""entry":{"act":"cash_out","amount":5000,"reason":"Banque"},"#,
        r#""id":"00000000-0001-7202-8202-020202020202","kind":"journal","manager":99999,"number":1,"#,
        r#""prev":"0000000000000000000000000000000000000000000000000000000000000000","register":1,"series":"A","#,
        r#""simulated":true,"store":1}"#,
    );
    assert_eq!(text, known);
}

#[test]
fn an_entry_never_passes_as_a_receipt_nor_with_what_is_not_its_own() {
    let bytes = entry(Act::SignedIn, None).canonical_bytes();
    assert!(serde_json::from_slice::<Receipt>(&bytes).is_err());
    let receipt = crate::receipt::tests::sample("Pomme Gala", 249, 840);
    assert!(serde_json::from_slice::<JournalEntry>(&receipt.canonical_bytes()).is_err());
    let text = String::from_utf8(bytes).unwrap();
    for wrong in [r#""kind":"receipt""#, r#""kind":"journal","hat":1"#] {
        assert!(serde_json::from_str::<JournalEntry>(&text.replace(r#""kind":"journal""#, wrong)).is_err());
    }
    let numbered = text.replace(r#"{"act":"signed_in"}"#, r#"{"act":"cash_in","amount":1,"reason":"","hat":1}"#);
    assert!(serde_json::from_str::<JournalEntry>(&numbered).is_err());
}

#[test]
fn the_canonical_form_of_a_known_closing_stays_what_it_is() {
    let text = String::from_utf8(entry(Act::DayClosed(Box::new(closing(100.into()))), None).canonical_bytes());
    let zeros = "0".repeat(64);
    let figures = concat!(
        r#"{"absolute":100,"receipts":1,"refunds":0,"taxes":[{"gross":100,"net":100,"rate":550,"tax":0}],"#,
        r#""tenders":[{"amount":100,"kind":"cash"}],"total":100}"#,
    );
    let known = [
        r#""entry":{"act":"day_closed","day":"2026-11-23","first":1,"head":""#,
        &zeros,
        r#"","last":1,"number":1,"period":"#,
        figures,
        r#","perpetual":{"absolute":100,"algebraic":100},"previous":""#,
        &zeros,
        r#"","to_date":{"month":"#,
        figures,
        r#","year":"#,
        figures,
        "}}",
    ];
    assert!(text.as_ref().unwrap().contains(&known.concat()), "{text:?}");
}

#[test]
fn a_closing_with_what_is_not_its_own_is_none() {
    let text = serde_json::to_string(&Act::DayClosed(Box::new(closing(100.into())))).unwrap();
    assert!(serde_json::from_str::<Act>(&text).is_ok());
    assert!(serde_json::from_str::<Act>(&text.replace(r#""first":1"#, r#""first":1,"hat":1"#)).is_err());
}

/// Beyond 2⁵³ − 1 RFC 8785 writes another number than `serde_json` does.
#[test]
fn no_count_is_beyond_what_the_canonical_form_can_hold() {
    let voided = |lines: u64| format!(r#"{{"act":"basket_voided","lines":{lines},"total":5}}"#);
    assert!(serde_json::from_str::<Act>(&voided(9_007_199_254_740_991)).is_ok());
    assert!(serde_json::from_str::<Act>(&voided(9_007_199_254_740_992)).is_err());
}

proptest! {
    #[test]
    fn canonical_bytes_are_rfc_8785_and_are_read_back(text in ".{0,20}", amount in -9_999_i32..9_999, managed in any::<bool>()) {
        for act in acts(&text, amount) {
            let body = entry(act, managed.then_some(SellerNo::MAX));
            let reference = serde_json_canonicalizer::to_vec(&serde_json::to_value(&body).unwrap()).unwrap();
            prop_assert_eq!(String::from_utf8(body.canonical_bytes()), String::from_utf8(reference));
            let read: JournalEntry = serde_json::from_slice(&body.canonical_bytes()).unwrap();
            prop_assert_eq!(read, body);
        }
    }
}
