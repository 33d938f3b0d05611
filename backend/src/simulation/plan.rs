//! What a seed decides beforehand: how large the world is, and what goes wrong in it how often. Every world has only some
//! of the faults, so that none of them hides what another would show.

use super::chance::Chance;
use shared::coin::SmallestCoin;

/// How often a call of log or store goes wrong, each as one in so many calls; never where 0.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    /// It is not done, and fails.
    pub refused: u32,
    /// It is done, but its answer is a failure.
    pub unheard: u32,
    /// It fails, and is done later all the same.
    pub late: u32,
    /// A part of it is done, and it fails.
    pub partial: u32,
}

impl Faults {
    fn draw(chance: &Chance) -> Self {
        let often = || if chance.one_in(2) { chance.between(8, 60) } else { 0 };
        Self { refused: often(), unheard: often(), late: often(), partial: often() }
    }

    /// Whether nothing ever goes wrong.
    pub const fn are_none(self) -> bool {
        self.refused == 0 && self.unheard == 0 && self.late == 0 && self.partial == 0
    }
}

/// So many notices never wait at once.
const LONG_QUEUE: u32 = 1024;

/// The seed's decisions. Gaps are mean times between two such events, in milliseconds; 0 where there are none.
#[derive(Debug, Clone)]
pub struct Plan {
    pub stores: u32,
    pub registers: u32,
    pub products: u32,
    pub partitions: u32,
    pub savers: u32,
    pub webs: u32,
    pub desks: u32,
    /// What cash is rounded to.
    pub coin: SmallestCoin,
    /// How long things happen before all is left to settle, in milliseconds.
    pub length: u32,
    /// Between two customers of one till.
    pub sale_gap: u32,
    /// One in so many customers of a till brings something back.
    pub refunds: u32,
    /// Between two deliveries, counts, transfers or settings.
    pub booking_gap: u32,
    pub store: Faults,
    pub log: Faults,
    /// One in so many requests is lost, on its way or on the way back.
    pub lost: u32,
    /// One in so many requests arrives twice.
    pub doubled: u32,
    /// One in so many notices does not reach a web tier.
    pub unnoticed: u32,
    /// The most records that a poll gives.
    pub poll: u32,
    /// How many notices wait for a web tier before it is told that it missed some.
    pub notice_queue: u32,
    /// How slow a page may be to read a frame, in milliseconds.
    pub page_delay: u32,
    pub crash_gap: u32,
    /// Between two savers that die while the store writes for them.
    pub break_gap: u32,
    pub freeze_gap: u32,
    pub rebalance_gap: u32,
    pub outage_gap: u32,
    /// Between two times at which the store has no room.
    pub full_gap: u32,
    /// Between two crowds at a web tier.
    pub crowd_gap: u32,
    /// Between two outages of what notices are published by.
    pub hush_gap: u32,
    pub offline_gap: u32,
    /// Between two tills that sell for days without a network.
    pub journey_gap: u32,
    pub cut_gap: u32,
    pub night_gap: u32,
    pub forgery_gap: u32,
    pub rollback_gap: u32,
    pub takeover_gap: u32,
    pub rubbish_gap: u32,
}

impl Plan {
    /// Whether a web tier never falls behind the notices.
    pub const fn has_long_queues(&self) -> bool {
        self.notice_queue == LONG_QUEUE
    }

    /// Whether no hours pass in which nothing happens.
    pub const fn has_even_time(&self) -> bool {
        self.night_gap == 0 && self.journey_gap == 0
    }

    pub fn draw(chance: &Chance) -> Self {
        let gap = |low, high| if chance.one_in(2) { chance.between(low, high) } else { 0 };
        let rate = |low, high| if chance.one_in(2) { chance.between(low, high) } else { 0 };
        let seldom = |n, low, high| if chance.one_in(n) { chance.between(low, high) } else { 0 };
        let plan = Self {
            stores: chance.between(1, 2),
            registers: chance.between(1, 2),
            products: chance.between(3, 8),
            partitions: chance.between(1, 3),
            savers: chance.between(1, 3),
            webs: chance.between(1, 2),
            desks: chance.between(1, 2),
            coin: if chance.one_in(2) { SmallestCoin::ONE } else { *chance.pick(&SmallestCoin::ALL).unwrap() },
            length: chance.between(8_000, 22_000),
            sale_gap: chance.between(700, 3_000),
            refunds: rate(2, 8),
            booking_gap: chance.between(1_000, 4_000),
            store: if chance.one_in(3) { Faults::default() } else { Faults::draw(chance) },
            log: if chance.one_in(3) { Faults::default() } else { Faults::draw(chance) },
            lost: rate(5, 40),
            doubled: rate(5, 40),
            unnoticed: seldom(4, 5, 30),
            poll: if chance.one_in(2) { 1000 } else { chance.between(1, 6) },
            notice_queue: if chance.one_in(4) { chance.between(1, 4) } else { LONG_QUEUE },
            page_delay: if chance.one_in(4) { chance.between(200, 3_000) } else { 30 },
            crash_gap: gap(2_000, 12_000),
            break_gap: seldom(4, 3_000, 12_000),
            freeze_gap: gap(4_000, 15_000),
            rebalance_gap: gap(2_000, 10_000),
            outage_gap: gap(6_000, 20_000),
            full_gap: seldom(5, 5_000, 15_000),
            crowd_gap: seldom(5, 4_000, 12_000),
            hush_gap: seldom(4, 4_000, 12_000),
            offline_gap: gap(3_000, 12_000),
            journey_gap: seldom(40, 4_000, 12_000),
            cut_gap: gap(2_000, 10_000),
            night_gap: gap(6_000, 20_000),
            forgery_gap: gap(1_000, 6_000),
            rollback_gap: seldom(3, 4_000, 15_000),
            takeover_gap: seldom(3, 4_000, 15_000),
            rubbish_gap: seldom(5, 4_000, 15_000),
        };
        if chance.one_in(5) { plan.for_forgers(chance) } else { plan }
    }

    /// The same where the web tiers always have an answer of the store, so that whatever a forger does has to be found out, and
    /// registers are taken over early, with time for those who had them to go on.
    fn for_forgers(self, chance: &Chance) -> Self {
        Self {
            store: Faults::default(),
            outage_gap: 0,
            freeze_gap: 0,
            night_gap: 0,
            journey_gap: 0,
            forgery_gap: chance.between(500, 2_000),
            takeover_gap: chance.between(3_000, 8_000),
            registers: 2,
            ..self
        }
    }
}
