//! Reading the server's frames.

use serde::Deserialize;
use shared::api::live::ServerFrame;
use shared::notice::Notice;
use shared::picture::Snapshot;
use shared::time::Timestamp;

#[derive(Deserialize)]
struct Tag<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
}

#[derive(Deserialize)]
struct Stores {
    stores: Vec<Snapshot>,
}

#[derive(Deserialize)]
struct Catalogue {
    version: u64,
}

#[derive(Deserialize)]
struct Heartbeat {
    #[serde(with = "shared::time::rfc3339")]
    at: Timestamp,
    backlog: u64,
    #[serde(default)]
    unplaced: u64,
    #[serde(default)]
    refused: u64,
}

/// Reads a frame; nothing for one that only a later version knows.
///
/// The same as what `serde` derives for [`ServerFrame`], which first copies the whole frame to find its tag and compiles
/// every type twice: half the time and some 40 kB of program less.
pub(super) fn read(text: &str) -> Option<ServerFrame> {
    let tag: Tag<'_> = serde_json::from_str(text).ok()?;
    match tag.kind {
        "notice" => Some(ServerFrame::Notice(Box::new(serde_json::from_str::<Notice>(text).ok()?))),
        "snapshot" => {
            let Stores { stores } = serde_json::from_str(text).ok()?;
            Some(ServerFrame::Snapshot { stores })
        }
        "catalogue" => {
            let Catalogue { version } = serde_json::from_str(text).ok()?;
            Some(ServerFrame::Catalogue { version })
        }
        "stores" => Some(ServerFrame::Stores),
        "heartbeat" => {
            let Heartbeat { at, backlog, unplaced, refused } = serde_json::from_str(text).ok()?;
            Some(ServerFrame::Heartbeat { at, backlog, unplaced, refused })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::StoreNo;
    use shared::picture::Picture;

    #[test]
    fn reads_what_the_server_writes() {
        let notice: Notice = serde_json::from_str(
            r#"{"store":1,"position":{"epoch":1,"offset":2},"saved_at":"2026-11-23T13:32:07Z","backlog":3}"#,
        )
        .unwrap();
        let frames = [
            ServerFrame::Notice(Box::new(notice)),
            ServerFrame::Snapshot { stores: vec![Picture::empty(StoreNo::FIRST).into()] },
            ServerFrame::Catalogue { version: 7 },
            ServerFrame::Stores,
            ServerFrame::Heartbeat { at: Timestamp::UNIX_EPOCH, backlog: 9, unplaced: 2, refused: 4 },
        ];
        for frame in frames {
            assert_eq!(read(&serde_json::to_string(&frame).unwrap()), Some(frame));
        }
    }

    #[test]
    fn what_is_no_frame_is_nothing() {
        for text in ["", "{}", "null", r#"{"type":"hat"}"#, r#"{"type":"notice"}"#, r#"{"type":1}"#] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
