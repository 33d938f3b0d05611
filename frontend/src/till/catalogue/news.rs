//! What the server has beyond a catalogue, asked for page by page.

use super::{Catalogue, Draft};
use crate::api::{self, ApiError};
use crate::browser::pause;
use shared::api::catalogue::CatalogueQuery;
use shared::ids::StoreNo;
use std::sync::Arc;

/// How many products are asked for at a time: few enough that a slow machine reads them within a frame or two.
const PAGE: u16 = 2_500;

/// What has changed, or a whole catalogue in the place of what was known.
pub struct News {
    /// What it comes to.
    pub draft: Draft,
    /// Whether it takes the place of what was known.
    pub is_whole: bool,
    /// The server's words, in their order.
    pub texts: Vec<String>,
}

/// Asks for what is newer than a catalogue; nothing where it is the latest.
pub async fn news(store: StoreNo, known: &Catalogue) -> Result<Option<News>, ApiError> {
    let mut news = News { draft: Draft::of(known), is_whole: false, texts: Vec::new() };
    let mut after = None;
    loop {
        let (version, is_page) = (news.draft.version(), after.is_some());
        let since = Some(version).filter(|version| *version > 0 && !is_page);
        let query = CatalogueQuery { store: Some(store), since, limit: Some(PAGE), after };
        let told = api::catalogue(&query).await?;
        let is_changes = !told.value.complete && !is_page;
        if is_changes && told.value.version == version {
            break;
        }
        if told.value.complete {
            news.is_whole = true;
            news.texts.clear();
        }
        let next = told.value.next.clone();
        news.draft.take(told.value);
        after = next;
        news.texts.push(told.text);
        // While the pages came something may have changed that they do not show.
        if after.is_none() && (is_changes || news.draft.version() == 0) {
            break;
        }
    }
    Ok((!news.texts.is_empty()).then_some(news))
}

/// The catalogue that a draft leads to, prepared bit by bit, so that the page goes on meanwhile.
pub async fn prepared(mut draft: Draft) -> Catalogue {
    while draft.prepare() {
        pause::pause().await;
    }
    draft.done()
}

/// Lets go of a catalogue bit by bit: all of its products at once would take a slow machine some frames.
pub async fn let_go(catalogue: Arc<Catalogue>) {
    for block in Arc::into_inner(catalogue).into_iter().flat_map(|catalogue| catalogue.blocks) {
        drop(block);
        pause::pause().await;
    }
}
