//! Cutting a file that comes in pieces into lines. Pure.

/// What has come of a line that is not at its end yet.
#[derive(Debug, Default)]
pub struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    /// Takes the next piece, and gives each line that is whole. Bytes that are no UTF-8 are given as the mark for that, so
    /// that their line is read as one that does not belong there.
    pub fn take(&mut self, piece: &[u8]) -> Vec<String> {
        let Some(end) = piece.iter().rposition(|byte| *byte == b'\n') else {
            self.rest.extend_from_slice(piece);
            return Vec::new();
        };
        let (whole, rest) = piece.split_at(end + 1);
        self.rest.extend_from_slice(whole);
        let text = String::from_utf8_lossy(&std::mem::replace(&mut self.rest, rest.to_vec())).into_owned();
        text.lines().map(str::to_owned).collect()
    }

    /// The last line, where it has no end.
    pub fn end(self) -> Option<String> {
        (!self.rest.is_empty()).then(|| String::from_utf8_lossy(&self.rest).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_whole_wherever_the_pieces_are_cut() {
        let text = "éa\nb\r\n\nc€\nlast";
        for size in 1..=text.len() {
            let mut lines = Lines::default();
            let mut found: Vec<_> = text.as_bytes().chunks(size).flat_map(|piece| lines.take(piece)).collect();
            found.extend(lines.end());
            assert_eq!(found, ["éa", "b", "", "c€", "last"], "{size}");
        }
    }

    #[test]
    fn a_last_line_that_ends_is_no_further_one() {
        let mut lines = Lines::default();
        assert_eq!(lines.take(b"a\n"), ["a"]);
        assert_eq!(lines.end(), None);
    }
}
