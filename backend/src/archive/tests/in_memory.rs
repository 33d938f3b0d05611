//! What is read from memory is what was written.

use super::Desk;
use crate::probe::read_archive;

#[tokio::test(start_paused = true)]
async fn every_entry_is_told_again_by_the_very_line_that_was_written() {
    let desk = Desk::with_archive().await;
    let text = std::fs::read_to_string(desk.path("archive")).unwrap();
    let lines: Vec<_> = text.lines().collect();
    let [_, entries @ .., _] = &lines[..] else { panic!("{text}") };
    assert!(entries.len() > 10);
    assert_eq!(read_archive(text.as_bytes()).unwrap(), entries);
    assert!(read_archive(text.as_bytes().split_last().unwrap().1).unwrap_err().contains("ends too early"));
}
