//! What shows at the end of an export: what is missing, and what is said of the ends of its chains.

use super::{Chain, Fault, Finding, Series, SeriesHead};
use crate::ids::SeriesId;
use std::collections::{BTreeMap, BTreeSet};

/// The gaps of all chains, each by its first number, put between the findings at whose place they show.
pub(super) fn with_gaps(series: &BTreeMap<SeriesId, Series>, findings: Vec<Finding>) -> Vec<Finding> {
    let mut missing = Vec::new();
    for (id, known) in series {
        for chain in [Chain::Receipts, Chain::Journal] {
            let gaps = known.chain(chain).gaps();
            missing.extend(gaps.map(|(place, number)| (place, finding(id, chain, number, Fault::Missing))));
        }
    }
    missing.sort_by_key(|(place, finding)| (*place, finding.series.clone(), finding.chain, finding.number));
    merged(findings, missing)
}

/// The chains of one kind that do not end where it is published, or whose end is not.
pub(super) fn ends(series: &BTreeMap<SeriesId, Series>, chain: Chain, heads: &[SeriesHead]) -> Vec<Finding> {
    let published: BTreeSet<_> = heads.iter().map(|head| &head.series).collect();
    let other_end = |id: &SeriesId, number| finding(id, chain, number, Fault::OtherEnd);
    let mut findings = Vec::new();
    for (id, known) in series.iter().filter(|(id, _)| !published.contains(id)) {
        let number = known.chain(chain).last_number();
        if chain == Chain::Receipts || number > 0 {
            findings.push(other_end(id, number));
        }
    }
    for SeriesHead { series: id, head, .. } in heads {
        if !series.get(id).map_or(head.number == 0, |known| known.chain(chain).may_end_with(*head)) {
            findings.push(other_end(id, head.number));
        }
    }
    findings
}

/// The chains of one kind that hold something else than is said. Of a chain with which something else is wrong that is no
/// news: what is missing is named where the chain shows it.
pub(super) fn sums(
    series: &BTreeMap<SeriesId, Series>,
    chain: Chain,
    heads: &[SeriesHead],
    findings: &[Finding],
) -> Vec<Finding> {
    let in_chain = findings.iter().filter(|finding| finding.chain == chain);
    let wrong: BTreeSet<_> = in_chain.map(|finding| &finding.series).collect();
    let is_other = |end: &&SeriesHead| {
        let held = series.get(&end.series).map(|known| known.holds(chain));
        end.holds.is_some_and(|said| held.is_none_or(|held| *held != said))
    };
    let others = heads.iter().filter(|end| !wrong.contains(&end.series)).filter(is_other);
    others.map(|end| finding(&end.series, chain, end.head.number, Fault::OtherSums)).collect()
}

pub(super) fn finding(series: &SeriesId, chain: Chain, number: u64, fault: Fault) -> Finding {
    Finding { series: series.clone(), chain, number, fault }
}

/// Puts each gap before the finding at its place, in one go: there may be as many as records. Both are in order.
fn merged(findings: Vec<Finding>, gaps: Vec<(usize, Finding)>) -> Vec<Finding> {
    let mut merged = Vec::with_capacity(findings.len() + gaps.len());
    let mut gaps = gaps.into_iter().peekable();
    for (place, finding) in findings.into_iter().enumerate() {
        while let Some((_, gap)) = gaps.next_if(|(before, _)| *before <= place) {
            merged.push(gap);
        }
        merged.push(finding);
    }
    merged.extend(gaps.map(|(_, gap)| gap));
    merged
}
