//! Reading what the ledger projected, typed.

use super::{Store, StoreError};
use crate::ledger::changes::read;
use crate::ledger::day::DayFigures;
use crate::ledger::series::Series;
use crate::ledger::settings::StoreSettings;
use crate::ledger::stock::StockPage;
use crate::store::projections::{Projected, ProjectionFilter, ProjectionKind};
use serde::de::DeserializeOwned;
use shared::closing::Periods;
use shared::finding::Finding;
use shared::ids::{RegisterNo, SeriesId, SeriesLetter, StoreNo};
use shared::mutant::Mutant;
use shared::notice::{Alert, SeriesStatus, SkuLevel};
use shared::picture::{Picture, Snapshot};
use shared::position::Position;
use shared::time::Day;
use std::collections::BTreeMap;

impl dyn Store {
    /// What the ledger of a store decides by.
    pub async fn store_settings(&self, store: StoreNo) -> Result<StoreSettings, StoreError> {
        let settings = self.all::<StoreSettings>(ProjectionKind::Settings, store).await?;
        Ok(settings.into_iter().next().unwrap_or_default())
    }

    /// Every level of a store.
    pub async fn levels(&self, store: StoreNo) -> Result<Vec<SkuLevel>, StoreError> {
        Ok(levels(self.all(ProjectionKind::Stock, store).await?).0)
    }

    /// Every series of a store.
    pub async fn all_series(&self, store: StoreNo) -> Result<Vec<SeriesStatus>, StoreError> {
        let series = self.all::<Series>(ProjectionKind::Series, store).await?;
        Ok(series.iter().map(Series::status).collect())
    }

    /// What is known of the closings of each series of a store.
    pub async fn all_periods(
        &self,
        store: StoreNo,
    ) -> Result<BTreeMap<(RegisterNo, SeriesLetter), Periods>, StoreError> {
        let series = self.all::<Series>(ProjectionKind::Series, store).await?;
        Ok(series.into_iter().map(|series| ((series.register, series.letter), series.periods)).collect())
    }

    /// One series, if the ledger has seen it.
    pub async fn one_series(&self, id: &SeriesId) -> Result<Option<Series>, StoreError> {
        Ok(self.series_as_of(id).await?.map(|(_, series)| series))
    }

    /// One series, if the ledger has seen it, and the last record that it reflects: all of the series up to there are saved.
    pub async fn series_as_of(&self, id: &SeriesId) -> Result<Option<(Position, Series)>, StoreError> {
        let name = format!("{:03}-{}", id.register.get(), id.letter);
        let found = self.projection(ProjectionKind::Series, id.store, &name).await?;
        found.as_ref().map(|document| Ok((document.position, read(document)?))).transpose()
    }

    /// The figures of a business day, if anything was sold.
    pub async fn day_figures(&self, store: StoreNo, day: Day) -> Result<Option<DayFigures>, StoreError> {
        let found = self.projection(ProjectionKind::Day, store, &day.to_string()).await?;
        found.as_ref().map(read).transpose()
    }

    /// Everything that the pages show of a store.
    ///
    /// The settings are written last and read first: whatever is written meanwhile, everything else holds up to their
    /// position at least. What is ahead of it comes right with the notices after it, whose values are absolute.
    pub async fn picture(&self, store: StoreNo) -> Result<Picture, StoreError> {
        let settings = self.projected(ProjectionKind::Settings, store).await?;
        let position = settings.first().map(|document| document.position).unwrap_or_default();
        let stock = self.projected(ProjectionKind::Stock, store).await?;
        let series = self.projected(ProjectionKind::Series, store).await?;
        let days = self.latest(ProjectionKind::Day, store, 2).await?;
        let findings = self.latest(ProjectionKind::Finding, store, Picture::MEMORY).await?;
        let (levels, alerts) = levels(parsed(&stock)?);
        Ok(Picture::from(Snapshot {
            store,
            position,
            levels: Some(levels),
            alerts,
            series: parsed::<Series>(&series)?.iter().map(Series::status).collect(),
            days: parsed::<DayFigures>(&days)?.iter().flat_map(DayFigures::register_days).collect(),
            recent: self.recent(store).await?,
            findings: parsed::<Finding>(&findings)?,
        }))
    }

    async fn projected(&self, kind: ProjectionKind, store: StoreNo) -> Result<Vec<Projected>, StoreError> {
        self.list(kind, ProjectionFilter { store: Some(store), ..ProjectionFilter::default() }).await
    }

    async fn latest(&self, kind: ProjectionKind, store: StoreNo, count: usize) -> Result<Vec<Projected>, StoreError> {
        let limit = u32::try_from(count).ok();
        self.list(kind, ProjectionFilter { store: Some(store), after: None, descending: true, limit }).await
    }

    async fn all<T: DeserializeOwned>(&self, kind: ProjectionKind, store: StoreNo) -> Result<Vec<T>, StoreError> {
        parsed(&self.projected(kind, store).await?)
    }

    async fn recent(&self, store: StoreNo) -> Result<Vec<shared::notice::Saved>, StoreError> {
        let limit = u16::try_from(Picture::MEMORY).ok();
        let query = shared::api::receipts::ReceiptQuery { store: Some(store), limit, ..Default::default() };
        let page = self.search(&query).await?;
        let saved = |stored: shared::api::receipts::StoredReceipt| shared::notice::Saved {
            id: stored.sealed.body.id,
            register: stored.sealed.body.register,
            series: stored.sealed.body.series.clone(),
            number: stored.sealed.body.number,
            seller: stored.sealed.body.seller,
            total: stored.sealed.body.total,
            position: stored.position,
            accepted_at: stored.accepted_at,
            again: false,
            altered: !stored.sealed.is_intact(),
        };
        Ok(page.items.into_iter().map(saved).collect())
    }
}

fn parsed<T: DeserializeOwned>(documents: &[Projected]) -> Result<Vec<T>, StoreError> {
    documents.iter().map(read).collect()
}

fn levels(pages: Vec<StockPage>) -> (Vec<SkuLevel>, Vec<Alert>) {
    let entries = pages.into_iter().flat_map(|page| page.0);
    let (mut levels, mut alerts) = (Vec::new(), Vec::new());
    for (sku, entry) in entries {
        alerts.extend(entry.alert.filter(|_| !Mutant::PictureLacksAlerts.is_on()));
        levels.push(SkuLevel { sku, level: entry.level });
    }
    levels.sort_by(|a, b| a.sku.cmp(&b.sku));
    (levels, alerts)
}
