//! Products of this store that ran low while the till was open.

use crate::browser::sound::{Sound, Tone};
use leptos::prelude::{RwSignal, Update, WithUntracked};
use shared::notice::{Alert, Notice};

/// How many unseen alerts are kept: more is a delivery that is due, not news.
const MOST: usize = 20;

/// Takes the alerts of a notice: the latest first, one per product, without those that are cleared.
pub(super) fn hear(unseen: RwSignal<Vec<Alert>>, sound: Sound, notice: &Notice) {
    let concerns =
        !notice.raised.is_empty() || unseen.with_untracked(|alerts| alerts.iter().any(|alert| touches(notice, alert)));
    if concerns {
        unseen.update(|alerts| fold(alerts, notice));
        if !notice.raised.is_empty() {
            sound.play(Tone::Alert);
        }
    }
}

fn touches(notice: &Notice, alert: &Alert) -> bool {
    notice.cleared.iter().any(|cleared| cleared.sku == alert.sku)
        || notice.levels.iter().any(|level| level.sku == alert.sku)
}

fn fold(alerts: &mut Vec<Alert>, notice: &Notice) {
    for raised in &notice.raised {
        alerts.retain(|alert| alert.sku != raised.sku);
        alerts.insert(0, raised.clone());
    }
    for level in &notice.levels {
        for alert in alerts.iter_mut().filter(|alert| alert.sku == level.sku) {
            alert.on_hand = level.level.on_hand;
        }
    }
    alerts.retain(|alert| {
        !notice.cleared.iter().any(|cleared| cleared.sku == alert.sku && cleared.raised >= alert.raised)
    });
    alerts.truncate(MOST);
}
