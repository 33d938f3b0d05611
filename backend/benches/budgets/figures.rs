//! What was measured, and how it is told.

use serde::{Deserialize, Serialize};
use std::time::Instant;

/// One figure, with its baseline from the same run where it has one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Figure {
    /// What was measured, with its unit.
    pub name: String,
    /// Comptoir's.
    pub ours: Spread,
    /// The baseline's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bare: Option<Spread>,
    /// Ours over the baseline's, by their medians.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<f64>,
    /// What the ratio has to be, or the figure itself: where it has no baseline, or the budget is absolute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// Whether it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met: Option<bool>,
}

/// A bound.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// That much, or more.
    AtLeast(f64),
    /// That much, or less.
    AtMost(f64),
}

/// A median, and what lies around it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Spread {
    /// The one in the middle.
    pub median: f64,
    /// The smallest.
    pub least: f64,
    /// The largest.
    pub most: f64,
}

impl Spread {
    /// Of so many measurements, at least one.
    pub fn of(mut measured: Vec<f64>) -> Self {
        measured.sort_by(f64::total_cmp);
        let at = |place: usize| measured.get(place).copied().unwrap_or(f64::NAN);
        Self { median: at(measured.len() / 2), least: at(0), most: at(measured.len().saturating_sub(1)) }
    }
}

impl Figure {
    /// A figure that stands alone.
    pub fn alone(name: &str, ours: Vec<f64>, budget: Option<Budget>) -> Self {
        let ours = Spread::of(ours);
        let met = budget.map(|budget| budget.holds(ours.median));
        Self { name: name.to_owned(), ours, bare: None, ratio: None, budget, met }
    }

    /// A figure beside its baseline, with a budget of its own.
    pub fn bounded(name: &str, ours: Vec<f64>, bare: Vec<f64>, budget: Option<Budget>) -> Self {
        let (own, beside) = (Self::alone(name, ours.clone(), budget), Self::beside(name, ours, bare, None));
        Self { bare: beside.bare, ratio: beside.ratio, ..own }
    }

    /// A figure beside its baseline; the budget is for their ratio.
    pub fn beside(name: &str, ours: Vec<f64>, bare: Vec<f64>, budget: Option<Budget>) -> Self {
        let (ours, bare) = (Spread::of(ours), Spread::of(bare));
        let ratio = ours.median / bare.median;
        let (name, met) = (name.to_owned(), budget.map(|budget| budget.holds(ratio)));
        Self { name, ours, bare: Some(bare), ratio: Some(ratio), budget, met }
    }
}

impl Budget {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtLeast(bound) => value >= bound,
            Self::AtMost(bound) => value <= bound,
        }
    }
}

/// The 50th and the 99th percentile of waits, at least one.
pub fn percentiles(mut waits: Vec<f64>) -> [f64; 2] {
    waits.sort_by(f64::total_cmp);
    [50, 99].map(|percent| waits[(waits.len() * percent / 100).min(waits.len() - 1)])
}

/// So many since then, a second.
pub fn per_second(count: usize, start: Instant) -> f64 {
    let count = u32::try_from(count).expect("a count that is measured is small");
    f64::from(count) / start.elapsed().as_secs_f64()
}

/// Prints one for people.
pub fn print(Figure { name, ours, bare, ratio, budget, met }: &Figure) {
    println!("{name}: {}", text(*ours));
    if let (Some(bare), Some(ratio)) = (bare, ratio) {
        println!("    bare {}, ratio {ratio:.2}", text(*bare));
    }
    if let (Some(budget), Some(met)) = (budget, met) {
        println!("    budget {budget:?}: {}", if *met { "met" } else { "NOT met" });
    }
}

fn text(Spread { median, least, most }: Spread) -> String {
    format!("{median:.3} ({least:.3} to {most:.3})")
}
