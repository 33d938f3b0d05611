//! What is decided of a store at the desk, written down in the journal of its office: signed by the server, in a chain of
//! its own.
//!
//! An entry is durable before what it says is done, so that whatever breaks off leaves a trace. Where somebody else was
//! ahead, it is said again with the next try.

mod failures;

use super::cache::StoreView;
use super::caller::Caller;
use super::http::RequestId;
use super::problem::{ApiError, Kind};
use super::server_series::books;
use super::server_series::going_on::{TRIES, put, settled};
use super::server_series::opening::{self, OpenSeries};
use super::server_series::pending::settle;
use super::state::App;
use super::wall::moment;
use crate::model::create::{self, Added, Numbered};
use crate::model::register::{self, RegisterDocument};
use crate::model::server_book::Book;
use crate::model::server_series::ServerSeries;
use crate::store::documents::{Document, Swap};
use shared::author::{Author, Visitor};
use shared::chain::Sealed;
use shared::ids::{RegisterNo, SeriesId, StoreNo};
use shared::journal::{Act, Deed, JournalEntry, JournalFull};
use shared::store::Store;
use std::convert::Infallible;
use std::sync::Arc;

pub use failures::Failures;

/// What a register's series says of who holds it.
const HOLDER: &str = "the desk";

/// Somebody at the desk, who decides something of a store.
pub struct Desk<'a> {
    /// The web tier.
    pub app: &'a App,
    /// Who.
    pub by: Author,
    /// Of which store.
    pub store: StoreNo,
    /// By which request.
    pub request: &'a RequestId,
}

/// What to do with a document that was read.
#[derive(Debug)]
pub enum Decision<T, R> {
    /// Replace it, which the journal says like this, and then answer.
    Write(T, Act, R),
    /// Leave it, and answer.
    Keep(R),
}

impl<'a> Desk<'a> {
    /// Whoever has sent a request.
    pub const fn new(app: &'a App, caller: &Caller, store: StoreNo, request: &'a RequestId) -> Self {
        Self { app, by: author(caller, store), store, request }
    }

    /// Writes down what is about to be done. It is durable when this answers, and told to the log unless that is away; then
    /// it is told later.
    ///
    /// # Errors
    ///
    /// [`Kind::Busy`], [`Kind::SeriesUsedUp`], and the store's and, where an entry before is not told yet, the log's.
    pub async fn note(&self, act: Act) -> Result<Sealed<JournalEntry>, ApiError> {
        let Ok(entry) = self.note_unless(|_| Ok::<_, Infallible>(act.clone())).await?;
        Ok(entry)
    }

    /// Writes down as [`Desk::note`] does what is to be said where the books stand so, unless they say why nothing is.
    async fn note_unless<W: Send>(
        &self,
        what: impl Fn(&Book) -> Result<Act, W> + Send + Sync,
    ) -> Result<Result<Sealed<JournalEntry>, W>, ApiError> {
        let (view, series) = self.open().await?;
        for _ in 0..TRIES {
            let Some(held) = settled(self.app, self.store, RegisterNo::OFFICE, self.request).await? else { continue };
            let act = match what(held.value.book()) {
                Ok(act) => act,
                Err(why_not) => return Ok(Err(why_not)),
            };
            let (entry, is_last) = self.entry(&view.store, &series.id, &held.value, act)?;
            let next = held.value.with_entry(entry.clone());
            let Some(written) = put(self.app, held.revision, next).await? else { continue };
            if let Err(error) = settle(self.app, &written, self.request).await {
                tracing::warn!(store = %self.store, %error, "an entry of the desk's journal is told to the log later");
            }
            if is_last {
                return Ok(Ok(entry));
            }
        }
        Err(Kind::Busy.because("Too many decide something of this store at once."))
    }

    /// Opens the office, if nothing was ever noted there: its series is known from then on.
    ///
    /// # Errors
    ///
    /// The store's and the log's.
    pub async fn open(&self) -> Result<(Arc<StoreView>, OpenSeries), ApiError> {
        let view = self.with_office().await?;
        let series = opening::open_anew(self.app, &view, RegisterNo::OFFICE, HOLDER, self.request).await?;
        Ok((view, series))
    }

