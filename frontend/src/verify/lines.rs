//! Cutting a file that comes in pieces into lines. Pure.

/// What has come of a line that is not at its end yet.
#[derive(Debug, Default)]
pub struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    /// Takes the next piece, and gives each line that is whole. Where bytes are no UTF-8, one line that belongs nowhere
    /// stands for all.
    pub fn take(&mut self, piece: &[u8]) -> Vec<String> {
        let Some(end) = piece.iter().rposition(|byte| *byte == b'\n') else {
            self.rest.extend_from_slice(piece);
            return Vec::new();
        };
        let (whole, rest) = piece.split_at(end + 1);
        self.rest.extend_from_slice(whole);
        let text = read(std::mem::replace(&mut self.rest, rest.to_vec()));
        text.lines().map(str::to_owned).collect()
    }

    /// The last line, where it has no end.
    pub fn end(self) -> Option<String> {
        (!self.rest.is_empty()).then(|| read(self.rest))
    }
}

fn read(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|_| char::REPLACEMENT_CHARACTER.to_string())
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
    fn bytes_that_are_no_text_are_a_line_of_their_own() {
        assert_eq!(Lines::default().take(b"a\xff\n"), ["\u{fffd}"]);
    }

    #[test]
    fn a_last_line_that_ends_is_no_further_one() {
        let mut lines = Lines::default();
        assert_eq!(lines.take(b"a\n"), ["a"]);
        assert_eq!(lines.end(), None);
    }
}
