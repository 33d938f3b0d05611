//! Between a ledger and its documents: what a checkpoint writes, and what a take-over loads.

use super::StoreLedger;
use super::day::DayFigures;
use super::series::Series;
use super::settings::StoreSettings;
use super::stock::{PageNo, StockPage};
use super::tracked::Tracked;
use crate::store::StoreError;
use crate::store::projections::{Projected, ProjectionKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::finding::FindingKind;
use shared::mutant::Mutant;
use shared::notice::Alert;
use shared::position::Position;

/// How many days stay in memory: tills that were offline bring yesterday's sales, too.
const DAYS: usize = 3;

/// The name of a store's settings.
pub const SETTINGS_ID: &str = "settings";

/// The name of an alert: by the record that raised it, so that names are in the order of time.
pub fn alert_id(alert: &Alert) -> String {
    format!("{}-{}", ordered(alert.raised), alert.sku)
}

/// The name of a finding: by its record, so that names are in the order of time.
pub fn finding_id(position: Position, kind: FindingKind) -> Result<String, StoreError> {
    let kind = serde_json::to_value(kind)?;
    Ok(format!("{}-{}", ordered(position), kind.as_str().unwrap_or_default()))
}

/// A position as a text that sorts as it does.
pub fn ordered(position: Position) -> String {
    format!("{:010}-{:020}", position.epoch, position.offset)
}

/// The name of a series among those of its store.
pub fn series_id(series: &Series) -> String {
    format!("{:03}-{}", series.register.get(), series.letter)
}

impl StoreLedger {
    /// The documents that the store does not have as they are, in the order in which they have to be written, since a
    /// checkpoint may be cut off. Findings and alerts come first: what they follow from must not be ahead of them. The
    /// settings come last: their position says of all documents that they hold up to there at least.
    pub fn dirty(&self) -> Result<Vec<Projected>, StoreError> {
        let mut documents = Vec::new();
        for finding in &self.findings {
            let id = finding_id(finding.position, finding.kind)?;
            documents.push(self.document(ProjectionKind::Finding, id, finding.position, finding)?);
        }
        for (id, alert) in self.alerts.iter().filter(|(_, alert)| alert.is_dirty()) {
            documents.push(self.tracked(ProjectionKind::Alert, id.clone(), alert)?);
        }
        for (page, stock) in self.stock.iter().filter(|(_, stock)| stock.is_dirty()) {
            documents.push(self.tracked(ProjectionKind::Stock, page.id(), stock)?);
        }
        for series in self.series.values().filter(|series| series.is_dirty()) {
            documents.push(self.tracked(ProjectionKind::Series, series_id(series.get()), series)?);
        }
        for (day, figures) in self.days.iter().filter(|(_, figures)| figures.is_dirty()) {
            documents.push(self.tracked(ProjectionKind::Day, day.to_string(), figures)?);
        }
        if self.settings.is_dirty() {
            documents.push(self.tracked(ProjectionKind::Settings, SETTINGS_ID.into(), &self.settings)?);
        }
        if Mutant::BackwardCheckpoint.is_on() {
            documents.reverse();
        }
        Ok(documents)
    }

    fn tracked<T: Serialize>(
        &self,
        kind: ProjectionKind,
        id: String,
        document: &Tracked<T>,
    ) -> Result<Projected, StoreError> {
        self.document(kind, id, document.position(), document.get())
    }

    fn document(
        &self,
        kind: ProjectionKind,
        id: String,
        position: Position,
        value: &impl Serialize,
    ) -> Result<Projected, StoreError> {
        Ok(Projected { store: self.store, kind, id, position, body: serde_json::to_vec(value)? })
    }

    /// The store has everything as it is. Past alerts, findings and days before the latest few are let go of, so that
    /// memory does not grow with history.
    pub fn mark_clean(&mut self) {
        if !Mutant::LedgerNeverLetsGo.is_on() {
            self.findings.clear();
            self.alerts.clear();
        }
        self.settings.mark_clean();
        self.stock.values_mut().for_each(Tracked::mark_clean);
        self.series.values_mut().for_each(Tracked::mark_clean);
        self.days.values_mut().for_each(Tracked::mark_clean);
    }

    /// Lets go of what can be loaded again: the store has everything that was marked clean.
    pub fn let_go(&mut self) {
        if Mutant::LedgerNeverLetsGo.is_on() {
            return;
        }
        while self.days.len() > DAYS && self.days.first_entry().is_some_and(|oldest| !oldest.get().is_dirty()) {
            self.days.pop_first();
        }
    }

    /// How many findings, alerts and days it holds that the store has, beyond the latest days. The settings change with
    /// every record: where they did not, no finding is to be written.
    #[cfg(test)]
    pub fn surplus(&self) -> usize {
        let findings = if self.settings.is_dirty() { 0 } else { self.findings.len() };
        let alerts = self.alerts.values().filter(|alert| !alert.is_dirty()).count();
        let is_oldest_written = self.days.values().next().is_some_and(|day| !day.is_dirty());
        let days = if is_oldest_written { self.days.len().saturating_sub(DAYS) } else { 0 };
        findings + alerts + days
    }

    /// Puts a loaded document in its place. Alerts and findings are not needed to go on.
    pub fn load(&mut self, document: &Projected) -> Result<(), StoreError> {
        let position = document.position;
        match document.kind {
            ProjectionKind::Settings => self.settings = Tracked::stored(read::<StoreSettings>(document)?, position),
            ProjectionKind::Stock => {
                let page: StockPage = read(document)?;
                let number = page.0.keys().next().map(PageNo::of);
                self.stock.extend(number.map(|number| (number, Tracked::stored(page, position))));
            }
            ProjectionKind::Series => {
                let series: Series = read(document)?;
                let key = (series.register, series.letter.clone());
                self.series.insert(key, Tracked::stored(series, position));
            }
            ProjectionKind::Day => {
                let figures: DayFigures = read(document)?;
                self.days.insert(figures.day, Tracked::stored(figures, position));
            }
            ProjectionKind::Alert | ProjectionKind::Finding => {}
        }
        Ok(())
    }
}

/// Reads a document's JSON.
pub fn read<T: DeserializeOwned>(document: &Projected) -> Result<T, StoreError> {
    let corrupt = |error| StoreError::Corrupt(format!("{} {}: {error}", document.kind.as_str(), document.id));
    serde_json::from_slice(&document.body).map_err(corrupt)
}
