//! What is not as it was written is not restored.

use super::*;
use crate::archive::entry::Entry;
use crate::archive::line::{FORMAT, Line};
use std::os::unix::fs::PermissionsExt;

async fn said_of(desk: &Desk, change: impl FnOnce(String) -> String) -> String {
    rewrite(&desk.path("archive"), &desk.path("changed"), change);
    let refused = desk.restore("changed", "target").await.unwrap_err().to_string();
    assert!(!desk.path("target").exists(), "nothing is touched");
    refused
}

#[tokio::test(start_paused = true)]
async fn a_changed_file_is_refused_with_the_reason() {
    let desk = Desk::with_archive().await;
    let lines = |text: &str| text.lines().map(|line| format!("{line}\n")).collect::<Vec<_>>();
    let cut = said_of(&desk, |text| text[..text.len() / 2].to_owned()).await;
    assert!(cut.contains("ends too early"), "{cut}");
    let cut = said_of(&desk, |text| lines(&text)[..5].concat()).await;
    assert!(cut.contains("ends too early"), "{cut}");
    let changed = said_of(&desk, |text| text.replacen("\"revision\":1,", "\"revision\":2,", 1)).await;
    assert!(changed.contains("SHA-256"), "{changed}");
    let longer = said_of(&desk, |text| format!("{text}{{}}\n")).await;
    assert!(longer.contains("behind its last line"), "{longer}");
    let twice = said_of(&desk, |text| {
        let mut lines = lines(&text);
        lines.insert(3, lines[2].clone());
        lines.concat()
    });
    assert!(twice.await.contains("not as it was written"));
    let rubbish = said_of(&desk, |text| text.replacen("{\"receipt\"", "{\"reciept\"", 1)).await;
    assert!(rubbish.contains("cannot be read"), "{rubbish}");
    let later = said_of(&desk, |text| text.replacen(&format!("\"format\":{FORMAT}"), "\"format\":99", 1)).await;
    assert!(later.contains("format 99"), "{later}");
    for foreign in ["", "my holiday\n", "{\"receipt\":{}}\n"] {
        assert!(said_of(&desk, |_| foreign.to_owned()).await.contains("not an archive"), "{foreign}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_receipt_is_held_against_its_own_hash() {
    let desk = Desk::with_archive().await;
    let changed = said_of(&desk, |text| text.replacen("\"total\":500", "\"total\":501", 1)).await;
    assert!(changed.contains("does not have the hash"), "{changed}");
}

/// Goods are gone whatever was sent: such a receipt is stored with a finding, and has to survive a backup.
#[test]
fn a_receipt_that_came_altered_is_carried_as_it_came() {
    let mut receipt = Till::new(1, 1).sell(&[("A", 1)]);
    receipt.body.simulated = false;
    let record = crate::testing::recorded(1, sale(&receipt));
    let line = serde_json::to_string(&Entry::Record(record.clone()).line().unwrap()).unwrap();
    assert!(line.contains("\"altered\":true"));
    let Entry::Record(back) = serde_json::from_str::<Line>(&line).unwrap().entry().unwrap() else { panic!() };
    assert_eq!(back, record);
    let claimed_right = line.replace("\"altered\":true,", "");
    assert!(serde_json::from_str::<Line>(&claimed_right).unwrap().entry().is_err());
}

#[tokio::test(start_paused = true)]
async fn an_archive_is_whole_or_not_there_and_never_written_over() {
    let desk = Desk::with_archive().await;
    let before = std::fs::read(desk.path("archive")).unwrap();
    assert!(matches!(desk.back_up("shop", "archive").await, Err(ArchiveError::Exists(_))));
    assert_eq!(std::fs::read(desk.path("archive")).unwrap(), before);
    let shop = desk.open("shop");
    shop.store().put_all("product", vec![("C".into(), b"no JSON".into())]).await.unwrap();
    assert!(matches!(desk.back_up("shop", "second").await, Err(ArchiveError::Untold(..))));
    assert!(!desk.path("second").exists() && !desk.path("second.part").exists());
    assert_eq!(std::fs::metadata(desk.path("archive")).unwrap().permissions().mode() & 0o777, 0o600);
}
