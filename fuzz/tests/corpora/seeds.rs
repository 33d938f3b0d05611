//! Real examples of what each target reads, by the names of their files.

use serde_json::json as object;
use shared::api::live::{ClientFrame, ServerFrame};
use shared::cash::Counted;
use shared::event::{Enrolment, Event, Settings, StockItem, StockMovement, ThresholdSetting};
use shared::example::{Till, export, json, product};
use shared::ids::{EventId, StoreNo};
use shared::journal::Act;
use shared::notice::{Notice, RegisterDay};
use shared::picture::{Picture, Snapshot};
use shared::position::Position;
use shared::quantity::Quantity;
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// The targets, also those that were not compiled in.
pub const TARGETS: [&str; 15] = [
    "archive",
    "bodies",
    "codes",
    "cursors",
    "export",
    "forgery",
    "frames",
    "issued",
    "ledger",
    "messages",
    "posted",
    "price_list",
    "queries",
    "records",
    "sealed",
];

/// The seeds of a target.
pub fn of(target: &str) -> BTreeMap<String, Vec<u8>> {
    let named = match target {
        "bodies" => bodies(),
        "codes" => codes(),
        "cursors" => cursors(),
        "export" => vec![("whole", export(3)), ("cut", cut_export())],
        "forgery" => changes(),
        "frames" => frames(),
        "issued" => vec![("one", "\u{1}\u{0}\u{0}\u{0}Pain de campagne".to_owned()), ("none", "\u{0}".to_owned())],
        "records" => events().iter().map(|event| (event.kind().as_str(), record(event, "\n"))).collect(),
        "sealed" => sealed(),
        "archive" => archive(),
        "ledger" => ledger(),
        "messages" => messages(),
        "posted" => posted(),
        "price_list" => price_lists(),
        "queries" => queries(),
        _ => Vec::new(),
    };
    named.into_iter().map(|(name, text)| (format!("seed-{name}"), text.into_bytes())).collect()
}

