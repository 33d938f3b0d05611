//! What a page shows of a store: a snapshot, and the notices after it.
//!
//! The hub and the pages fold notices by the same code, so a page that missed some ends with the same picture as one
//! that saw all, as soon as it gets a fresh snapshot.

use crate::finding::Finding;
use crate::ids::{RegisterNo, SeriesLetter, Sku, StoreNo};
use crate::money::Money;
use crate::mutant::Mutant;
use crate::notice::{Alert, Notice, RegisterDay, Saved, SeriesStatus, SkuLevel};
use crate::position::Position;
use crate::stock::{StockLevel, Urgency};
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// One store as of one position of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Snapshot", into = "Snapshot")]
pub struct Picture {
    store: StoreNo,
    position: Position,
    levels: Option<BTreeMap<Sku, StockLevel>>,
    alerts: BTreeMap<Sku, Alert>,
    series: BTreeMap<(RegisterNo, SeriesLetter), SeriesStatus>,
    days: BTreeMap<(Day, RegisterNo), RegisterDay>,
    recent: VecDeque<Saved>,
    findings: VecDeque<Finding>,
}

/// A picture as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Snapshot {
    /// The store.
    pub store: StoreNo,
    /// The record up to which everything below holds.
    pub position: Position,
    /// Every level; absent where the subscriber watches all stores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Vec<SkuLevel>>,
    /// The open alerts.
    pub alerts: Vec<Alert>,
    /// Every series.
    pub series: Vec<SeriesStatus>,
    /// The last days, per register.
    pub days: Vec<RegisterDay>,
    /// The receipts saved last, newest first.
    pub recent: Vec<Saved>,
    /// The latest findings, newest first.
    pub findings: Vec<Finding>,
}

impl Picture {
    /// How many receipts and findings a picture remembers.
    pub const MEMORY: usize = 50;

    /// A store of which nothing is known yet.
    pub fn empty(store: StoreNo) -> Self {
        Snapshot {
            store,
            position: Position::default(),
            levels: Some(Vec::new()),
            alerts: Vec::new(),
            series: Vec::new(),
            days: Vec::new(),
            recent: Vec::new(),
            findings: Vec::new(),
        }
        .into()
    }

    /// The same with these levels.
    #[must_use]
    pub fn with_levels(mut self, levels: &[SkuLevel]) -> Self {
        self.take_levels(levels);
        self
    }

    /// The store.
    pub const fn store(&self) -> StoreNo {
        self.store
    }

    /// The record up to which it holds.
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Takes a notice and tells whether it changed anything. Of one that is not ahead of the picture only the findings
    /// are taken: each has a name, and one of a record that waits for an upgrade moves nothing else.
    pub fn apply(&mut self, notice: &Notice) -> bool {
        if notice.store != self.store {
            return false;
        }
        let has_findings = self.take_findings(&notice.findings);
        if notice.position <= self.position && !Mutant::PictureTakesOldNotices.is_on() {
            return has_findings;
        }
        self.position = notice.position;
        // An alert says what was left when it was raised; the levels are as of the end of the batch.
        self.take_alerts(&notice.raised, &notice.cleared);
        self.take_levels(&notice.levels);
        for status in &notice.series {
            self.series.insert((status.register, status.letter.clone()), status.clone());
        }
        for day in &notice.days {
            self.days.insert((day.day, day.register), day.clone());
        }
        if !Mutant::PictureForgetsSales.is_on() {
            self.take_sales(&notice.saved);
        }
        true
    }

    /// Keeps the latest by their places in the log. A snapshot may list what is saved and not in its position yet.
    fn take_sales(&mut self, saved: &[Saved]) {
        for saved in saved.iter().filter(|saved| !saved.again) {
            let place = self.recent.partition_point(|known| known.position > saved.position);
            if place < Self::MEMORY && !self.recent.iter().any(|known| known.id == saved.id) {
                self.recent.insert(place, saved.clone());
                self.recent.truncate(Self::MEMORY);
            }
        }
    }

    /// Keeps the latest by their places in the log, in whatever order they come.
    fn take_findings(&mut self, found: &[Finding]) -> bool {
        let mut has_changed = false;
        for finding in found.iter().filter(|finding| !self.knows(finding)).cloned().collect::<Vec<_>>() {
            let name = (finding.position, finding.kind);
            let place = self.findings.partition_point(|known| (known.position, known.kind) > name);
            if place < Self::MEMORY {
                self.findings.insert(place, finding);
                self.findings.truncate(Self::MEMORY);
                has_changed = true;
            }
        }
        has_changed
    }

