//! What is looked for. Pure.

use shared::api::journal::JournalQuery;
use shared::ids::{RegisterNo, StoreNo};
use shared::journal::ActKind;
use shared::time::Day;

/// How many entries a page of the list has.
const PAGE: u16 = 50;

/// The criteria.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Criteria {
    /// The store; nothing is looked for without one.
    pub store: Option<StoreNo>,
    /// The register; all where absent.
    pub register: Option<RegisterNo>,
    /// What was done; everything where absent.
    pub act: Option<ActKind>,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
}

impl Criteria {
    /// Whether they ask for less than all of a store.
    pub fn is_narrow(self) -> bool {
        Self { store: None, ..self } != Self::default()
    }

    /// The query of these criteria.
    pub fn query(self, cursor: Option<String>) -> Option<JournalQuery> {
        let Self { store, register, act, from, to } = self;
        Some(JournalQuery { register, act, from, to, cursor, limit: Some(PAGE), ..JournalQuery::of(store?) })
    }
}

/// The kind of act of that name.
pub fn act_named(name: &str) -> Option<ActKind> {
    ActKind::ALL.iter().copied().find(|act| act.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_store_nothing_is_asked() {
        assert_eq!(Criteria::default().query(None), None);
        assert!(!Criteria { store: Some(StoreNo::FIRST), ..Criteria::default() }.is_narrow());
        let criteria = Criteria { store: Some(StoreNo::FIRST), act: act_named("cash_out"), ..Criteria::default() };
        let query = criteria.query(Some("1.2".to_owned())).unwrap();
        assert_eq!(
            (query.act, query.limit, query.cursor.as_deref()),
            (Some(ActKind::CashOut), Some(PAGE), Some("1.2"))
        );
        assert!(criteria.is_narrow());
        assert_eq!(act_named("hat"), None);
    }
}
