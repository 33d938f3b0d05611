//! Frames of the live WebSocket, one to a line: what a page says, and what a server says and a page folds.

use crate::again::is_read_as_written;
use shared::api::live::{ClientFrame, ServerFrame};
use shared::ids::StoreNo;
use shared::notice::Notice;
use shared::picture::Picture;
use std::collections::BTreeMap;

/// The target `frames`.
pub fn check(data: &[u8]) {
    let mut pictures = BTreeMap::new();
    for line in data.split(|byte| *byte == b'\n') {
        if let Ok(frame) = serde_json::from_slice::<ClientFrame>(line) {
            is_read_as_written(&frame);
        }
        if let Ok(frame) = serde_json::from_slice::<ServerFrame>(line) {
            is_read_as_written(&frame);
            fold(frame, &mut pictures);
        }
    }
}

fn fold(frame: ServerFrame, pictures: &mut BTreeMap<StoreNo, Picture>) {
    match frame {
        ServerFrame::Snapshot { stores } => {
            for picture in stores.into_iter().map(Picture::from) {
                is_read_as_written(&picture);
                show(&picture);
                pictures.insert(picture.store(), picture);
            }
        }
        ServerFrame::Notice(notice) => {
            let picture = pictures.entry(notice.store).or_insert_with(|| Picture::empty(notice.store));
            moves_forward(picture, &notice);
            show(picture);
        }
        ServerFrame::Catalogue { .. } | ServerFrame::Stores | ServerFrame::Heartbeat { .. } => {}
    }
}

/// A picture never goes back, and takes a notice once.
fn moves_forward(picture: &mut Picture, notice: &Notice) {
    let before = picture.position();
    picture.apply(notice);
    assert_eq!(picture.position(), before.max(notice.position));
    let once = picture.clone();
    picture.apply(notice);
    assert!(once.levels().eq(picture.levels()) && once.series().eq(picture.series()));
    assert!(once.days().eq(picture.days()) && once.recent().eq(picture.recent()));
    assert!(picture.recent().count() <= Picture::MEMORY);
}

/// Everything that a page shows of it.
fn show(picture: &Picture) {
    let _ = (picture.saved_count(), picture.alerts());
    for day in picture.days() {
        let _ = picture.day_total(day.day);
    }
    for series in picture.series() {
        let missing: u64 = series.saved.gaps().map(|(from, to)| to - from + 1).sum();
        assert_eq!(missing + series.saved.count(), series.saved.last());
    }
}
