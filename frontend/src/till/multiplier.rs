//! How often the next product is rung up: `3 ×`, typed before a scan, a touch or a name.

use super::context::{Asked, HowMuch, Pane, Till};
use super::message::Message;
use leptos::prelude::{Get, Set, Update, WithUntracked};
use shared::quantity::Quantity;

impl Till {
    /// Asks how often the next product is to be rung up, on a pad.
    pub fn ask_multiplier(self) {
        if self.is_refunding() {
            return self.refuse(Message::Refunding);
        }
        self.open(Asked::HowMuch(HowMuch::Next));
    }

    /// Puts away what is asked for; the pad takes back a multiplier that was being typed.
    pub fn put_away(self) {
        if self.is_typing_multiplier() {
            self.message.set(None);
            self.pane.set(Pane::Shelf);
        }
        self.asked.set(None);
    }

    /// Whether the pad for a multiplier is shown.
    pub(super) fn is_typing_multiplier(self) -> bool {
        self.asked.with_untracked(|asked| *asked == Some(Asked::HowMuch(HowMuch::Next)))
    }

    /// Puts a multiplier as somebody types it in front of what is searched for; what is none yet takes away the one before.
    pub fn multiply(self, figure: &str) {
        self.query.update(|query| *query = multiplied(figure, query));
    }

    /// The multiplier that stands in the search.
    pub fn multiplier(self) -> Option<Quantity> {
        self.query.with_untracked(|query| split_multiplier(query).0)
    }

    /// The same as it was typed.
    pub fn multiplier_figure(self) -> String {
        self.query.with_untracked(|query| figure(query).to_owned())
    }

    /// Whether anything is searched for, whatever its multiplier.
    pub fn is_searching(self) -> bool {
        self.query.with_untracked(|query| !split_multiplier(query).1.is_empty())
    }

    /// What is searched for, less its multiplier.
    pub fn search_text(self) -> String {
        split_multiplier(&self.query.get()).1.to_owned()
    }

    /// Searches for nothing any more; a multiplier stays for what is taken from the shelf.
    pub fn clear_search_text(self) {
        if self.is_searching() {
            self.query.update(|query| query.truncate(query.len() - split_multiplier(query).1.len()));
        }
        self.pick_first();
    }
}

/// A search with another multiplier.
fn multiplied(figure: &str, query: &str) -> String {
    let (_, text) = split_multiplier(query);
    let multiplied = format!("{figure} × {text}");
    let is_one = matches!(split_multiplier(&multiplied), (Some(_), rest) if rest == text);
    if is_one { multiplied } else { text.to_owned() }
}

/// The figure of the multiplier in a search, as it was typed.
fn figure(query: &str) -> &str {
    if split_multiplier(query).0.is_some() { split_figure(query.trim_start()).0 } else { "" }
}

fn split_figure(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(text.len()))
}

/// Splits `3 × pomme` into the quantity and what is searched for. A plain `x` counts only where no name can go on.
pub fn split_multiplier(text: &str) -> (Option<Quantity>, &str) {
    let text = text.trim_start();
    let (figure, rest) = split_figure(text);
    let rest = rest.trim_start();
    let after = rest.strip_prefix(['×', '*']).or_else(|| {
        rest.strip_prefix(['x', 'X']).filter(|after| after.is_empty() || after.starts_with(char::is_whitespace))
    });
    match (after, crate::format::parse_quantity(figure)) {
        (Some(after), Some(quantity)) if quantity > Quantity::ZERO => (Some(quantity), after.trim_start()),
        _ => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_multiplier_is_told_from_a_name() {
        assert_eq!(split_multiplier("3×pom"), (Some(Quantity::pieces(3)), "pom"));
        assert_eq!(split_multiplier("12 * "), (Some(Quantity::pieces(12)), ""));
        assert_eq!(split_multiplier("0,84x"), (Some(Quantity::from(840)), ""));
        assert_eq!(split_multiplier("6x1 L"), (None, "6x1 L"));
        assert_eq!(split_multiplier("0× a"), (None, "0× a"));
        assert_eq!(split_multiplier("4006381333931"), (None, "4006381333931"));
    }

    #[test]
    fn another_multiplier_leaves_what_is_searched_for() {
        assert_eq!(multiplied("3", ""), "3 × ");
        assert_eq!(multiplied("12", "3 × pom"), "12 × pom");
        assert_eq!(multiplied("0,5", "pom"), "0,5 × pom");
        for none in ["", "0", ",", "3*", "3 x ", "x"] {
            assert_eq!(multiplied(none, "3 × pom"), "pom", "{none:?}");
        }
    }

    #[test]
    fn the_figure_of_a_multiplier_is_as_it_was_typed() {
        assert_eq!(["0,50×pom", "12 * ", "12 pom", "6x1 L", ""].map(figure), ["0,50", "12", "", "", ""]);
    }
}
