//! A register session: from the float that is put into the drawer to the count that closes it.

use crate::author::Author;
use crate::cash::Counted;
use crate::journal::{Act, Deed};
use crate::money::{Money, OutOfRange};
use crate::sums::Sums;
use crate::time::Moment;
use serde::{Deserialize, Serialize};

/// An open session, as the register's own journal and sales make it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterSession {
    /// When it was opened.
    pub opened_at: Moment,
    /// By whom.
    pub opened_by: Author,
    /// What was in the drawer.
    pub float: Money,
    /// What was put in since, sales apart.
    pub cash_in: Money,
    /// What was taken out since, sales apart.
    pub cash_out: Money,
    /// What the register's receipts came to when it was opened.
    pub before: Sums,
}

impl RegisterSession {
    /// The session after a deed at its register, where `sums` are the register's at that moment.
    pub fn after(session: Option<Self>, deed: &Deed, sums: &Sums) -> Option<Self> {
        match (&deed.act, session) {
            (Act::SessionOpened { float }, _) => Some(Self {
                opened_at: deed.at,
                opened_by: deed.by,
                float: *float,
                cash_in: Money::ZERO,
                cash_out: Money::ZERO,
                before: sums.clone(),
            }),
            (Act::SessionClosed { .. }, _) => None,
            (Act::CashIn { amount, .. }, Some(session)) => {
                Some(Self { cash_in: session.cash_in.saturating_plus(*amount), ..session })
            }
            (Act::CashOut { amount, .. }, Some(session)) => {
                Some(Self { cash_out: session.cash_out.saturating_plus(*amount), ..session })
            }
            (_, session) => session,
        }
    }

    /// What has been sold since it was opened.
    pub fn sold(&self, sums: &Sums) -> Sums {
        sums.since(&self.before)
    }

    /// What should be in the drawer.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`].
    pub fn expected(&self, sums: &Sums) -> Result<Money, OutOfRange> {
        let put_in = Money::total([self.float, self.cash_in, self.sold(sums).cash()])?;
        put_in.minus(self.cash_out)
    }

    /// The act that closes it with a count. Denominations of which there were none are left out.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`].
    pub fn close(&self, sums: &Sums, counted: &[Counted]) -> Result<Act, OutOfRange> {
        let (counted, expected) =
            (counted.iter().filter(|one| one.count > 0).copied().collect::<Vec<_>>(), self.expected(sums)?);
        Ok(Act::SessionClosed { difference: Counted::total(&counted)?.minus(expected)?, counted, expected })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SellerNo;
    use crate::payment::{Tender, TenderKind};

    fn deed(act: Act) -> Deed {
        let at = "2026-11-23T08:00:00.000+01:00".parse().unwrap();
        Deed { act, at, by: SellerNo::FIRST.into(), manager: None }
    }

    fn moved(session: Option<RegisterSession>, act: Act) -> Option<RegisterSession> {
        RegisterSession::after(session, &deed(act), &sums(700))
    }

    fn sums(cash: i32) -> Sums {
        Sums { tenders: vec![Tender { amount: cash.into(), kind: TenderKind::Cash }], ..Sums::default() }
    }

    fn opened() -> Option<RegisterSession> {
        moved(None, Act::SessionOpened { float: 10_000.into() })
    }

    #[test]
    fn the_drawer_holds_float_cash_and_sales_less_what_went_out() {
        let session = moved(opened(), Act::CashIn { amount: 2_000.into(), reason: String::new() });
        let session = moved(session, Act::CashOut { amount: 500.into(), reason: String::new() });
        let session = moved(session, Act::DrawerOpened).unwrap();
        assert_eq!(session.expected(&sums(1_000)), Ok(11_800.into()));
        let counted = [Counted { count: 1, value: 10_000.into() }, Counted { count: 0, value: 5_000.into() }];
        let closed = session.close(&sums(1_000), &counted).unwrap();
        let Act::SessionClosed { counted, difference, expected } = &closed else { panic!("it closes") };
        assert_eq!((counted.len(), *difference, *expected), (1, (-1_800).into(), 11_800.into()));
        assert_eq!(moved(Some(session), closed), None);
    }

    #[test]
    fn without_a_session_cash_moves_and_nothing_is_expected() {
        assert_eq!(moved(None, Act::CashIn { amount: 1.into(), reason: String::new() }), None);
        assert_eq!(opened().unwrap().expected(&sums(700)), Ok(10_000.into()), "what was sold before is not its own");
    }
}