type Seeds = Vec<(&'static str, String)>;

fn sealed() -> Seeds {
    let mut till = Till::new(1);
    let sale = till.sell(2);
    let refund = till.refund(&sale).expect("a sale can be refunded");
    let count = vec![Counted { count: 3, value: 2_000.into() }];
    let closed = Act::SessionClosed { counted: count, difference: (-5).into(), expected: 6_005.into() };
    let cash = Act::CashOut { amount: 500.into(), reason: "Pain « d’hier »".to_owned() };
    let day = till.closing(&[sale.clone(), refund.clone()]);
    let [close, cash, sign, day] = [closed, cash, Act::SignedOut, day].map(|act| json(&till.note(act)));
    vec![
        ("sale", json(&sale)),
        ("refund", json(&refund)),
        ("closed", close),
        ("cash", cash),
        ("signed_out", sign),
        ("day_closed", day),
    ]
}

fn posted() -> Seeds {
    let mut till = Till::new(1);
    let receipts = [till.sell(1), till.sell(2)];
    let entry = till.note(Act::DrawerOpened);
    let broken = json(&receipts[0]).replacen("\"total\":", "\"total\":0.", 1);
    vec![
        ("one", json(&receipts[0])),
        ("many", json(&receipts)),
        ("one_broken", format!("[{broken},{}]", json(&receipts[1]))),
        ("entry", json(&[entry])),
    ]
}

fn cut_export() -> String {
    let export = export(3);
    let lines: Vec<_> = export.lines().collect();
    let (first, rest) = lines.split_at(4);
    [first, &rest[1..]].concat().join("\n")
}

/// Bytes that are taken for changes of an export.
fn changes() -> Seeds {
    let change = |kind: u8, rest: &str| format!("{}{rest}", char::from(kind * 7));
    vec![("few", (0..9).map(|kind| change(kind, "\u{1}\u{3}\u{4}\u{1}")).collect()), ("none", String::new())]
}

fn codes() -> Seeds {
    let receipt = Till::new(1).sell(1);
    vec![
        ("ean13", "4006381333931".to_owned()),
        ("ean8", "96385074".to_owned()),
        ("priced", "2112345005904".to_owned()),
        ("weighed", "2612345008405".to_owned()),
        ("sku", "FL-0001".to_owned()),
        ("receipt", receipt.code()),
    ]
}

fn cursors() -> Seeds {
    let texts =
        [("position", "1.77"), ("receipt", "1795435200000.3.1.77"), ("letter", "1-42-0"), ("signed", "+1.+077")];
    texts.map(|(name, text)| (name, text.to_owned())).into()
}

fn queries() -> Seeds {
    let searched = "store=3&series=A&number=42&product=FL-0001&amount=-1250&from=2026-11-02&to=2026-11-30&limit=50";
    let queries = [
        ("alerts", "/api/v1/alerts", "store=3&all=true&cursor=1.77&limit=20"),
        ("catalogue", "/api/v1/catalogue", "store=3&since=12&limit=500&after=FL-0001"),
        ("closings", "/api/v1/stores/{store}/closings", "register=1&from=2026-11-02&to=2026-11-30&limit=31"),
        ("completeness", "/api/v1/completeness", "store=3"),
        ("export", "/api/v1/receipts/export", "store=3"),
        ("journal", "/api/v1/journal", "store=3&register=1&seller=7&act=line_voided&oldest_first=true"),
        ("letters", "/api/v1/dead-letters", "all=false&cursor=1-42-0"),
        ("receipts", "/api/v1/receipts", searched),
        ("report", "/api/v1/stores/{store}/reports/x", "day=2026-11-30"),
        ("stats", "/api/v1/stats", "store=3&day=2026-11-30"),
        ("stock", "/api/v1/stock", "store=3&sku=%46L-0001"),
        ("year", "/api/v1/stores/{store}/closings/calendar", "year=2026"),
    ];
    queries.map(|(name, path, query)| (name, format!("{path}\n{query}"))).into()
}

fn bodies() -> Seeds {
    let id = "0190a0b0-0000-7000-8000-000000000000";
    let store = object!({"no": 3, "name": "Nantes", "city": "Nantes", "siret": "73282932000074",
        "time_zone": "Europe/Paris", "currency": "EUR", "cut_off": 240, "training": true, "void_needs_manager": true});
    let items = object!([{"sku": "SKU-0", "quantity": 12000}]);
    let receipt = Till::new(1).sell(1);
    let public_key = Till::new(1).series_key().public_key;
    let bodies = [
        ("Checkout", object!({"tenders": [{"amount": 500, "kind": "cash"}]})),
        ("Enrol", object!({"public_key": public_key, "holder": "Chromium", "take_over": true})),
        ("LineChange", object!({"quantity": 2000})),
        ("MendedLetter", object!({"kind": "delivery", "payload": {"items": items}, "store": 1})),
        ("NewBasket", object!({"seller": 7})),
        ("NewLine", object!({"gtin": "4006381333931", "quantity": 840})),
        ("NewMovement", object!({"id": id, "items": items})),
        ("NewRegister", object!({"no": 2})),
        ("NewSeller", object!({"no": 7, "name": "Inès M.", "role": "manager", "pin": "4711"})),
        (
            "NewSimulation",
            object!({"stores": 2, "registers": 2, "sellers": 3, "rate": 50, "seed": 1, "seconds": 60, "restock": true}),
        ),
        ("NewStore", store.clone()),
        ("NewTransfer", object!({"id": id, "to": 2, "items": items})),
        ("Product", object!(product(0))),
        ("Products", object!([product(0), product(1)])),
        ("ReserveRefund", object!({"lines": [{"line": 1, "quantity": 1000}]})),
        ("SellerChange", object!({"name": "Inès", "role": "seller", "pin": "4821"})),
        ("SetUp", object!({"code": "ABCD-EFGH", "store": store, "manager": {"name": "Inès M.", "pin": "4711"}})),
        ("SignIn", object!({"store": 1, "seller": 1, "pin": "4711"})),
        (
            "StoreChange",
            object!({"name": "Nantes", "refuse_below_zero": true, "siret": "73282932000074", "void_needs_manager": false}),
        ),
        ("WhichSaved", object!({"receipts": [{"id": receipt.body.id, "hash": receipt.hash}]})),
    ];
    bodies.into_iter().map(|(name, body)| (name, format!("{name}\n{body}"))).collect()
}

fn movement(number: u64, pieces: u32) -> StockMovement {
    StockMovement {
        id: EventId::mint(number, &[7; 10]),
        items: vec![StockItem { sku: product(0).sku, quantity: Quantity::pieces(pieces) }],
        at: Timestamp::from_second(1_795_435_200).expect("a moment of this century"),
        by: None,
        counterpart: None,
    }
}

fn settings() -> Settings {
    let threshold = 5_000.try_into().expect("half of par");
    Settings {
        id: EventId::mint(1, &[7; 10]),
        cut_off: 240.try_into().ok(),
        training: Some(true),
        thresholds: vec![ThresholdSetting { sku: product(0).sku, threshold }],
    }
}

/// One event of each kind, in an order in which they may happen.
fn events() -> Vec<Event> {
    let mut till = Till::new(1);
    let key = till.series_key();
    let (id, series, public_key, prev) = (EventId::mint(2, &[7; 10]), key.series, key.public_key, key.prev);
    vec![
        Event::Settings(settings()),
        Event::Enrolment(Enrolment { id, series, public_key, prev }),
        Event::Delivery(movement(3, 10)),
        Event::TransferIn(StockMovement { counterpart: StoreNo::try_from(2).ok(), ..movement(4, 2) }),
        Event::TransferOut(movement(5, 1)),
        Event::Receipt(Box::new(till.sell(3))),
        Event::Journal(Box::new(till.note(Act::DrawerOpened))),
        Event::StockCount(movement(6, 4)),
    ]
}

/// A record as the log has it, with what stands between kind and bytes.
fn record(event: &Event, between: &str) -> String {
    let (kind, bytes) = (event.kind().as_str(), event.encode().expect("an event can be encoded"));
    let version = if between == "\n" { format!(" {}", Event::VERSION) } else { String::new() };
    format!("{kind}{version}{between}{}", String::from_utf8_lossy(&bytes))
}

/// Messages of the log as a web tier writes them, with a finding and a request, and what others may have written.
fn messages() -> Seeds {
    let version = Event::VERSION;
    let message = |event: &Event, around: &str| {
        let payload = String::from_utf8_lossy(&event.encode().expect("an event can be encoded")).into_owned();
        format!("1\ntype:{}\nversion:{version}\n{around}\n{payload}", event.kind().as_str())
    };
    let [settings, .., count] = &events()[..] else { return Vec::new() };
    let sale = Event::Receipt(Box::new(Till::new(1).sell(2)));
    vec![
        ("settings", message(settings, "")),
        ("stock_count", message(count, "request:0190a0b0-0000-7000-8000-000000000000\n")),
        ("flagged", message(&sale, "flags:[\"wrong_kind\"]\nrequest:r\n")),
        ("other", "everywhere\ntype:hat\nversion:x\nflags:{}\n\n{}".to_owned()),
    ]
}

fn ledger() -> Seeds {
    let mut till = Till::new(2);
    let first = till.sell(5);
    let refund = till.refund(&first).expect("a sale can be refunded");
    // The second receipt comes before the first.
    let late = [refund, first].map(|receipt| Event::Receipt(Box::new(receipt)));
    let day: Vec<_> = events().iter().chain(&late).map(|event| record(event, " ")).collect();
    vec![("day", day.join("\n"))]
}

fn frames() -> Seeds {
    let snapshot = object!({"type": "snapshot", "stores": [Snapshot::from(Picture::empty(StoreNo::FIRST))]});
    let day = "2026-11-23".parse().expect("a day");
    let sale = Till::new(1).sell(2);
    let level = object!({"sku": "SKU-0", "on_hand": 8000, "par": 10000, "threshold": 1000});
    let series = object!({"register": 1, "letter": "A", "saved": [[1, 3], [5, 5]], "head": {"number": 3, "hash": sale.hash},
        "copies": 1, "gap_since": "2026-11-23T12:00:00Z"});
    let notice = object!({"store": 1, "position": {"epoch": 1, "offset": 7}, "saved_at": "2026-11-23T12:00:01Z",
        "backlog": 0, "levels": [level], "series": [series], "days": [RegisterDay {
            register: sale.body.register, day, receipts: 4, takings: sale.body.total }],
        "saved": [{"id": sale.body.id, "register": 1, "series": "A", "number": 1, "seller": 1, "total": sale.body.total,
            "accepted_at": "2026-11-23T12:00:00Z"}]});
    let notice: Notice = serde_json::from_value(notice).expect("a notice");
    let notice = ServerFrame::Notice(Box::new(notice));
    let beat = ServerFrame::Heartbeat { at: Timestamp::UNIX_EPOCH, backlog: 3, unplaced: 1, refused: 2 };
    let asked = ClientFrame::Subscribe { store: Some(StoreNo::FIRST) };
    vec![
        (
            "server",
            [snapshot.to_string(), json(&notice), json(&beat), json(&ServerFrame::Catalogue { version: 2 })].join("\n"),
        ),
        ("client", json(&asked)),
    ]
}

fn archive() -> Seeds {
    let position = Position { epoch: 1, offset: 1 };
    let at = "2026-11-23T12:00:00Z";
    let entry = |event: &Event| {
        let kind = event.kind().as_str();
        let name = if kind == "receipt" { "receipt" } else { "movement" };
        let body: serde_json::Value = serde_json::from_str(&json_of(event)).expect("an event is JSON");
        object!({name: {"store": 1, "position": position, "accepted_at": at, "kind": kind, "body": body}}).to_string()
    };
    let letter = object!({"dead_letter": {"position": position, "partition": 0, "store": null, "kind": "hat", "version": 4,
        "accepted_at": at, "payload": "e30=", "reason": "unknown", "mended_at": null}});
    let document = object!({"document": {"kind": "product", "id": "SKU-0", "revision": 2, "body": {"a": 1}}});
    let gone = object!({"document": {"kind": "product", "id": "BRIE", "revision": 3, "body": null}});
    let waiting = object!({"event": {"position": position, "partition": 0, "store": 1, "kind": "delivery", "version": 4,
        "accepted_at": at, "flags": ["wrong_sum"], "request_id": "r", "payload": "e30="}});
    let projection = object!({"projection": {"store": 1, "kind": "settings", "id": "settings", "position": position,
        "body": {"cut_off": 0, "training": true, "thresholds": {}}}});
    let others = [letter, document, gone, waiting, projection].map(|line| line.to_string());
    let lines: Vec<_> = events().iter().map(entry).chain(others).collect();
    vec![("entries", lines.join("\n")), ("none", String::new())]
}

fn json_of(event: &Event) -> String {
    String::from_utf8_lossy(&event.encode().expect("an event can be encoded")).into_owned()
}

fn price_lists() -> Seeds {
    let full = "sku,gtin,name,category,price,tax,unit,threshold\nFL-1,2617394000004,Pomme Gala,\"Fruits, légumes\",2.49,5.5,kilogram,15%\n\
        PAIN,,\"Pain \"\"maison\"\"\",Boulangerie,\"1,05\",5.5,piece,\n";
    let bad = "\u{feff}SKU,Name,Category,Price,Tax\nA,,B,1,5.5\nB,Brie,Fromages,abc,5.5\nB,Brie,Fromages,3,500\n";
    vec![("full", full.to_owned()), ("bad", bad.to_owned()), ("header", "sku,label\n".to_owned())]
}