    /// What the journal goes on with, and whether that is the act itself: first it says that its key was made.
    fn entry(
        &self,
        store: &Store,
        series: &SeriesId,
        held: &ServerSeries,
        act: Act,
    ) -> Result<(Sealed<JournalEntry>, bool), ApiError> {
        let now = self.app.mint.now();
        if let Some(first) = books::due(self.app, store, series, held, self.by, now)? {
            return Ok((first, false));
        }
        let deed = Deed { act, at: moment(now, store)?, by: self.by, manager: None };
        let (end, id) = (held.book().journal(), self.app.mint.event_id());
        let entry = JournalEntry::next(series, end, store.training, id, deed)?;
        Ok((Sealed::seal(entry, &held.open(&self.app.settings.key)?), true))
    }

    /// Changes a document by compare-and-swap; what is about to be done is noted before, as often as it is tried. What stays as
    /// it is is not noted.
    ///
    /// # Errors
    ///
    /// Those of `decide` and of [`Desk::note`]; [`Kind::Busy`] after too many tries.
    pub async fn update<T: Document, R: Send>(
        &self,
        id: &str,
        mut decide: impl FnMut(Option<T>) -> Result<Decision<T, R>, ApiError> + Send,
    ) -> Result<R, ApiError> {
        for _ in 0..TRIES {
            let (revision, value) = self.app.store.read::<T>(id).await?.map(|read| (read.revision, read.value)).unzip();
            match decide(value)? {
                Decision::Keep(answer) => return Ok(answer),
                Decision::Write(document, act, answer) => {
                    self.note(act).await?;
                    if let Swap::Done(_) = self.app.store.write(id, revision, &document).await? {
                        return Ok(answer);
                    }
                }
            }
        }
        Err(Kind::Busy.because("Too many change this at once."))
    }

    /// Adds a numbered document as [`create::add`] does, and notes it before.
    ///
    /// # Errors
    ///
    /// The store's, those of [`Desk::note`], and [`Kind::Busy`] after too many tries.
    pub async fn add<T: Numbered>(
        &self,
        prefix: &str,
        wanted: Option<T::No>,
        make: impl Fn(T::No) -> T + Send,
        act: impl Fn(T::No) -> Act + Send,
    ) -> Result<Added<T>, ApiError> {
        let documents = &*self.app.store;
        for _ in 0..TRIES {
            let Some(number) = create::number::<T>(documents, prefix, wanted).await? else { return Ok(Added::UsedUp) };
            let document = make(number);
            match documents.read::<T>(&document.name()).await? {
                Some(there) if wanted.is_some() => return Ok(Added::Taken(there.value)),
                Some(_) => {}
                None => {
                    self.note(act(number)).await?;
                    if let Swap::Done(_) = documents.write(&document.name(), None, &document).await? {
                        return Ok(Added::Created(document));
                    }
                }
            }
        }
        Err(Kind::Busy.because("Too many add to this store at once."))
    }

    /// The store with its office, which is opened with the first thing that is noted.
    async fn with_office(&self) -> Result<Arc<StoreView>, ApiError> {
        let (app, store) = (self.app, self.store);
        let view = app.stores.require(store).await?;
        if view.registers.contains_key(&RegisterNo::OFFICE) {
            return Ok(view);
        }
        let office = RegisterDocument::free(store, RegisterNo::OFFICE);
        // A conflict means that it is there.
        let _ = app.store.write(&register::id(store, RegisterNo::OFFICE), None, &office).await?;
        app.stores.forget(store).await;
        app.stores.require(store).await
    }
}

/// Who a caller is in a store's journal.
const fn author(caller: &Caller, store: StoreNo) -> Author {
    match caller {
        Caller::Operator => Author::OPERATOR,
        Caller::Staff(staff) if staff.store.no.get() == store.get() => Author::Seller(staff.seller.no),
        Caller::Staff(staff) => Author::Visitor(Visitor { seller: staff.seller.no, store: staff.store.no }),
    }
}

impl From<JournalFull> for ApiError {
    fn from(full: JournalFull) -> Self {
        Kind::SeriesUsedUp.because(full)
    }
}

#[cfg(test)]
mod tests;