    fn knows(&self, finding: &Finding) -> bool {
        self.findings.iter().any(|known| (known.position, known.kind) == (finding.position, finding.kind))
    }

    fn take_levels(&mut self, changed: &[SkuLevel]) {
        for SkuLevel { sku, level } in changed {
            if let Some(alert) = self.alerts.get_mut(sku) {
                (alert.on_hand, alert.par) = (level.on_hand, level.par);
            }
            if let Some(levels) = &mut self.levels {
                levels.insert(sku.clone(), *level);
            }
        }
    }

    fn take_alerts(&mut self, raised: &[Alert], cleared: &[Alert]) {
        for alert in raised {
            self.alerts.insert(alert.sku.clone(), alert.clone());
        }
        for alert in cleared {
            let is_open = self.alerts.get(&alert.sku).is_some_and(|open| open.raised <= alert.raised);
            if is_open && !Mutant::PictureKeepsAlerts.is_on() {
                self.alerts.remove(&alert.sku);
            }
        }
    }

    /// The level of a product, where the picture holds levels and the store has had the product.
    pub fn level(&self, sku: &Sku) -> Option<&StockLevel> {
        self.levels.as_ref()?.get(sku)
    }

    /// Every level that is known.
    pub fn levels(&self) -> impl Iterator<Item = (&Sku, &StockLevel)> {
        self.levels.iter().flatten()
    }

    /// The open alerts, most urgent first: nothing left before little left, then the oldest.
    pub fn alerts(&self) -> Vec<&Alert> {
        let mut alerts: Vec<_> = self.alerts.values().collect();
        alerts.sort_by_key(|alert| (alert.urgency(), alert.raised_at));
        alerts
    }

    /// Every series, by register and letter.
    pub fn series(&self) -> impl Iterator<Item = &SeriesStatus> {
        self.series.values()
    }

    /// What each register took, by day.
    pub fn days(&self) -> impl Iterator<Item = &RegisterDay> {
        self.days.values()
    }

    /// The receipts and takings of one day, over all registers.
    pub fn day_total(&self, day: Day) -> (u64, Money) {
        let of_day = self.days.values().filter(|entry| entry.day == day);
        of_day.fold((0, Money::ZERO), |(n, sum), entry| (n + entry.receipts, sum.saturating_plus(entry.takings)))
    }

    /// The receipts saved last, newest first.
    pub fn recent(&self) -> impl Iterator<Item = &Saved> {
        self.recent.iter()
    }

    /// The latest findings, newest first.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter()
    }

    /// How many receipts are saved, over all series and days.
    pub fn saved_count(&self) -> u64 {
        self.series.values().map(|series| series.saved.count()).sum()
    }

    /// Whether this shows the same levels, alerts, series, sales and findings as the other, and every day of it: what nobody
    /// else would tell a page that missed it. It may show earlier days, too.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let sales = |picture: &Self| picture.recent.iter().map(|saved| saved.id).collect::<Vec<_>>();
        (&self.levels, &self.alerts, &self.series) == (&other.levels, &other.alerts, &other.series)
            && other.days.iter().all(|(key, day)| self.days.get(key) == Some(day))
            && sales(self) == sales(other)
            && self.findings.len() == other.findings.len()
            && self.findings.iter().all(|finding| other.knows(finding))
    }

    /// The same picture without levels, for whoever watches all stores.
    #[must_use]
    pub fn without_levels(&self) -> Self {
        Self { levels: None, ..self.clone() }
    }
}

impl Alert {
    /// How urgent it is by what is left.
    pub fn urgency(&self) -> Urgency {
        if self.on_hand.thousandths() <= 0 { Urgency::Out } else { Urgency::Low }
    }
}

/// A map of entries. One by one, by the code that notices need anyway: `collect` would sort them first, and each sort of
/// another type costs a page some kilobytes.
fn by_key<K: Ord, V>(entries: impl Iterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}

