//! Names of places in lists, as addresses bring them.

use comptoir::probe::read_cursor;

/// The target `cursors`.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for (kind, written) in read_cursor(text).into_iter().enumerate() {
        let Some(written) = written else { continue };
        assert_eq!(read_cursor(&written)[kind].as_ref(), Some(&written), "{text:?}");
    }
}
