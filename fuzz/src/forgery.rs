//! Forgeries of an export: an honest one with changes. Whatever is changed of what was signed, it is not found clean.

use crate::strict;
use arbitrary::{Arbitrary, Unstructured};
use serde_json::Value;
use shared::example;
use shared::verify::Export;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// One change of a file; lines and places are counted round.
#[derive(Debug, Arbitrary)]
enum Change {
    /// A line goes.
    Remove { line: u8 },
    /// A line comes again elsewhere.
    Repeat { line: u8, at: u8 },
    /// Two lines change places.
    Swap { one: u8, other: u8 },
    /// Characters of a line are others.
    Overwrite { line: u8, at: u16, with: String },
    /// Characters are put into a line.
    Insert { line: u8, at: u16, what: String },
    /// Characters of a line go.
    Cut { line: u8, at: u16, length: u8 },
    /// A member of a line is said again, behind itself or before, with another value.
    SayAgain { line: u8, member: u8, before: bool, value: i16 },
    /// A member of a line is taken from another line.
    Borrow { line: u8, from: u8, member: u8 },
    /// A member that is absent is said to be nothing.
    SayNothing { line: u8, body: bool, member: u8 },
}

/// Members of a record's line and of the record itself.
const MEMBERS: [&str; 14] = [
    "total",
    "number",
    "hash",
    "signature",
    "prev",
    "change",
    "seller",
    "id",
    "issued_at",
    "register",
    "lines",
    "simulated",
    "kind",
    "by",
];

/// Members that a receipt may lack.
const OPTIONAL: [&str; 5] = ["basket", "discounts", "refunds", "rounding", "siret"];

/// The target `forgery`.
pub fn check(data: &[u8]) {
    let honest = honest();
    let mut lines: Vec<String> = honest.lines().map(ToOwned::to_owned).collect();
    let changes: Vec<Change> = Unstructured::new(data).arbitrary().unwrap_or_default();
    changes.iter().take(8).for_each(|change| apply(change, &mut lines));
    if is_clean(&lines) && keys(&lines) == keys_of(honest) {
        assert_eq!(signed(&lines), signed_of(honest), "{}", lines.join("\n"));
        assert_eq!(ends(&lines), ends_of(honest), "the seal is over them: {}", lines.join("\n"));
    }
}

fn honest() -> &'static str {
    static HONEST: OnceLock<String> = OnceLock::new();
    HONEST.get_or_init(|| {
        let export = example::export(3);
        let lines: Vec<_> = export.lines().map(ToOwned::to_owned).collect();
        assert!(is_clean(&lines), "an honest export is clean");
        export
    })
}

fn is_clean(lines: &[String]) -> bool {
    let mut export = Export::default();
    lines.iter().all(|line| export.take(line).is_ok())
        && export.end().is_ok_and(|verified| verified.findings.is_empty())
}

/// Keys: whoever verifies has them from elsewhere, so that a file with others is another file.
fn keys(lines: &[String]) -> BTreeSet<String> {
    lines_with("public_key", lines)
}

fn keys_of(text: &str) -> BTreeSet<String> {
    keys(&text.lines().map(ToOwned::to_owned).collect::<Vec<_>>())
}

/// Where the records end.
fn ends(lines: &[String]) -> BTreeSet<String> {
    lines_with("heads", lines)
}

fn ends_of(text: &str) -> BTreeSet<String> {
    ends(&text.lines().map(ToOwned::to_owned).collect::<Vec<_>>())
}

fn lines_with(member: &str, lines: &[String]) -> BTreeSet<String> {
    let read = lines.iter().filter_map(|line| strict::read(line));
    read.filter(|line| line.get(member).is_some()).map(|line| line.to_string()).collect()
}

/// What was signed, in any order and as often as it is there, as whoever reads the lines without this program's types sees it.
fn signed(lines: &[String]) -> Vec<String> {
    let read = |line: &String| strict::read(line).unwrap_or_else(|| panic!("ambiguous and found clean: {line}"));
    let signed = |line: &Value| {
        let members = ["body", "hash", "signature"].map(|name| line.get(name).cloned());
        members.iter().any(Option::is_some).then(|| example::json(&members))
    };
    let mut all: Vec<_> = lines.iter().map(read).filter_map(|line| signed(&line)).collect();
    all.sort();
    all
}

