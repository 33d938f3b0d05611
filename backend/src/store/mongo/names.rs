//! Names (`_id`) that say what they name and, where it matters, sort by bytes in the order that lists have.

use crate::store::dead_letters::LetterId;
use crate::store::projections::ProjectionKind;
use shared::ids::{EventId, StoreNo};

/// A record, by the id that its maker gave it.
pub fn record(store: StoreNo, id: EventId) -> String {
    format!("{store}/{id}")
}

/// What the names of a kind's projections begin with: all of them, or one store's.
pub fn projections(kind: ProjectionKind, store: Option<StoreNo>) -> String {
    let kind = kind.as_str();
    // As many digits as the largest store number has.
    store.map_or_else(|| format!("{kind}/"), |store| format!("{kind}/{:05}/", store.get()))
}

/// A projection.
pub fn projection(kind: ProjectionKind, store: StoreNo, id: &str) -> String {
    projections(kind, Some(store)) + id
}

/// A document, or what the names of those with a prefix begin with.
pub fn document(kind: &str, id: &str) -> String {
    format!("{kind}/{id}")
}

/// A dead letter.
pub fn letter(id: LetterId) -> String {
    format!("{:010}-{:020}-{:010}", id.position.epoch, id.position.offset, id.partition)
}

/// The first text after all that begin with `prefix`; `None` where none is after them.
pub fn after(prefix: &str) -> Option<String> {
    let mut text = prefix.to_owned();
    while let Some(last) = text.pop() {
        // The range steps over the surrogates, which are no characters.
        if let Some(next) = (last..=char::MAX).nth(1) {
            text.push(next);
            return Some(text);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_sort_like_what_they_name() {
        let store = |no: u64| StoreNo::try_from(no).unwrap();
        let day = |no, id| projection(ProjectionKind::Day, store(no), id);
        assert!(day(2, "9") < day(10, "1") && day(10, "1") < day(10, "2") && day(10, "2") < day(99_999, ""));
        let place = |text: &str| letter(text.parse().unwrap());
        assert!(
            place("1-9-2") < place("1-10-0") && place("1-10-0") < place("1-10-3") && place("1-99-9") < place("2-1-0")
        );
    }

    #[test]
    fn the_end_of_a_prefix_is_right_behind_it() {
        assert_eq!(after("a/").as_deref(), Some("a0"));
        assert_eq!(after("a\u{d7ff}").as_deref(), Some("a\u{e000}"));
        assert_eq!(after("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(after("\u{10ffff}"), None);
        assert_eq!(after(""), None);
    }

    proptest! {
        #[test]
        fn a_text_begins_with_a_prefix_or_is_outside(prefix in ".{1,3}", text in ".{0,5}", joined in any::<bool>()) {
            let text = if joined { format!("{prefix}{text}") } else { text };
            let inside = text >= prefix && after(&prefix).is_none_or(|end| text < end);
            prop_assert_eq!(inside, text.starts_with(&prefix));
        }
    }
}
