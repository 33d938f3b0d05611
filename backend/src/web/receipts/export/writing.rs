//! An archive piece by piece: what introduces it, its records, and the seal over where they end.

use super::line;
use super::reading::Reading;
use super::series::Exported;
use crate::web::desk::Desk;
use crate::web::http::{RequestId, closing_time};
use crate::web::problem::{ApiError, Kind};
use crate::web::state::App;
use futures_util::stream::{self, Stream};
use shared::author::Author;
use shared::chain::Hash;
use shared::ids::StoreNo;
use shared::journal::Act;
use shared::verify::{Chain, Ending, Heading};
use std::collections::VecDeque;

/// An archive that is being written.
pub(super) struct Writing {
    app: App,
    /// Whom it is made for.
    by: Author,
    store: StoreNo,
    request: RequestId,
    stage: Stage,
    ending: Ending,
}

/// What comes next.
enum Stage {
    Opening(Vec<Exported>),
    Records(VecDeque<Reading>),
    Done,
}

impl Writing {
    /// The archive of these series.
    pub(super) fn new(desk: &Desk<'_>, series: Vec<Exported>) -> Self {
        let Desk { app, by, store, request } = desk;
        let (app, request) = ((*app).clone(), (*request).clone());
        Self { app, by: *by, store: *store, request, stage: Stage::Opening(series), ending: Ending::default() }
    }

    /// Its pieces. Where one cannot be read, or the server has to stop, the archive breaks off, and has no seal.
    pub(super) fn pieces(self) -> impl Stream<Item = Result<String, ApiError>> {
        let closing = Box::pin(closing_time(self.app.clone()));
        stream::try_unfold((self, closing), |(mut writing, mut closing)| async move {
            let next = tokio::select! {
                biased;
                next = writing.next() => next,
                () = &mut closing => Err(Kind::CutOff.because("The server stops.")),
            };
            match next {
                Ok(piece) => Ok(piece.map(|piece| (piece, (writing, closing)))),
                Err(error) => {
                    tracing::error!(store = %writing.store, %error, "an archive breaks off");
                    Err(error)
                }
            }
        })
    }

    async fn next(&mut self) -> Result<Option<String>, ApiError> {
        match &mut self.stage {
            Stage::Opening(series) => {
                let series = std::mem::take(series);
                let opening = opening(self.store, &series)?;
                self.stage = Stage::Records(series.into_iter().flat_map(chains).collect());
                Ok(Some(opening))
            }
            Stage::Records(chains) => {
                while let Some(reading) = chains.front_mut() {
                    match reading.page(&*self.app.store).await? {
                        Some(lines) if lines.is_empty() => {}
                        Some(lines) => return Ok(Some(lines)),
                        None => {
                            if let Some((chain, end)) = chains.pop_front().map(Reading::end) {
                                self.ending.take(chain, end);
                            }
                        }
                    }
                }
                self.stage = Stage::Done;
                self.seal().await.map(Some)
            }
            Stage::Done => Ok(None),
        }
    }

    /// The last two lines. That the archive was made is noted once all of it was read, since the seal is over what it holds.
    async fn seal(&self) -> Result<String, ApiError> {
        let Ending { entries, receipts, .. } = self.ending;
        let ending = line(&self.ending)?;
        let act = Act::ArchiveMade { ending: Hash::of(ending.trim_end().as_bytes()), entries, receipts };
        let desk = Desk { app: &self.app, by: self.by, store: self.store, request: &self.request };
        Ok(ending + &line(&desk.note(act).await?)?)
    }
}

fn opening(store: StoreNo, series: &[Exported]) -> Result<String, ApiError> {
    let mut lines = line(&Heading::of(store))?;
    for series in series {
        lines += &line(&series.key)?;
    }
    Ok(lines)
}

fn chains(Exported { key, receipts, journal }: Exported) -> [Reading; 2] {
    let series = key.series;
    [Reading::of(Chain::Receipts, series.clone(), receipts), Reading::of(Chain::Journal, series, journal)]
}