fn signed_of(text: &str) -> Vec<String> {
    signed(&text.lines().map(ToOwned::to_owned).collect::<Vec<_>>())
}

fn apply(change: &Change, lines: &mut Vec<String>) {
    let count = lines.len();
    let place = |line: u8| usize::from(line) % count.max(1);
    match change {
        _ if count == 0 => {}
        Change::Remove { line } => drop(lines.remove(place(*line))),
        Change::Repeat { line, at } => {
            let again = lines[place(*line)].clone();
            lines.insert(place(*at), again);
        }
        Change::Swap { one, other } => lines.swap(place(*one), place(*other)),
        Change::Overwrite { line, at, with } => {
            let line = &mut lines[place(*line)];
            let from = boundary(line, usize::from(*at));
            let to = boundary(line, from + with.len());
            line.replace_range(from..to.max(from), with);
        }
        Change::Insert { line, at, what } => {
            let line = &mut lines[place(*line)];
            line.insert_str(boundary(line, usize::from(*at)), what);
        }
        Change::Cut { line, at, length } => {
            let line = &mut lines[place(*line)];
            let from = boundary(line, usize::from(*at));
            let to = boundary(line, from + usize::from(*length));
            line.replace_range(from..to.max(from), "");
        }
        Change::SayAgain { line, member, before, value } => {
            say_again(&mut lines[place(*line)], MEMBERS[usize::from(*member) % MEMBERS.len()], *before, *value);
        }
        Change::Borrow { line, from, member } => {
            let lent = lines[place(*from)].clone();
            borrow(&mut lines[place(*line)], &lent, MEMBERS[usize::from(*member) % MEMBERS.len()]);
        }
        Change::SayNothing { line, body, member } => {
            let member = OPTIONAL[usize::from(*member) % OPTIONAL.len()];
            let nothing = match member {
                "discounts" => "[]",
                "rounding" => "0",
                _ => "null",
            };
            let opening = if *body { r#""body":{"# } else { "{" };
            let line = &mut lines[place(*line)];
            *line = line.replacen(opening, &format!(r#"{opening}"{member}":{nothing},"#), 1);
        }
    }
}

/// A place in a text at which it can be taken apart, counted round.
fn boundary(text: &str, at: usize) -> usize {
    let at = at % (text.len() + 1);
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn say_again(line: &mut String, member: &str, before: bool, value: i16) {
    let Some((from, to)) = place_of(line, member) else { return };
    let said = format!(r#""{member}":{value}"#);
    if before { line.insert_str(from, &(said + ",")) } else { line.insert_str(to, &(",".to_owned() + &said)) }
}

fn borrow(line: &mut String, lent: &str, member: &str) {
    if let (Some((from, to)), Some((start, end))) = (place_of(line, member), place_of(lent, member)) {
        line.replace_range(from..to, &lent[start..end]);
    }
}

/// Where a member with a text or a number stands, from its name to the end of its value.
fn place_of(line: &str, member: &str) -> Option<(usize, usize)> {
    let name = format!(r#""{member}":"#);
    let from = line.find(&name)?;
    let length = line[from + name.len()..].find([',', '}', ']'])?;
    Some((from, from + name.len() + length))
}

#[cfg(test)]
mod tests {
    use super::{apply, honest, is_clean};

    /// Else the target could find nothing.
    #[test]
    fn changes_are_made_and_seen() {
        let honest: Vec<String> = honest().lines().map(ToOwned::to_owned).collect();
        let ending = u8::try_from(honest.len() - 2).unwrap();
        let changes = [
            super::Change::Remove { line: 5 },
            super::Change::Swap { one: 4, other: 5 },
            super::Change::Repeat { line: 4, at: 6 },
            super::Change::Borrow { line: 4, from: 5, member: 1 },
            super::Change::SayAgain { line: 4, member: 0, before: true, value: 1 },
            super::Change::Insert { line: ending, at: 1, what: " ".to_owned() },
        ];
        for change in changes {
            let mut lines = honest.clone();
            apply(&change, &mut lines);
            assert!(lines != honest && !is_clean(&lines), "{change:?}");
        }
    }
}
