//! Writes down what is noted, one entry after the other: number, hash, signature, and the one transaction.

use super::{Note, Sender, StillSo, Written};
use crate::browser::{keys, message, random};
use crate::db::{self, CommitError, Issued, SeriesRecord};
use crate::i18n::registers as say;
use crate::till::claim::Claim;
use crate::till::context::Till;
use futures_channel::mpsc::unbounded;
use futures_util::StreamExt;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::canonical::Canonical;
use shared::chain::{Head, Sealed};
use shared::closing::{Closed, Closing, OpenPeriod};
use shared::ids::SeriesId;
use shared::journal::{Act, Deed, JournalEntry};
use shared::register_session::RegisterSession;
use shared::time::Moment;

/// Where a register's journal and its closings end, and its open session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Book {
    series: SeriesId,
    head: Head,
    #[serde(default)]
    closed: Closed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session: Option<RegisterSession>,
}

/// Writes down what is noted for as long as the till is open.
pub(in crate::till) async fn keep(till: Till) {
    let Some(mut notes) = till.journal.unread.try_update_value(Option::take).flatten() else { return };
    let (bell, rings) = unbounded();
    let sender = Sender { db: till.db(), pictures: till.live.pictures, unsent: till.journal.unsent };
    leptos::task::spawn_local(sender.run(rings));
    // A journal that cannot be begun now is begun with the first note.
    let _ = begin(till, till.now()).await;
    till.journal.session.set(book(till).await.ok().and_then(|(_, book)| book?.session));
    while let Some(Note { deed, beside, still_so, written }) = notes.next().await {
        let outcome = Box::pin(note(till, deed, beside, still_so)).await;
        till.journal.unsent.update(|unsent| unsent.unanswered += usize::from(outcome.is_ok()));
        // Whoever does not wait for it is not told.
        let _ = written.send(outcome);
        // The other end lives as long as the page.
        let _ = bell.unbounded_send(());
    }
}

/// The register's book as it is on disk. Without a head that can be read nothing more is noted: entries that are numbered anew
/// would contradict those that there are.
async fn book(till: Till) -> Result<(Option<String>, Option<Book>), String> {
    let place = till.place();
    let text = db::load_book(&till.db(), place.store.no, place.register).await.map_err(|error| error.to_string())?;
    let book = text.as_deref().map(serde_json::from_str).transpose();
    let book = book.map_err(|_| say::unreadable_book().to_owned())?;
    Ok((text, book))
}

async fn note(till: Till, deed: Deed, beside: Option<Issued>, still_so: StillSo) -> Written {
    begin(till, deed.at).await?;
    write(till, deed, beside, still_so).await
}

/// Notes that the key was made, where the series has no journal yet.
async fn begin(till: Till, at: Moment) -> Written {
    let claim = till.claim.get_value();
    let is_begun = book(till).await?.1.is_some_and(|book| book.series == claim.record.series);
    if is_begun {
        return Ok(());
    }
    let key = keys::public(&claim.keys).await.map_err(|error| message(&error))?;
    let deed = Deed { act: Act::KeyCreated { key }, at, by: till.place().seller.no.into(), manager: None };
    write(till, deed, None, Box::new(|| true)).await
}

/// Where the closings of the register's series end.
pub(in crate::till) async fn closed(till: Till) -> Result<Closed, String> {
    let series = till.claim.with_value(|claim| claim.record.series.clone());
    let book = book(till).await?.1.filter(|book| book.series == series);
    Ok(book.map(|book| book.closed).unwrap_or_default())
}

async fn write(till: Till, deed: Deed, beside: Option<Issued>, still_so: StillSo) -> Written {
    let (claim, (before, book)) = (till.claim.get_value(), book(till).await?);
    let series = claim.record.series.clone();
    let own = book.as_ref().filter(|book| book.series == series);
    let (head, closed) =
        own.map_or_else(|| (Head::GENESIS, Closed::default()), |book| (book.head, book.closed.clone()));
    let session = RegisterSession::after(book.and_then(|book| book.session), &deed, &till.sums.get_untracked());
    let simulated = till.place().store.training;
    let body =
        JournalEntry::next(&series, head, simulated, random::event_id(), deed).map_err(|full| full.to_string())?;
    let hash = body.digest();
    let signature = keys::sign(&claim.keys, &hash).await.map_err(|error| message(&error))?;
    let sealed = Sealed { body, hash, signature };
    let after = Book { series, head: sealed.head(), closed, session };
    if let Act::DayClosed(closing) = &sealed.body.entry {
        return close(till, &claim, after, closing, &sealed).await;
    }
    if let Some(issued) = beside {
        issue(till, claim, &after, &sealed, issued, still_so).await?;
    } else {
        let written = db::write_entry(&claim.db, before, &after, &sealed, still_so).await;
        written.map_err(|error| error.to_string())?;
    }
    till.journal.session.set(after.session);
    Ok(())
}

/// Writes an entry with the receipt that it tells of.
async fn issue(
    till: Till,
    claim: Claim,
    book: &Book,
    entry: &Sealed<JournalEntry>,
    issued: Issued,
    still_so: StillSo,
) -> Written {
    match db::commit_noted(&claim.db, &issued, book, entry, still_so).await {
        Ok(()) => {
            till.sums.set(issued.left.sums);
            Ok(())
        }
        Err(error) => Err(till.not_committed(claim, error).await.text()),
    }
}

/// Writes a closing, and the next period beside it. What was sold since the figures were put together would be in neither.
async fn close(till: Till, claim: &Claim, book: Book, closing: &Closing, sealed: &Sealed<JournalEntry>) -> Written {
    let before = &claim.record;
    if (closing.last, closing.head) != (before.head.number, before.head.hash) {
        return Err(say::sold_meanwhile().to_owned());
    }
    let next = SeriesRecord { open: Some(OpenPeriod::after(closing)), ..before.clone() };
    let after = Book { closed: Closed::with(closing, sealed.hash), ..book };
    match db::write_closing(&claim.db, before, &next, &after, sealed).await {
        Ok(()) => {
            till.claim.update_value(|claim| claim.record = next);
            Ok(())
        }
        Err(CommitError::Changed) => Err(say::sold_meanwhile().to_owned()),
        Err(CommitError::Db(error)) => Err(error.to_string()),
    }
}