impl From<Snapshot> for Picture {
    fn from(snapshot: Snapshot) -> Self {
        let key = |status: &SeriesStatus| (status.register, status.letter.clone());
        Self {
            store: snapshot.store,
            position: snapshot.position,
            levels: snapshot.levels.map(|levels| by_key(levels.into_iter().map(|entry| (entry.sku, entry.level)))),
            alerts: by_key(snapshot.alerts.into_iter().map(|alert| (alert.sku.clone(), alert))),
            series: by_key(snapshot.series.into_iter().map(|status| (key(&status), status))),
            days: by_key(snapshot.days.into_iter().map(|day| ((day.day, day.register), day))),
            recent: snapshot.recent.into(),
            findings: snapshot.findings.into(),
        }
    }
}

impl From<Picture> for Snapshot {
    fn from(picture: Picture) -> Self {
        let entries = |levels: BTreeMap<Sku, StockLevel>| {
            levels.into_iter().map(|(sku, level)| SkuLevel { sku, level }).collect()
        };
        Self {
            store: picture.store,
            position: picture.position,
            levels: picture.levels.map(entries),
            alerts: picture.alerts.into_values().collect(),
            series: picture.series.into_values().collect(),
            days: picture.days.into_values().collect(),
            recent: picture.recent.into(),
            findings: picture.findings.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::EventId;
    use crate::quantity::Quantity;
    use crate::time::Timestamp;

    fn notice(offset: u64) -> Notice {
        Notice {
            store: StoreNo::FIRST,
            position: Position { epoch: 1, offset },
            saved_at: Timestamp::UNIX_EPOCH,
            backlog: 0,
            saved: vec![],
            levels: vec![],
            raised: vec![],
            cleared: vec![],
            series: vec![],
            days: vec![],
            findings: vec![],
        }
    }

    fn alert(offset: u64) -> Alert {
        Alert {
            store: StoreNo::FIRST,
            sku: "A".parse().unwrap(),
            raised: Position { epoch: 1, offset },
            cause: EventId::mint(0, &[0; 10]),
            raised_at: Timestamp::UNIX_EPOCH,
            on_hand: Quantity::ONE,
            par: Quantity::pieces(20),
            cleared_at: None,
        }
    }

    fn level(on_hand: u32) -> SkuLevel {
        let level =
            StockLevel { on_hand: Quantity::pieces(on_hand), par: Quantity::pieces(20), ..StockLevel::default() };
        SkuLevel { sku: "A".parse().unwrap(), level }
    }

    #[test]
    fn only_moves_forward() {
        let mut picture = Picture::empty(StoreNo::FIRST);
        assert!(picture.apply(&Notice { levels: vec![level(5)], ..notice(2) }));
        assert!(!picture.apply(&Notice { levels: vec![level(9)], ..notice(1) }));
        assert!(!picture.apply(&Notice { levels: vec![level(9)], ..notice(2) }));
        assert_eq!(picture.level(&"A".parse().unwrap()).unwrap().on_hand, Quantity::pieces(5));
    }

    #[test]
    fn an_alert_follows_what_is_left_until_it_is_cleared() {
        let mut picture = Picture::empty(StoreNo::FIRST).without_levels();
        picture.apply(&Notice { raised: vec![alert(1)], levels: vec![level(1)], ..notice(1) });
        picture.apply(&Notice { levels: vec![level(0)], ..notice(2) });
        assert_eq!(picture.alerts()[0].urgency(), Urgency::Out);
        picture.apply(&Notice { cleared: vec![alert(1)], ..notice(3) });
        assert!(picture.alerts().is_empty());
    }

    #[test]
    fn an_alert_raised_and_cleared_in_one_batch_is_not_open() {
        let mut picture = Picture::empty(StoreNo::FIRST);
        picture.apply(&Notice { raised: vec![alert(1), alert(3)], cleared: vec![alert(1)], ..notice(4) });
        assert_eq!(picture.alerts()[0].raised.offset, 3);
        picture.apply(&Notice { raised: vec![alert(6)], cleared: vec![alert(3), alert(6)], ..notice(7) });
        assert!(picture.alerts().is_empty());
    }

    #[test]
    fn an_alert_shows_what_is_left_at_the_end_of_its_batch() {
        let mut picture = Picture::empty(StoreNo::FIRST);
        picture.apply(&Notice { raised: vec![alert(1)], levels: vec![level(0)], ..notice(2) });
        assert_eq!(picture.alerts()[0].urgency(), Urgency::Out);
    }

    fn finding(offset: u64) -> Finding {
        Finding {
            store: StoreNo::FIRST,
            position: Position { epoch: 1, offset },
            kind: crate::finding::FindingKind::Fork,
            event: None,
            journal: false,
            detail: String::new(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_finding_is_shown_once() {
        let mut picture = Picture::empty(StoreNo::FIRST);
        for offset in 1..=2 {
            picture.apply(&Notice { findings: vec![finding(1)], ..notice(offset) });
        }
        assert_eq!(picture.findings().count(), 1);
    }

    #[test]
    fn findings_come_in_any_order_and_the_latest_stay() {
        let mut picture = Picture::empty(StoreNo::FIRST);
        picture.apply(&notice(7));
        let most = Picture::MEMORY as u64;
        for offset in (1..=most + 3).rev().filter(|offset| *offset != most).chain([most]) {
            let is_late = offset <= 2;
            assert_eq!(picture.apply(&Notice { findings: vec![finding(offset)], ..notice(7) }), !is_late, "{offset}");
        }
        let offsets: Vec<_> = picture.findings().map(|finding| finding.position.offset).collect();
        assert_eq!(offsets, (4..=most + 3).rev().collect::<Vec<_>>());
        assert_eq!(picture.position().offset, 7, "what waits for an upgrade moves nothing");
        let other = Picture::empty(StoreNo::FIRST);
        assert!(!picture.agrees_with(&other) && !other.agrees_with(&picture) && picture.agrees_with(&picture));
    }

    fn day(day: &str, receipts: u64) -> RegisterDay {
        RegisterDay { register: RegisterNo::FIRST, day: day.parse().unwrap(), receipts, takings: Money::ZERO }
    }

    #[test]
    fn takings_that_were_missed_show_and_earlier_days_do_not() {
        let told = |days| {
            let mut picture = Picture::empty(StoreNo::FIRST);
            picture.apply(&Notice { days, ..notice(1) });
            picture
        };
        let (today, stored) = (day("2026-11-24", 2), told(vec![day("2026-11-24", 2)]));
        assert!(told(vec![day("2026-11-20", 7), today]).agrees_with(&stored));
        assert!(!told(vec![day("2026-11-24", 1)]).agrees_with(&stored));
        assert!(!told(vec![]).agrees_with(&stored));
    }

    #[test]
    fn a_sale_that_was_missed_shows_though_others_came_after_it() {
        let told = |numbers: &[u64]| {
            let mut picture = Picture::empty(StoreNo::FIRST);
            for number in numbers {
                picture.apply(&Notice { saved: vec![saved(*number)], ..notice(*number) });
            }
            picture.apply(&notice(9));
            picture
        };
        assert!(told(&[1, 2, 3]).agrees_with(&told(&[1, 2, 3])));
        assert!(!told(&[1, 3]).agrees_with(&told(&[1, 2, 3])));
    }

    /// The store lists what is saved before any page is told of it, and so more than fifty that a notice tells later.
    #[test]
    fn the_latest_sales_stay_whichever_were_known_before() {
        let all = |numbers: std::ops::RangeInclusive<u64>| numbers.map(saved).collect::<Vec<_>>();
        let mut picture = Picture::from(Snapshot {
            recent: all(71..=120).into_iter().rev().collect::<Vec<_>>(),
            ..Picture::empty(StoreNo::FIRST).into()
        });
        picture.apply(&Notice { saved: all(1..=121), ..notice(121) });
        let mut other = Picture::empty(StoreNo::FIRST);
        other.apply(&Notice { saved: all(1..=121), ..notice(121) });
        assert!(picture.agrees_with(&other));
        assert_eq!(
            picture.recent().map(|saved| saved.position.offset).collect::<Vec<_>>(),
            (72..=121).rev().collect::<Vec<_>>()
        );
    }

    fn saved(number: u64) -> Saved {
        Saved {
            id: crate::ids::ReceiptId::mint(number, &[0; 10]),
            register: RegisterNo::FIRST,
            series: SeriesLetter::nth(0).unwrap(),
            number: number.try_into().unwrap(),
            seller: 1_u64.try_into().unwrap(),
            total: Money::ZERO,
            position: Position { epoch: 1, offset: number },
            accepted_at: Timestamp::UNIX_EPOCH,
            again: false,
            altered: false,
        }
    }

    #[test]
    fn survives_the_wire() {
        let mut picture = Picture::empty(StoreNo::FIRST);
        picture.apply(&Notice { raised: vec![alert(1)], levels: vec![level(1)], ..notice(1) });
        let json = serde_json::to_string(&picture).unwrap();
        assert_eq!(serde_json::from_str::<Picture>(&json).unwrap(), picture);
    }
}
